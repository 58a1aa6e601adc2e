/* One run of one cell: options in, one row out. Compiled once and linked with every workload's half (cell.h). */
#include "cell.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "allocator.h"
#include "input.h"
#include "parts/setting.h"
#include "parts/system.h"
#include "profile/profile.h"
#include "quoted.h"
#include "settings.h"

enum { EXIT_NOT_OK = 1, EXIT_USAGE = 2 };

#define LARGEST_SIZE UINT64_C(1000000000000) /* of workloads that name none with LARGEST */
#define MOST_REPEATS 1000000
#define LONGEST_PERIOD_NS 1000000000

uint64_t operations;
uint64_t cell_seed = 1;
const char *cell_input;

typedef enum { RUN, HEADER, DESCRIBE, SETTINGS, REFERENCE, HELP } Request;

typedef struct Options {
    Request request;
    const Variant *variant;
    uint64_t size;
    uint64_t repeats;      /* 0: as the variant has it */
    const char *allocator; /* NULL: whichever is active */
    bool input_named;      /* by --input */
} Options;

/* What one run measured. */
typedef struct Outcome {
    const char *status, *reason;
    bool answered; /* else there is neither a checksum nor a time */
    uint64_t checksum;
    uint64_t repeats;
    double work_s, work_cpu_s; /* of all repetitions */
    double teardown_s, teardown_cpu_s;
    uint64_t collect_ticks; /* of all repetitions, a part of work_s */
    double collect_s;     /* the same; NAN: not known */
    uint64_t involuntary; /* switches to another process while it worked and gave back */
    long peak_rss_kib; /* 0: not known */
} Outcome;

static Options options = { .request = RUN };
static char **words_of_call; /* for a process that starts again */

/* ---- Failing ---------------------------------------------------------------------------------------------------- */

enum { SENTENCE_ROOM = 8192 }; /* a file's name, of at most 4096 bytes, and what is wrong with it */

/* The runner keeps the first line of what a cell says; a file's name may have several. */
static void make_one_line(char *text)
{
    for (char *c = text; *c; c++)
        if (iscntrl((unsigned char)*c))
            *c = '?';
}

static _Noreturn __attribute__((format(printf, 1, 2))) void fail(const char *sentence, ...)
{
    char text[SENTENCE_ROOM];
    va_list arguments;
    va_start(arguments, sentence);
    vsnprintf(text, sizeof text, sentence, arguments);
    va_end(arguments);
    make_one_line(text);
    fprintf(stderr, "%s/%s: %s\n", cell_strategy.name, cell_workload.name, text);
    exit(EXIT_USAGE);
}

_Noreturn void bad_input(const char *file, size_t line, size_t column, const char *what)
{
    if (column)
        fail("%s:%zu:%zu: %s", file, line, column, what);
    if (line)
        fail("%s:%zu: %s", file, line, what);
    fail("%s: %s", file, what);
}

/* ---- Figures ---------------------------------------------------------------------------------------------------- */

static struct Figure {
    const char *name;
    uint64_t value;
} figures[FIGURES_MAX];

static bool figures_are_told; /* by the first repetition */

void cell_figure(const char *name, uint64_t value)
{
    if (figures_are_told)
        return;
    for (struct Figure *f = figures; f < figures + FIGURES_MAX; f++)
        if (!f->name || strcmp(f->name, name) == 0) {
            *f = (struct Figure){ name, value };
            return;
        }
    fail("it has more than %d figures, %s among them", FIGURES_MAX, name);
}

/* `name=value;name=value` */
static void print_figures(void)
{
    for (const struct Figure *f = figures; f < figures + FIGURES_MAX && f->name; f++)
        printf("%s%s=%" PRIu64, f == figures ? "" : ";", f->name, f->value);
}

/* ---- The row ---------------------------------------------------------------------------------------------------- */

static const char *const columns =
    "strategy,workload,variant,size,seed,settings,allocator,status,reason,checksum,operations,"
    "repeats,work_s,work_cpu_s,teardown_s,peak_rss_kib,figures,teardown_cpu_s,collect_s,involuntary";

