/* Threads: mutators that work at the same time, each in a heap of its own or handing to the next (workloads/stress/threads.c).
 *
 * Answers are compared with what must come out, in plain programs, in ones under ThreadSanitizer and in ones with every check
 * under AddressSanitizer and LeakSanitizer. The plain ones are timed besides, one at a time and in turn, as much work
 * in all however many threads share it (threads_pace.h). Beside refcount goes refcount_atomic, which no run has unless it is
 * named: what atomic counts cost is told as a ratio of the two. */
#include "fail.h"
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
    const char *folder, *condition;
} Watch;

static const Watch watches[] = {
    { "tsan/stress", "4 threads, ThreadSanitizer" },
    { "checked/stress", "4 threads, AddressSanitizer and LeakSanitizer" },
};
enum { WATCHES = sizeof watches / sizeof *watches };

typedef struct Threads {
    const Stress *stress;
    Subjects subjects;
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
static const char *why_not_watched(const Watch *watch, const char *strategy, const char *program)
{
    if (watch == watches && texts_equal(strategy, "boehm"))
        return "libgc is not compiled with ThreadSanitizer, which would take its collector for a race";
    return access(program, X_OK) == 0 ? NULL : "the program was not built";
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

static int watch_one(const Threads *threads, const Description *variant, const Watch *watch)
{
    static char *const environment[] = { "PATH=/usr/bin:/bin", "LC_ALL=C", "TSAN_OPTIONS=halt_on_error=1", NULL };
    char *path = text_format("%s/%s/%s/threads", threads->stress->build, watch->folder, variant->strategy);
    char *n = text_format("%d", threads->stress->quick ? QUICK_SANITIZED : SANITIZED);
    char *command[] = { path, "-v", (char *)variant->variant, "-n", n, "--set", "threads=4", NULL };
    char *again = text_format("%s -v %s -n %s --set threads=4", path, variant->variant, n), sentence[SENTENCE];
    StressRow row = stress_row("threads", variant->strategy, variant->variant, watch->condition);
    const char *why = why_not_watched(watch, variant->strategy, path);
    RunResult result;
    int signal = why ? 0 : try_program(command, &(RunOptions){ .seconds = SANITIZED_S, .environment = environment }, &result);
    row.size = (Count){ true, strtoull(n, NULL, 10) };
    row.again = again;
    if (!why && !signal)
        judge(threads, &result, &row, sentence);
    else if (why)
        row.outcome = UNTRIED, row.sentence = why;
    if (!signal)
        stress_tell(threads->stress, &row);
    free(again);
    free(n);
    free(path);
    return signal;
}

static int watch_part(void *context, size_t number, void *result)
{
    const Threads *threads = context;
    (void)result;
    return watch_one(threads, threads->subjects.variant[number / WATCHES], &watches[number % WATCHES]);
}

static int watch_all(Threads *threads)
{
    uint64_t n = threads->stress->quick ? QUICK_SANITIZED : SANITIZED, expected;
    int signal = threads_expect(threads->stress, threads->subjects.variant[0]->strategy, n, SANITIZED_THREADS, &expected);
    snprintf(threads->expected, sizeof threads->expected, ",ok,,%" PRIu64 ",", expected);
    return signal ? signal : share_work(watch_part, threads, threads->subjects.count * WATCHES, 0, NULL);
}

/* ---- The mode --------------------------------------------------------------------------------------------------------- */

static Names with_atomic_beside_refcount(Names strategies)
{
    Names all = { 0 };
    for (size_t i = 0; i < strategies.count; i++) {
        names_add(&all, strategies.name[i]);
        if (texts_equal(strategies.name[i], "refcount") && !names_have(strategies, "refcount_atomic"))
            names_add(&all, "refcount_atomic");
    }
    return all;
}

static int run(Stress *stress)
{
    char *build = text_format("%s/stress", stress->build);
    const char *workload = "threads";
    Names strategies = with_atomic_beside_refcount(stress->strategies);
    Catalogue catalogue = catalogue_read(build, strategies, (Names){ &workload, 1 }, stress->pool);
    Threads threads = { .stress = stress, .subjects = subjects_of(stress, "threads", &catalogue) };
    int signal = threads.subjects.count ? watch_all(&threads) : 0;
    if (!signal && threads.subjects.count)
        signal = threads_pace(stress, build, &threads.subjects);
    free(threads.subjects.variant);
    catalogue_free(&catalogue);
    free(strategies.name);
    free(build);
    return signal;
}

const StressMode stress_threads = {
    "threads",
    "mutators with a heap each do not disturb one another, and what is handed over or owned by several is whole, and dies once",
    run,
};
