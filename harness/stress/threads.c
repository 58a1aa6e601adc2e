/* Threads: mutators that work at the same time, each in a heap of its own or handing to the next (workloads/stress/threads.c).
 *
 * Answers are compared with what must come out, in plain programs, in ones under ThreadSanitizer and in ones with every check
 * under AddressSanitizer and LeakSanitizer. The plain ones are timed besides, one at a time and in turn, as much work
 * in all however many threads share it (threads_pace.h). A strategy whose header says `Beside: name` in a comment of one line is
 * tried beside that one, though nobody named it: what its threads cost is told as a ratio of the two. */
#include "lines.h"
#include "memory.h"
#include "sharing.h"
#include "subject.h"
#include "threads_pace.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SANITIZED_THREADS = 4, QUICK_SANITIZED = 400, SANITIZED = 4000, SANITIZED_S = 120, SENTENCE = 400 };

/* Programs that look for what answers do not show. */
typedef struct Watch {
    const char *folder, *sanitizers, *options; /* options: what the sanitizer finds in its environment */
    const char *not_under; /* the words with which a strategy's header says why it cannot be watched so; NULL: there are none */
} Watch;

static const Watch watches[] = {
    { "tsan/stress", "ThreadSanitizer", "TSAN_OPTIONS=halt_on_error=1", "Not under ThreadSanitizer" },
    { "checked/stress", "AddressSanitizer and LeakSanitizer", "ASAN_OPTIONS=" ASAN_REAL_STACK, NULL },
};
enum { WATCHES = sizeof watches / sizeof *watches };

typedef struct Threads {
    const Stress *stress;
    StressCells cells;
    char expected[64]; /* what a program under a watch prints when all is well */
} Threads;

/* ---- Under a watch -------------------------------------------------------------------------------------------------- */

/* What a sanitizer says in one line, or how the program ended. */
static void say_what_broke(const RunResult *result, char sentence[static SENTENCE])
{
    const char *summary = strstr(result->errors, "SUMMARY: ");
    if (!summary)
        summary = strstr(result->errors, "damaged heap: ");
    if (summary)
        snprintf(sentence, SENTENCE, "%.*s", (int)strcspn(summary, "\n"), summary);
    else if (result->hangs)
        snprintf(sentence, SENTENCE, "it hangs");
    else
        snprintf(sentence, SENTENCE, "exit status %d, answer %.*s", result->exit_status, (int)strcspn(result->output, "\n"),
                 result->output);
}

/* Programs that cannot be had, here or at all. */
static const char *why_not_watched(const Watch *watch, const char *strategy, const char *program, TextPool *pool)
{
    const char *why = watch->not_under ? strategy_says(strategy, watch->not_under, pool) : NULL;
    return why || access(program, X_OK) == 0 ? why : "the program was not built";
}

static void judge(const Threads *threads, const RunResult *result, StressRow *row, char sentence[static SENTENCE])
{
    row->tries = 1;
    if (strstr(result->errors, "FATAL: ThreadSanitizer: unexpected memory mapping")) {
        row->outcome = UNTRIED;
        row->sentence = "ThreadSanitizer does not run on this system: its addresses are taken";
    } else if (result->exit_status != 0 || result->hangs || !strstr(result->output, threads->expected)) {
        row->outcome = BROKEN;
        row->broken = 1;
        say_what_broke(result, sentence);
        row->sentence = sentence;
    }
}

/* Tells the row, once the program has run or cannot. */
static int watch_program(const Threads *threads, const Watch *watch, char *const *command, StressRow *row)
{
    char *const environment[] = { "PATH=/usr/bin:/bin", "LC_ALL=C", (char *)watch->options, NULL };
    char sentence[SENTENCE];
    RunResult result;
    const char *why = why_not_watched(watch, row->strategy, command[0], threads->stress->pool);
    int signal = why ? 0 : try_program(command, &(RunOptions){ .seconds = SANITIZED_S, .environment = environment }, &result);
    if (why)
        row->outcome = UNTRIED, row->sentence = why;
    else if (!signal)
        judge(threads, &result, row, sentence);
    if (!signal)
        stress_tell(threads->stress, row);
    return signal;
}

static int watch_one(const Threads *threads, const Description *variant, const Watch *watch)
{
    uint64_t size = threads->stress->quick ? QUICK_SANITIZED : SANITIZED;
    char *path = text_format("%s/%s/%s/threads", threads->stress->build, watch->folder, variant->strategy);
    char *n = text_format("%" PRIu64, size), *set = text_format("threads=%d", SANITIZED_THREADS);
    char *condition = text_format("%d threads, %s", SANITIZED_THREADS, watch->sanitizers);
    char *again = text_format("%s %s -v %s -n %s --set %s", watch->options, path, variant->variant, n, set);
    StressRow row = stress_row("threads", variant->strategy, variant->variant, condition);
    row.size = (Count){ true, size };
    row.again = again;
    char *command[] = { path, "-v", (char *)variant->variant, "-n", n, "--set", set, NULL };
    int signal = watch_program(threads, watch, command, &row);
    free(again);
    free(condition);
    free(set);
    free(n);
    free(path);
    return signal;
}

static int watch_part(void *context, size_t number, void *result)
{
    const Threads *threads = context;
    (void)result;
    return watch_one(threads, threads->cells.subjects.variant[number / WATCHES], &watches[number % WATCHES]);
}

static int watch_all(Threads *threads)
{
    uint64_t n = threads->stress->quick ? QUICK_SANITIZED : SANITIZED, expected;
    int signal = threads_expect(threads->stress, threads->cells.subjects.variant[0]->strategy, n, SANITIZED_THREADS, &expected);
    snprintf(threads->expected, sizeof threads->expected, ",ok,,%" PRIu64 ",", expected);
    return signal ? signal : share_work(watch_part, threads, threads->cells.subjects.count * WATCHES, 0, NULL);
}

/* ---- The mode --------------------------------------------------------------------------------------------------------- */

/* These, and behind each those that are tried beside it; the caller frees the list. */
static Names with_those_beside(Names strategies, TextPool *pool)
{
    Names known = registry_strategies(pool), all = { 0 };
    for (size_t i = 0; i < strategies.count; i++) {
        names_add(&all, strategies.name[i]);
        for (size_t k = 0; k < known.count; k++)
            if (texts_equal(threads_beside(known.name[k], pool), strategies.name[i]) && !names_have(strategies, known.name[k]))
                names_add(&all, known.name[k]);
    }
    free(known.name);
    return all;
}

static int run(Stress *stress)
{
    Names strategies = with_those_beside(stress->strategies, stress->pool);
    Threads threads = { .stress = stress, .cells = stress_cells(stress, "threads", "stress", "threads", strategies) };
    int signal = threads.cells.subjects.count ? watch_all(&threads) : 0;
    if (!signal && threads.cells.subjects.count)
        signal = threads_pace(stress, &threads.cells);
    stress_cells_free(&threads.cells);
    free(strategies.name);
    return signal;
}

const StressMode stress_threads = {
    "threads",
    "mutators with a heap each do not disturb one another, and what is handed over or owned by several is whole, and dies once",
    run,
};
