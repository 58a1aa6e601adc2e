/* oracle: a random mutator against a naive model of what is alive, under one strategy.
 *
 *   oracle [--ops N] [--seed S] [--episode N] [--save FILE]   plays N operations in episodes, each in a process of its own
 *   oracle --seconds N [--seed S] …                           plays episodes until so much time is over
 *   oracle --replay FILE                                      plays one script, and tells each operation
 *   … --set name=value,…                                      under settings of the strategy
 *   … --roots N --bytes N                                     with more roots, and bytes N times as many: for more memory
 *   … --pad BYTES                                             malloc asks for that much more than it needs, and keeps no more
 *   oracle --settings                                         prints their names, usual, least and largest values
 *   oracle --promises                                         prints what the strategy says that it does
 *
 * An episode that fails, and does so again, is shrunk to a short script, which is told and saved. Exit status: 0 all kept their
 * promises; 1 something did not; 2 usage, or a file that is no script; 3 there was no memory, which is no promise. */
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cell/settings.h"
#include "episode.h"
#include "mutator.h"
#include "shrink.h"

enum {
    OPERATIONS = 1000000,  /* where neither --ops nor --seconds is told */
    SECONDS_MAX = 1000000,
    ROOTS_MAX = 10000, BYTES_MAX = 100000,
    PAD_MAX = 1 << 30,     /* bytes */
    EPISODE = 20000,       /* operations */
    LONG = 10,             /* times as many has a long episode: 76,000 births, so that what comes with 2^16 comes */
    PATIENCE = 60,         /* seconds until an episode hangs, and for shrinking one that failed … */
    PATIENCE_MIN = 10,     /* … but where there are only so many --seconds, as many, and at least these */
    KEPT_MAX = 10,         /* dead objects that may live on where the strategy guesses, on average … */
    KEPT_OF = 500,         /* … of so many comparisons at least: in one episode it may be three times as many */
    FAILED = 1, USAGE = 2, STARVED = 3
};

typedef struct Request {
    uint64_t operations, seed, first_episode;
    uint64_t seconds;   /* after which no episode begins; 0: as long as the operations take */
    Extent extent;
    const char *save, *replay;
    char settings[256]; /* as they are given again */
} Request;

static void print_tally(const Request *request, uint64_t episodes)
{
    const Tally *tally = episode_tally();
    double comparisons = tally->comparisons ? (double)tally->comparisons : 1;
    printf("%s: %lu operations in %lu episodes from seed %lu: %lu births, %lu finalizers, %lu of %lu weak references read "
           "empty, %lu comparisons of %.1f reachable and %.1f other objects\n",
        mutator_strategy, (unsigned long)tally->operations, (unsigned long)episodes, (unsigned long)request->seed,
        (unsigned long)tally->births, (unsigned long)tally->finalizers, (unsigned long)tally->weak_empty,
        (unsigned long)tally->weak_reads, (unsigned long)tally->comparisons, (double)tally->reachable / comparisons,
        (double)tally->surplus / comparisons);
}

/* ---- A failure -------------------------------------------------------------------------------------------------- */

static double shrink_until;

/* Seconds of a clock that nobody sets. */
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static unsigned patience(const Request *request)
{
    uint64_t seconds = request->seconds && request->seconds < PATIENCE ? request->seconds : PATIENCE;
    return seconds > PATIENCE_MIN ? (unsigned)seconds : PATIENCE_MIN;
}

static bool fails(const Script *script)
{
    return now() < shrink_until && episode_play(script, NULL) == BROKE_PROMISES;
}

/* False: it could not be written, which a sentence says. */
static bool write_script(const Script *script, const char *path)
{
    FILE *file = fopen(path, "w");
    if (file)
        script_write(script, file);
    bool written = file && !ferror(file);
    if (file)
        written = fclose(file) == 0 && written;
    if (!written)
        fprintf(stderr, "oracle: %s: %s\n", path, strerror(errno));
    return written;
}

static void save(const Script *script, const Request *request)
{
    const char *path = request->save;
    if (!path || !write_script(script, path))
        script_write(script, stdout);
    else
        printf("Saved as %s; play it again with --replay %s%s\n", path, path, request->settings);
}

/* What is left of it after so many operations fails; or all of it, at its end only; or it does not fail again. */
static bool fails_again(Script *script, uint64_t played)
{
    size_t length = script->length;
    script->length = played < length ? played : length;
    if (fails(script))
        return true;
    script->length = length;
    return fails(script);
}

