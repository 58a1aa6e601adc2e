/* oracle: a random mutator against a naive model of what is alive, under one strategy.
 *
 *   oracle [--ops N] [--seed S] [--episode N] [--save FILE]   plays N operations in episodes, each in a process of its own
 *   oracle --replay FILE                                      plays one script, and tells each operation
 *   … --set name=value                                        under a setting of the strategy
 *   oracle --settings                                         prints their names, usual, least and largest values
 *
 * An episode that fails is shrunk to a short script, which is told and saved. Exit status: 0 all kept their promises;
 * 1 something did not; 2 usage, or a file that is no script. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cell/settings.h"
#include "mutator.h"
#include "shrink.h"

enum {
    EPISODE = 20000,  /* operations; every fourth episode has a tenth of them, so that many heaps begin and end */
    PATIENCE = 60,    /* seconds until an episode hangs … */
    SHRINKING = 60,   /* … and for shrinking one that failed */
    KEPT_MAX = 10,    /* dead objects that may live on where the strategy guesses, on average … */
    KEPT_OF = 500,    /* … of so many comparisons at least: in one episode it may be three times as many */
    FAILED = 1, USAGE = 2
};

/* Shared with the process that plays. */
static struct Shared {
    Tally tally;
    char message[256];
} *shared;

typedef struct Request {
    uint64_t operations, seed, first_episode;
    const char *save, *replay;
    char settings[256]; /* as they are given again */
} Request;

_Noreturn void out_of_memory(size_t bytes)
{
    fprintf(stderr, "out of memory: %zu bytes\n", bytes);
    abort();
}

/* Defined here for mutator.c, which sees it in model.h. */
_Noreturn void wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void wrong(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(shared->message, sizeof shared->message, format, arguments);
    va_end(arguments);
    fflush(NULL);
    _exit(FAILED);
}

/* ---- One episode, in a process of its own ----------------------------------------------------------------------- */

/* What the process writes on standard error goes to a file, whose last telling line says why it ended. */
static FILE *said;

/* A sentence of ours (parts/damage.h, profile), or the summary of a sanitizer. */
static bool tells(const char *line)
{
    return strncmp(line, "damaged heap: ", 14) == 0 || strncmp(line, "SUMMARY: ", 9) == 0 || strstr(line, "runtime error: ");
}

static const char *last_words(void)
{
    static char line[256], telling[256];
    telling[0] = '\0';
    rewind(said);
    while (fgets(line, sizeof line, said))
        if (tells(line))
            snprintf(telling, sizeof telling, "%.*s", (int)strcspn(line, "\n"), line);
    return telling;
}

static void describe_end(int status)
{
    if (shared->message[0])
        return;
    const char *words = last_words();
    const char *end = !WIFSIGNALED(status) ? "it ended by itself" :
                      WTERMSIG(status) == SIGALRM ? "it hangs" : strsignal(WTERMSIG(status));
    snprintf(shared->message, sizeof shared->message, "%s", *words ? words : end);
}

static _Noreturn void be_the_child(const Script *script, FILE *trace)
{
    alarm(PATIENCE);
    dup2(fileno(said), STDERR_FILENO);
    mutator_play(script, &shared->tally, trace);
    fflush(NULL);
    _exit(0);
}

/* True: the strategy kept its promises. */
static bool keeps_promises(const Script *script, FILE *trace)
{
    shared->message[0] = '\0';
    fflush(NULL);
    rewind(said);
    pid_t child = ftruncate(fileno(said), 0) == 0 ? fork() : -1;
    if (child == 0)
        be_the_child(script, trace);
    int status;
    if (child < 0 || waitpid(child, &status, 0) < 0) {
        perror("oracle: cannot start an episode");
        exit(USAGE);
    }
    if (status != 0)
        describe_end(status);
    return status == 0;
}

/* ---- A failure -------------------------------------------------------------------------------------------------- */

static time_t shrink_until;

static bool fails(const Script *script)
{
    return time(NULL) < shrink_until && !keeps_promises(script, NULL);
}

/* Everything that the last episode wrote on standard error. */
static void repeat_words(void)
{
    char block[4096];
    rewind(said);
    for (size_t length; (length = fread(block, 1, sizeof block, said)) > 0;)
        fwrite(block, 1, length, stdout);
}

static void save(const Script *script, const Request *request)
{
    const char *path = request->save;
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) {
        script_write(script, stdout);
        return;
    }
    script_write(script, file);
    fclose(file);
    printf("Saved as %s; play it again with --replay %s%s\n", path, path, request->settings);
}

