#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allocator.h"
#include "fail.h"
#include "profile/profile.h"
#include "repetitions.h"
#include "settings.h"

#define LARGEST_SIZE UINT64_C(1000000000000) /* of workloads that name none with LARGEST */
#define MOST_REPEATS 1000000
#define LONGEST_PERIOD_NS 1000000000

uint64_t cell_seed = 1;
const char *cell_input;

static Options options = { .request = RUN };
const Options *const cell_options = &options;

static uint64_t number(const char *option, const char *text, uint64_t least, uint64_t most)
{
    char *rest;
    errno = 0;
    uint64_t value = strtoull(text, &rest, 10);
    if (text[0] < '0' || text[0] > '9' || *rest || errno || value < least || value > most)
        cell_fail("%s %s: wants a whole number from %" PRIu64 " to %" PRIu64, option, text, least, most);
    return value;
}

enum { KNOWN_BYTES = 512 };

/* To the names that there are, each with a space before it. */
static void add_name(char known[static KNOWN_BYTES], const char *name)
{
    size_t used = strlen(known);
    snprintf(known + used, KNOWN_BYTES - used, " %s", name);
}

static const Variant *variant_named(const char *name)
{
    char known[KNOWN_BYTES] = "";
    for (const Variant *v = cell_workload.variants; v->name; v++) {
        if (strcmp(v->name, name) == 0)
            return v;
        add_name(known, v->name);
    }
    cell_fail("there is no variant '%s'; there are:%s", name, known);
}

static void set_setting(const char *assignment)
{
    const char *complaint = settings_assign(assignment);
    if (complaint)
        cell_fail("%s", complaint);
}

static const char *allocator_named(const char *name)
{
    char known[KNOWN_BYTES] = "";
    for (const char *const *a = allocator_choices(cell_strategy.allocators); *a; a++) {
        if (strcmp(*a, name) == 0)
            return *a;
        add_name(known, *a);
    }
    const char *preloaded = allocator_preloaded();
    cell_fail("there is no allocator '%s' here; there are:%s%s%s", name, known, preloaded ? ", for LD_PRELOAD names " : "",
              preloaded ? preloaded : "");
}

/* The first that can be read; where none can, the first of all. */
static const char *usual_input(void)
{
    for (const char *const *file = cell_usual_inputs; *file; file++)
        if (access(*file, R_OK) == 0)
            return *file;
    return cell_usual_inputs[0];
}

static void name_input(const char *file)
{
    if (!cell_input)
        cell_fail("--input %s: this workload reads no file", file);
    cell_input = file;
    options.input_named = true;
}

static void ask_profile(Profile profile, const char *word, const char *folder)
{
    const char *complaint = profile_open(profile, folder);
    if (complaint)
        cell_fail("%s: %s", word, complaint);
}

static void ask_latency(const char *word, const char *folder)
{
    if (!&cell_names_requests)
        cell_fail("%s: this workload names no requests", word);
    ask_profile(PROFILE_LATENCY, word, folder);
}

static void set_period(const char *word, const char *text)
{
    const char *complaint = profile_set_period(number(word, text, 0, LONGEST_PERIOD_NS));
    if (complaint)
        cell_fail("%s: %s", word, complaint);
}

enum {
    LONG_SET = 256, LONG_ALLOCATOR, LONG_INPUT, LONG_PROFILE, LONG_PAUSES, LONG_LATENCY, LONG_PERIOD,
    LONG_HEADER, LONG_DESCRIBE, LONG_SETTINGS, LONG_REFERENCE, LONG_HELP
};

static void read_option(int option, const char *word)
{
    switch (option) {
    case 'v': options.variant = variant_named(optarg); break;
    case 'n': options.size = number("-n", optarg, 1, &cell_largest ? cell_largest : LARGEST_SIZE); break;
    case 'r': options.repeats = number("-r", optarg, 1, MOST_REPEATS); break;
    case 's': cell_seed = number("-s", optarg, 0, UINT64_MAX); break;
    case LONG_SET: set_setting(optarg); break;
    case LONG_ALLOCATOR: options.allocator = allocator_named(optarg); break;
    case LONG_INPUT: name_input(optarg); break;
    case LONG_PROFILE: ask_profile(PROFILE_OBJECTS, word, optarg); break;
    case LONG_PAUSES: ask_profile(PROFILE_PAUSES, word, optarg); break;
    case LONG_LATENCY: ask_latency(word, optarg); break;
    case LONG_PERIOD: set_period("--period", optarg); break;
    case LONG_HEADER: options.request = HEADER; break;
    case LONG_DESCRIBE: options.request = DESCRIBE; break;
    case LONG_SETTINGS: options.request = SETTINGS; break;
    case LONG_REFERENCE: options.request = REFERENCE; break;
    case LONG_HELP: options.request = HELP; break;
    case ':': cell_fail("%s wants a value", word);
    default: cell_fail("unknown option '%s'; --help lists those there are", word);
    }
}

static void refuse_repeated_leaks(void)
{
    if (options.repeats > 1 && repetitions_leak(options.variant))
        cell_fail("-r: %s drops cycles, which this strategy leaks: it cannot be repeated", options.variant->name);
}

void options_read(int count, char **words)
{
    static const struct option longs[] = {
        { "set", required_argument, NULL, LONG_SET },
        { "allocator", required_argument, NULL, LONG_ALLOCATOR },
        { "input", required_argument, NULL, LONG_INPUT },
        { "profile", required_argument, NULL, LONG_PROFILE },
        { "pauses", required_argument, NULL, LONG_PAUSES },
        { "latency", required_argument, NULL, LONG_LATENCY },
        { "period", required_argument, NULL, LONG_PERIOD },
        { "header", no_argument, NULL, LONG_HEADER },
        { "describe", no_argument, NULL, LONG_DESCRIBE },
        { "settings", no_argument, NULL, LONG_SETTINGS },
        { "reference", no_argument, NULL, LONG_REFERENCE },
        { "help", no_argument, NULL, LONG_HELP },
        { 0 },
    };
    options.words = words;
    options.variant = cell_workload.variants;
    options.size = cell_workload.size;
    cell_input = &cell_usual_inputs ? usual_input() : NULL;
    for (int option; (option = getopt_long(count, words, ":v:n:r:s:", longs, NULL)) != -1;)
        read_option(option, words[optind - 1]);
    if (optind < count)
        cell_fail("'%s' is one word too many; --help lists the options", words[optind]);
    refuse_repeated_leaks();
}