static void report_shrunk(Script *script, const Request *request, size_t before)
{
    shrink(script, fails);
    printf("Shrunk from %zu operations to %zu:\n", before, script->length);
    EpisodeEnd end = episode_play(script, stdout);
    episode_repeat_words();
    printf("%s: %s\n", mutator_strategy, end == KEPT_PROMISES ? "the shrunk script does not fail every time" : episode_message());
    save(script, request);
}

/* episode: the one that did not come to its end; played: how many of its operations. */
static int report_failure(Script *script, const Request *request, EpisodeEnd end, uint64_t episode, uint64_t played)
{
    printf("%s: seed %lu, episode %lu, operation %lu: %s\n", mutator_strategy, (unsigned long)request->seed,
        (unsigned long)episode, (unsigned long)played, episode_message());
    if (end == OUT_OF_MEMORY)
        return STARVED;
    print_tally(request, episode + 1 - request->first_episode);
    size_t before = script->length;
    shrink_until = now() + patience(request);
    if (fails_again(script, played))
        report_shrunk(script, request, before);
    else
        printf("It did not fail again, and is not shrunk\n");
    return FAILED;
}

/* ---- All episodes ----------------------------------------------------------------------------------------------- */

/* Every fourth has a tenth of the operations, so that many heaps begin and end; one in 1024 is long, the first of them soon. */
static size_t episode_length(uint64_t episode, uint64_t left)
{
    uint64_t length = episode % 4 == 3 ? EPISODE / 10 : episode % 1024 == 17 ? LONG * EPISODE : EPISODE;
    return length < left ? length : left;
}

/* Every fourth, and the long ones, in which to compare all that lives, under a strategy that frees nothing, takes longest. */
static bool collects_seldom(uint64_t episode)
{
    return episode % 4 == 1;
}

/* A strategy that guesses may keep much once, where a dead word of the stack leads to it, but not again and again. */
static bool keeps_the_dead(void)
{
    const Tally *tally = episode_tally();
    if (!mutator_guesses || tally->comparisons < KEPT_OF || tally->surplus <= KEPT_MAX * tally->comparisons)
        return false;
    printf("%s: more than %d objects are alive that nobody reaches, on average\n", mutator_strategy, KEPT_MAX);
    return true;
}

/* Episodes of neighbouring seeds have nothing in common (the finalizer of MurmurHash3). */
static uint64_t episode_seed(uint64_t seed, uint64_t episode)
{
    uint64_t z = seed * 0x9E3779B97F4A7C15u + episode;
    z = (z ^ (z >> 33)) * 0xFF51AFD7ED558CCDu;
    z = (z ^ (z >> 33)) * 0xC4CEB9FE1A85EC53u;
    return z ^ (z >> 33);
}

static int play_episodes(const Request *request)
{
    uint64_t episode = request->first_episode;
    double until = now() + (double)request->seconds;
    for (uint64_t left = request->operations; left > 0 && (!request->seconds || now() < until); episode++) {
        size_t length = episode_length(episode, left);
        Script script = script_random(episode_seed(request->seed, episode), length, collects_seldom(episode));
        uint64_t before = episode_tally()->operations;
        left -= script.length;
        EpisodeEnd end = episode_play(&script, NULL);
        if (end != KEPT_PROMISES)
            return report_failure(&script, request, end, episode, episode_tally()->operations - before);
        script_free(&script);
    }
    print_tally(request, episode - request->first_episode);
    return keeps_the_dead() ? FAILED : 0;
}

static int replay(const char *path)
{
    Script script;
    if (!script_read(path, &script))
        return USAGE;
    EpisodeEnd end = episode_play(&script, stdout);
    episode_repeat_words();
    printf("%s: %s\n", mutator_strategy, end == KEPT_PROMISES ? "every promise was kept" : episode_message());
    return end == KEPT_PROMISES ? 0 : end == OUT_OF_MEMORY ? STARVED : FAILED;
}

/* ---- The command line ------------------------------------------------------------------------------------------- */

static int usage(void)
{
    fputs("usage: oracle [--ops N] [--seconds N] [--seed N] [--episode N] [--save FILE]\n"
          "              [--roots N] [--bytes N] [--pad BYTES] [--set name=value,…]\n"
          "       oracle --replay FILE [--roots N] [--bytes N] [--pad BYTES] [--set name=value,…]\n"
          "       oracle --settings | oracle --promises\n", stderr);
    return USAGE;
}