static int report_failure(Script *script, const Request *request, uint64_t episode, uint64_t played)
{
    printf("%s: seed %lu, episode %lu, operation %lu: %s\n", mutator_strategy, (unsigned long)request->seed,
        (unsigned long)episode, (unsigned long)played, shared->message);
    size_t before = script->length;
    shrink_until = time(NULL) + SHRINKING;
    script->length = played < before ? played : before;
    if (!fails(script))
        script->length = before; /* it fails at its end only */
    shrink(script, fails);
    printf("Shrunk from %zu operations to %zu:\n", before, script->length);
    bool kept = keeps_promises(script, stdout);
    repeat_words();
    printf("%s: %s\n", mutator_strategy, kept ? "the shrunk script does not fail every time" : shared->message);
    save(script, request);
    return FAILED;
}

/* ---- All episodes ----------------------------------------------------------------------------------------------- */

static size_t episode_length(uint64_t episode, uint64_t left)
{
    uint64_t length = episode % 4 == 3 ? EPISODE / 10 : EPISODE;
    return length < left ? length : left;
}

static void print_tally(const Request *request, uint64_t episodes)
{
    const Tally *tally = &shared->tally;
    double comparisons = tally->comparisons ? (double)tally->comparisons : 1;
    printf("%s: %lu operations in %lu episodes from seed %lu: %lu births, %lu finalizers, %lu of %lu weak references read "
           "empty, %lu comparisons of %.1f reachable and %.1f other objects\n",
        mutator_strategy, (unsigned long)tally->operations, (unsigned long)episodes, (unsigned long)request->seed,
        (unsigned long)tally->births, (unsigned long)tally->finalizers, (unsigned long)tally->weak_empty,
        (unsigned long)tally->weak_reads, (unsigned long)tally->comparisons, (double)tally->reachable / comparisons,
        (double)tally->surplus / comparisons);
}

/* A strategy that guesses may keep much once, where a dead word of the stack leads to it, but not again and again. */
static bool keeps_the_dead(void)
{
    const Tally *tally = &shared->tally;
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
    for (uint64_t left = request->operations; left > 0; episode++) {
        Script script = script_random(episode_seed(request->seed, episode), episode_length(episode, left));
        uint64_t before = shared->tally.operations;
        left -= script.length;
        if (!keeps_promises(&script, NULL))
            return report_failure(&script, request, episode, shared->tally.operations - before);
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
    bool kept = keeps_promises(&script, stdout);
    repeat_words();
    printf("%s: %s\n", mutator_strategy, kept ? "every promise was kept" : shared->message);
    return kept ? 0 : FAILED;
}

/* ---- The command line ------------------------------------------------------------------------------------------- */

static int usage(void)
{
    fputs("usage: oracle [--ops N] [--seed N] [--episode N] [--save FILE] [--set name=value]…\n"
          "       oracle --replay FILE [--set name=value]… | oracle --settings\n", stderr);
    return USAGE;
}

/* A whole number, or the end with a sentence. */
static uint64_t number(const char *option, const char *text, uint64_t least)
{
    char *rest;
    errno = 0;
    uint64_t value = strtoull(text, &rest, 10);
    if (*text >= '0' && *text <= '9' && !*rest && !errno && value >= least)
        return value;
    fprintf(stderr, "oracle: %s %s: wants a whole number from %lu to %lu\n", option, text, (unsigned long)least,
        (unsigned long)UINT64_MAX);
    exit(USAGE);
}

static void set(const char *assignment, Request *request)
{
    const char *complaint = settings_assign(assignment);
    if (complaint) {
        fprintf(stderr, "oracle: under %s: %s\n", mutator_strategy, complaint);
        exit(USAGE);
    }
    size_t used = strlen(request->settings);
    snprintf(request->settings + used, sizeof request->settings - used, " --set %s", assignment);
}

/* False: there is no such option. */
static bool read_option(const char *name, const char *value, Request *request)
{
    if (strcmp(name, "--ops") == 0)
        request->operations = number(name, value, 1);
    else if (strcmp(name, "--seed") == 0)
        request->seed = number(name, value, 0);
    else if (strcmp(name, "--episode") == 0)
        request->first_episode = number(name, value, 0);
    else if (strcmp(name, "--set") == 0)
        set(value, request);
    else if (strcmp(name, "--save") == 0)
        request->save = value;
    else if (strcmp(name, "--replay") == 0)
        request->replay = value;
    else
        return false;
    return true;
}

static bool prepare(void)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    said = tmpfile();
    if (shared != MAP_FAILED && said)
        return true;
    perror("oracle");
    return false;
}

int main(int argc, char **argv)
{
    Request request = { .operations = 1000000, .seed = 1 };
    if (argc == 2 && strcmp(argv[1], "--settings") == 0) {
        mutator_print_settings();
        return 0;
    }
    for (int i = 1; i < argc; i += 2)
        if (i + 1 == argc || !read_option(argv[i], argv[i + 1], &request))
            return usage();
    if (mutator_unsupported) {
        printf("%s: unsupported: %s\n", mutator_strategy, mutator_unsupported);
        return 0;
    }
    if (!prepare())
        return USAGE;
    return request.replay ? replay(request.replay) : play_episodes(&request);
}