static void print_count(bool measured, uint64_t count)
{
    if (measured)
        printf(",%" PRIu64, count);
    else
        printf(",NA");
}

static void print_seconds(bool measured, double seconds)
{
    if (measured)
        printf(",%.9f", seconds);
    else
        printf(",NA");
}

/* Those that have not their usual value: `name=value;name=value`. */
static void print_changed_settings(void)
{
    const char *between = "";
    for_each_setting (s)
        if (*s->value != s->usual) {
            printf("%s%s=%" PRIu64, between, s->name, *s->value);
            between = ";";
        }
}

/* Read back from the process; but the row of what cannot run names what it should have run under. */
static const char *allocator_of(const Outcome *outcome)
{
    bool ran = strcmp(outcome->status, "unsupported") != 0;
    return ran || !options.allocator ? allocator_active() : options.allocator;
}

static void print_row(const Outcome *outcome)
{
    printf("%s,%s,%s,%" PRIu64 ",%" PRIu64 ",", cell_strategy.name, cell_workload.name, options.variant->name, options.size,
           cell_seed);
    print_changed_settings();
    printf(",%s,%s,%s", allocator_of(outcome), outcome->status, outcome->reason);
    print_count(outcome->answered, outcome->checksum);
    print_count(outcome->answered && operations, operations);
    print_count(outcome->answered, outcome->repeats);
    print_seconds(outcome->answered, outcome->work_s / (double)outcome->repeats);
    print_seconds(outcome->answered, outcome->work_cpu_s / (double)outcome->repeats);
    print_seconds(outcome->answered, outcome->teardown_s);
    print_count(outcome->peak_rss_kib > 0, (uint64_t)outcome->peak_rss_kib);
    printf(",");
    if (outcome->answered)
        print_figures();
    print_seconds(outcome->answered, outcome->teardown_cpu_s);
    print_seconds(outcome->answered && !isnan(outcome->collect_s), outcome->collect_s / (double)outcome->repeats);
    print_count(outcome->answered, outcome->involuntary);
    printf("\n");
}

static int end_output(int status)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        fail("cannot write to standard output: %s", strerror(errno));
    return status;
}

/* ---- Measuring -------------------------------------------------------------------------------------------------- */

uint64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static double now_s(void)
{
    return (double)clock_ns() * 1e-9;
}

static struct rusage used_now(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used;
}

/* Processor time of all threads, to the microsecond. (Linux lets the process's clock fall back to its ticks while a limit of
 * processor time is set, as it is in every trial; not so this.) */