/* A whole number, or the end with a sentence. */
static uint64_t number(const char *option, const char *text, uint64_t least, uint64_t most)
{
    char *rest;
    errno = 0;
    uint64_t value = strtoull(text, &rest, 10);
    if (*text >= '0' && *text <= '9' && !*rest && !errno && value >= least && value <= most)
        return value;
    fprintf(stderr, "oracle: %s %s: wants a whole number from %lu to %lu\n", option, text, (unsigned long)least,
        (unsigned long)most);
    exit(USAGE);
}

/* What stands behind --replay in the command that plays a script again. */
static void add_words(Request *request, const char *option, const char *value)
{
    size_t used = strlen(request->settings), room = sizeof request->settings - used;
    if (snprintf(request->settings + used, room, " %s %s", option, value) < (int)room)
        return;
    fputs("oracle: these are too many options to be said again\n", stderr);
    exit(USAGE);
}

/* One or several: a=1,b=2. */
static void set(const char *assignments, Request *request)
{
    char each[256];
    if (snprintf(each, sizeof each, "%s", assignments) >= (int)sizeof each) {
        fputs("oracle: --set: that is too long\n", stderr);
        exit(USAGE);
    }
    for (char *one = strtok(each, ","); one; one = strtok(NULL, ",")) {
        const char *complaint = settings_assign(one);
        if (complaint) {
            fprintf(stderr, "oracle: under %s: %s\n", mutator_strategy, complaint);
            exit(USAGE);
        }
    }
    add_words(request, "--set", assignments);
}

static void set_extent(const char *option, const char *value, uint32_t most, uint32_t *extent, Request *request)
{
    *extent = (uint32_t)number(option, value, 1, most);
    add_words(request, option, value);
}

static void set_pad(const char *value, Request *request)
{
    int pad = (int)number("--pad", value, 0, PAD_MAX);
    if (!mallopt(M_TOP_PAD, pad) || !mallopt(M_TRIM_THRESHOLD, pad)) {
        fputs("oracle: --pad: this malloc has no such thing\n", stderr);
        exit(USAGE);
    }
    add_words(request, "--pad", value);
}

/* False: there is no such option. */
static bool read_option(const char *name, const char *value, Request *request)
{
    if (strcmp(name, "--ops") == 0)
        request->operations = number(name, value, 1, UINT64_MAX);
    else if (strcmp(name, "--seconds") == 0)
        request->seconds = number(name, value, 1, SECONDS_MAX);
    else if (strcmp(name, "--seed") == 0)
        request->seed = number(name, value, 0, UINT64_MAX);
    else if (strcmp(name, "--episode") == 0)
        request->first_episode = number(name, value, 0, UINT64_MAX);
    else if (strcmp(name, "--set") == 0)
        set(value, request);
    else if (strcmp(name, "--roots") == 0)
        set_extent(name, value, ROOTS_MAX, &request->extent.roots, request);
    else if (strcmp(name, "--bytes") == 0)
        set_extent(name, value, BYTES_MAX, &request->extent.bytes, request);
    else if (strcmp(name, "--pad") == 0)
        set_pad(value, request);
    else if (strcmp(name, "--save") == 0)
        request->save = value;
    else if (strcmp(name, "--replay") == 0)
        request->replay = value;
    else
        return false;
    return true;
}

int main(int argc, char **argv)
{
    Request request = { .seed = 1, .extent = { .roots = ROOT_SLOTS, .bytes = 1 } };
    if (argc == 2 && strcmp(argv[1], "--settings") == 0) {
        mutator_print_settings();
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "--promises") == 0) {
        mutator_print_promises();
        return 0;
    }
    for (int i = 1; i < argc; i += 2)
        if (i + 1 == argc || !read_option(argv[i], argv[i + 1], &request))
            return usage();
    if (mutator_unsupported) {
        printf("%s: unsupported: %s\n", mutator_strategy, mutator_unsupported);
        return 0;
    }
    if (!request.operations)
        request.operations = request.seconds ? UINT64_MAX : OPERATIONS;
    if (!episode_prepare(patience(&request), request.extent))
        return USAGE;
    return request.replay ? replay(request.replay) : play_episodes(&request);
}