static double cpu_now_s(void)
{
    struct rusage used = used_now();
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

/* A moment by the system's clock and by the counter with which collections are timed. */
typedef struct Moment {
    double s;
    uint64_t ticks;
} Moment;

static Moment moment_now(void)
{
    return (Moment){ now_s(), ticks_now() };
}

/* What so many ticks took, by how many there were since `begun`. */
static double ticks_to_s(uint64_t ticks, Moment begun)
{
    Moment now = moment_now();
    return now.ticks > begun.ticks ? (double)ticks / (double)(now.ticks - begun.ticks) * (now.s - begun.s) : 0;
}

static uint64_t collection_ticks(void)
{
    return cell_strategy.collections ? cell_strategy.collections->ticks : 0;
}

static bool collections_are_told(void)
{
    return cell_strategy.collections && !cell_strategy.collections->untold;
}

/* VmHWM, the most memory this process ever had resident, in KiB; 0 where the system does not tell.
 * getrusage is no substitute: its ru_maxrss begins at what the parent had before exec. */
static long peak_rss_kib(void)
{
    static char text[8192];
    int file = open("/proc/self/status", O_RDONLY);
    ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    if (length < 0)
        return 0;
    text[length] = '\0';
    const char *line = strstr(text, "VmHWM:");
    return line ? atol(line + strlen("VmHWM:")) : 0;
}

static void end_profile(void)
{
    const char *complaint = profile_end();
    if (complaint)
        fail("cannot write the profile: %s", complaint);
}

/* Whether what one repetition leaves behind would be in the way of the next. */
static bool leaks(const Variant *variant)
{
    return variant->flags & CYCLIC && cell_strategy.leaks_cycles;
}

/* How often a trial is to do the work, at most. What is counted is counted of once. */
static uint64_t repeats_wanted(const Variant *variant)
{
    if (options.repeats)
        return options.repeats;
    if (leaks(variant))
        return 1;
    return PROFILES || !variant->repeats ? 1 : variant->repeats;
}

/* Without -r, no repetition begins when they have taken so much processor time: enough to be measured, and a slow strategy
 * need not do as often what takes a fast one no time. Sizes below the standard one, of quick runs and of sweeps, get a fifth. */
static double enough_s(void)
{
    return options.size < cell_workload.size ? 0.012 : 0.06;
}

static bool is_enough(const Outcome *outcome)
{
    return outcome->repeats == repeats_wanted(options.variant) || (!options.repeats && outcome->work_cpu_s >= enough_s());
}

/* Does the work once more, and adds the time. Cycles that are left are collected before, as they are after the last. */
static uint64_t repeat(Outcome *outcome)
{
    if (outcome->repeats && options.variant->flags & CYCLIC)
        cell_strategy.collect();
    operations = 0;
    uint64_t ticks = collection_ticks();
    double cpu_begun = cpu_now_s(), begun = now_s();
    uint64_t checksum = options.variant->run(options.size);
    outcome->work_s += now_s() - begun;
    outcome->work_cpu_s += cpu_now_s() - cpu_begun;
    outcome->collect_ticks += collection_ticks() - ticks;
    outcome->repeats++;
    return checksum;
}

static Outcome wrong(uint64_t repetition)
{
    static char reason[96];
    snprintf(reason, sizeof reason, "repetition %" PRIu64 " did not answer and count as the first", repetition);
    return (Outcome){ .status = "wrong", .reason = reason };
}

static void tear_down(Outcome *outcome)
{
    double cpu_begun = cpu_now_s(), begun = now_s();
    cell_strategy.close();
    outcome->teardown_s = now_s() - begun;
    outcome->teardown_cpu_s = cpu_now_s() - cpu_begun;
}

static Outcome measure(void)
{
    Outcome outcome = { .status = "ok", .reason = "", .answered = true };
    long switched = used_now().ru_nivcsw;
    cell_strategy.open();
    Moment begun = moment_now();
    profile_begin();
    outcome.checksum = repeat(&outcome);
    outcome.peak_rss_kib = peak_rss_kib();
    figures_are_told = true;
    for (uint64_t counted = operations; !is_enough(&outcome);)
        if (repeat(&outcome) != outcome.checksum || operations != counted)
            return wrong(outcome.repeats);
    end_profile();
    outcome.collect_s = collections_are_told() ? ticks_to_s(outcome.collect_ticks, begun) : NAN;
    tear_down(&outcome);
    outcome.involuntary = (uint64_t)(used_now().ru_nivcsw - switched);
    return outcome;
}

_Noreturn void out_of_memory(size_t bytes)
{
    char reason[96];
    snprintf(reason, sizeof reason, "the system refused %zu more bytes", bytes);
    fprintf(stderr, "%s/%s: out of memory: %s\n", cell_strategy.name, cell_workload.name, reason);
    print_row(&(Outcome){ .status = "oom", .reason = reason, .peak_rss_kib = peak_rss_kib() });
    fflush(stdout);
    _exit(EXIT_NOT_OK);
}

/* ---- What can be asked ------------------------------------------------------------------------------------------ */

/* Why the strategy does not run the variant; NULL: it does. */
static const char *why_unsupported(const Variant *variant)
{
    if (cell_strategy.unsupported)
        return cell_strategy.unsupported;
    return cell_strategy.streams_only && !(variant->flags & STREAMS) ? "holds its whole input" : NULL;
}

/* Why the usual input cannot be read, in the runner's words (harness/run/catalogue.c); NULL: it can, or another was named. */
static const char *why_no_input(void)
{
    static char reason[512];
    if (!cell_input || options.input_named || access(cell_input, R_OK) == 0)
        return NULL;
    snprintf(reason, sizeof reason, "cannot read %s: %s", cell_input, strerror(errno));
    return reason;
}

/* What the workload reads itself, on the clock, is checked here and must stay as it was. */
static bool reads_on_the_clock(void)
{
    return cell_input && &cell_prepare == NULL;
}

/* Under whatever strategy: the input is refused even where the variant would not run. */
static void prepare(void)
{
    if (&cell_prepare)
        cell_prepare();
    else if (cell_input)
        input_check(cell_input);
}

static int run(void)
{
    const char *why = why_no_input();
    if (!why)
        prepare();
    if (!why)
        why = why_unsupported(options.variant);
    if (!why && options.allocator)
        why = allocator_enter(options.allocator, words_of_call);
    Outcome outcome = why ? (Outcome){ .status = "unsupported", .reason = why } : measure();
    if (!why && reads_on_the_clock())
        input_must_be_unchanged(cell_input);
    print_row(&outcome);
    return end_output(strcmp(outcome.status, "wrong") == 0 ? EXIT_NOT_OK : EXIT_SUCCESS);
}

static int print_header(void)
{
    puts(columns);
    return end_output(EXIT_SUCCESS);
}

/* The size, when a workload names none for a quick or a full run. */
static uint64_t size_or_standard(uint64_t size)
{
    return size ? size : cell_workload.size;
}

static const char *const class_name[CLASSES] = {
    [MICRO] = "micro", [CLASSIC] = "classic", [TECHNIQUE] = "technique", [REAL] = "real", [STRESS] = "stress",
};

/* `10;100;1000`, or nothing. */
static const char *swept_by(void)
{
    static char text[SWEPT_MAX * 11 + 1];
    int length = 0;
    text[0] = '\0';
    for (const unsigned *by = cell_workload.swept; by < cell_workload.swept + SWEPT_MAX && *by; by++)
        length += snprintf(text + length, sizeof text - (size_t)length, "%s%u", length ? ";" : "", *by);
    return text;
}

static void describe_variant(const Variant *v, const char *allocator)
{
    const char *why = why_unsupported(v);
    if (!why)
        why = allocator_obstacle(allocator);
    printf("%s,%s,%s,%s,%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%d,%s,%d,%d,%d,%" PRIu64 ",%d,%s,%s,", cell_strategy.name,
           cell_workload.name, v->name, allocator, class_name[cell_workload.class], size_or_standard(cell_workload.quick),
           cell_workload.size, size_or_standard(cell_workload.full), cell_workload.depth, swept_by(),
           (v->flags & STREAMS) != 0, (v->flags & CYCLIC) != 0, (v->flags & SUPERLINEAR) != 0, repeats_wanted(v),
           &cell_names_requests != NULL, why ? "unsupported" : "ok", why ? why : "");
    write_quoted(stdout, cell_input ? cell_input : "");
    putchar(',');
    write_quoted(stdout, cell_workload.about);
    putchar('\n');
}

static int describe(void)
{
    puts("strategy,workload,variant,allocator,class,quick,standard,full,depth,swept,streams,cyclic,superlinear,"
         "repeats,requests,status,reason,input,about");
    for (const Variant *v = cell_workload.variants; v->name; v++)
        for (const char *const *a = allocator_choices(cell_strategy.allocators); *a; a++)
            describe_variant(v, *a);
    return end_output(EXIT_SUCCESS);
}

static int print_settings(void)
{
    puts("name,usual,least,most,about,sweep");
    for_each_setting (s) {
        printf("%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", s->name, s->usual, s->least, s->most);
        write_quoted(stdout, s->about);
        printf(",%s\n", s->sweep);
    }
    return end_output(EXIT_SUCCESS);
}

static int print_reference(void)
{
    if (&cell_reference)
        printf("%" PRIu64 "\n", cell_reference(options.size));
    else
        puts("NA");
    return end_output(EXIT_SUCCESS);
}

static int print_help(void)
{
    printf("%s under %s: %s.\n\nUsage: %s [-v variant] [-n size] [-r repeats] [-s seed] [--set name=value]… "
           "[--allocator name]%s%s\n       | --header | --describe | --settings | --reference [-n size] [-s seed] | --help\n\n"
           "Runs once and prints one CSV row; --header prints its columns.\n"
           "Sizes: quick %" PRIu64 ", standard %" PRIu64 " (the default), full %" PRIu64 ".\nVariants:",
           cell_workload.name, cell_strategy.name, cell_workload.about, cell_workload.name,
           cell_input ? " [--input file]" : "", PROFILE_OPTIONS, size_or_standard(cell_workload.quick), cell_workload.size,
           size_or_standard(cell_workload.full));
    for (const Variant *v = cell_workload.variants; v->name; v++)
        printf(" %s", v->name);
    puts(".");
    for_each_setting (s)
        printf("--set %s=%" PRIu64 "  %s (%" PRIu64 " to %" PRIu64 ")\n", s->name, s->usual, s->about, s->least, s->most);
    return end_output(EXIT_SUCCESS);
}

/* ---- Options ---------------------------------------------------------------------------------------------------- */

static uint64_t number(const char *option, const char *text, uint64_t least, uint64_t most)
{
    char *rest;
    errno = 0;
    uint64_t value = strtoull(text, &rest, 10);
    if (text[0] < '0' || text[0] > '9' || *rest || errno || value < least || value > most)
        fail("%s %s: wants a whole number from %" PRIu64 " to %" PRIu64, option, text, least, most);
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
    fail("there is no variant '%s'; there are:%s", name, known);
}

static void set_setting(const char *assignment)
{
    const char *complaint = settings_assign(assignment);
    if (complaint)
        fail("%s", complaint);
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
    fail("there is no allocator '%s' here; there are:%s%s%s", name, known, preloaded ? ", for LD_PRELOAD names " : "",
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
        fail("--input %s: this workload reads no file", file);
    cell_input = file;
    options.input_named = true;
}

static void ask_profile(Profile profile, const char *word, const char *folder)
{
    const char *complaint = profile_open(profile, folder);
    if (complaint)
        fail("%s: %s", word, complaint);
}

static void ask_latency(const char *word, const char *folder)
{
    if (!&cell_names_requests)
        fail("%s: this workload names no requests", word);
    ask_profile(PROFILE_LATENCY, word, folder);
}

static void set_period(const char *word, const char *text)
{
    const char *complaint = profile_set_period(number(word, text, 0, LONGEST_PERIOD_NS));
    if (complaint)
        fail("%s: %s", word, complaint);
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
    case ':': fail("%s wants a value", word);
    default: fail("unknown option '%s'; --help lists those there are", word);
    }
}

static void read_options(int count, char **words)
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
    options.variant = cell_workload.variants;
    options.size = cell_workload.size;
    cell_input = &cell_usual_inputs ? usual_input() : NULL;
    for (int option; (option = getopt_long(count, words, ":v:n:r:s:", longs, NULL)) != -1;)
        read_option(option, words[optind - 1]);
    if (optind < count)
        fail("'%s' is one word too many; --help lists the options", words[optind]);
}

static void refuse_repeated_leaks(void)
{
    if (options.repeats > 1 && leaks(options.variant))
        fail("-r: %s drops cycles, which this strategy leaks: it cannot be repeated", options.variant->name);
}

/* A trial that outlived its run would disturb whatever is measured next. The variable is padding, which moves the stack, and
 * nobody but the runner sets it: here it tells that the parent is the runner (or hyperfine, which it started). */
static void die_with_parent(void)
{
    if (getenv("RECLAIM_PADDING"))
        prctl(PR_SET_PDEATHSIG, SIGKILL);
}

int main(int count, char **words)
{
    static int (*const answer[])(void) = {
        [RUN] = run, [HEADER] = print_header, [DESCRIBE] = describe,
        [SETTINGS] = print_settings, [REFERENCE] = print_reference, [HELP] = print_help,
    };
    words_of_call = words;
    die_with_parent();
    read_options(count, words);
    refuse_repeated_leaks();
    return answer[options.request]();
}
