#include "threads_pace.h"

#include "fail.h"
#include "lines.h"
#include "memory.h"
#include "words.h"
#include "sharing.h"
#include "statistics.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_ROUNDS = 15, QUICK_ROUNDS = 5,
    QUICK_OPERATIONS = 32000, OPERATIONS = 240000, /* of all threads together */
    USUAL_THREADS = 2, SEED = 1, RUN_S = 60, REASON = 300,
};

static const uint64_t thread_counts[] = { 1, 2, 4, 8 };
enum { COUNTS = sizeof thread_counts / sizeof *thread_counts };

/* One program with so many threads. */
typedef struct Pace {
    const Description *variant;
    uint64_t threads, n;              /* operations of each */
    double per_s[MOST_ROUNDS];        /* operations of all, in each round */
    double cpu_s[MOST_ROUNDS];        /* of all */
    uint64_t rounds, broken;
    char *again;                      /* of the first that broke a promise */
    char reason[REASON];
} Pace;

typedef struct Paces {
    const Stress *stress;
    const char *build;
    Pace *pace; /* those of a subject together */
    size_t count, rounds;
    uint64_t expected[COUNTS];
    Resamples resamples;
} Paces;

int threads_expect(const Stress *stress, const char *strategy, uint64_t n, uint64_t threads, uint64_t *expected)
{
    char *path = text_format("%s/stress/%s/threads", stress->build, strategy);
    char *size = text_format("%" PRIu64, n), *set = text_format("threads=%" PRIu64, threads);
    char *command[] = { path, "--reference", "-n", size, "--set", set, NULL };
    RunResult result;
    int signal = try_program(command, &(RunOptions){ .seconds = RUN_S }, &result);
    result.output[strcspn(result.output, "\n")] = '\0';
    if (!signal && !parse_natural(result.output, expected))
        fail("%s --reference -n %s --set %s: `%.40s` is no checksum", path, size, set, result.output);
    free(set);
    free(size);
    free(path);
    return signal;
}

const char *threads_beside(const char *strategy, TextPool *pool)
{
    const char *beside = strategy_says(strategy, "Beside", pool);
    return beside ? beside : "";
}

/* ---- Running ---------------------------------------------------------------------------------------------------------- */

static Cell cell_of(const Pace *pace, char settings[static 32])
{
    Cell cell = variant_cell(pace->variant, pace->n, SEED);
    settings[0] = '\0';
    if (pace->threads != USUAL_THREADS) /* which a cell's row does not name */
        snprintf(settings, 32, "threads=%" PRIu64, pace->threads);
    cell.settings = settings;
    return cell;
}

static void note_broken(const Paces *paces, Pace *pace, const Cell *cell, const Trial *trial)
{
    if (pace->broken++)
        return;
    snprintf(pace->reason, sizeof pace->reason, "%s", trial->reason);
    pace->again = cell_again(paces->build, cell, NULL, NULL);
}

static int run_once(const Paces *paces, Pace *pace, uint64_t expected)
{
    char settings[32];
    Cell cell = cell_of(pace, settings);
    RunResult result;
    Trial trial;
    const RunOptions options = { .seconds = RUN_S };
    int signal = try_cell(paces->build, &cell, NULL, NULL, &options, paces->stress->pool, &result, &trial);
    if (signal)
        return signal;
    verdict_on_answer(&trial, &(Planned){ .expected = { true, expected } }, paces->stress->pool);
    if (trial.status != OK)
        note_broken(paces, pace, &cell, &trial);
    pace->per_s[pace->rounds] = trial.status == OK ? (double)trial.operations.value / trial.work_s : NAN;
    pace->cpu_s[pace->rounds++] = trial.work_cpu_s;
    return 0;
}

/* In turn, so that what else the machine does befalls all alike. */
static int run_all(Paces *paces)
{
    int signal = 0;
    for (size_t round = 0; round < paces->rounds && !signal; round++)
        for (size_t i = 0; i < paces->count && !signal; i++)
            signal = run_once(paces, &paces->pace[i], paces->expected[i % COUNTS]);
    return signal;
}

/* ---- Telling ---------------------------------------------------------------------------------------------------------- */

static void tell(const Paces *paces, const Pace *pace, const char *figure, Estimate estimate, const char *unit)
{
    char condition[32];
    snprintf(condition, sizeof condition, "%" PRIu64 " thread%s", pace->threads, pace->threads == 1 ? "" : "s");
    StressRow row = stress_row("threads", pace->variant->strategy, pace->variant->variant, condition);
    row.size = (Count){ true, pace->n };
    row.tries = pace->rounds;
    row.broken = pace->broken;
    row.outcome = pace->broken ? BROKEN : KEPT;
    row.sentence = pace->reason;
    row.again = pace->again ? pace->again : "";
    stress_figure(&row, figure, estimate, unit);
    stress_tell(paces->stress, &row);
}

/* The same with as many threads under another strategy; NULL: there is none. */
static const Pace *beside(const Paces *paces, const Pace *pace, const char *strategy)
{
    for (size_t i = 0; i < paces->count; i++)
        if (paces->pace[i].threads == pace->threads && texts_equal(paces->pace[i].variant->strategy, strategy)
            && texts_equal(paces->pace[i].variant->variant, pace->variant->variant))
            return &paces->pace[i];
    return NULL;
}

/* The processor time by that of the strategy beside which it is tried. */
static void tell_ratio(const Paces *paces, const Pace *pace)
{
    const char *strategy = threads_beside(pace->variant->strategy, paces->stress->pool);
    const Pace *other = beside(paces, pace, strategy);
    if (!other || other->broken)
        return;
    char *figure = text_format("cpu_of_%s", strategy);
    tell(paces, pace, figure, estimate_ratio(pace->cpu_s, other->cpu_s, &paces->resamples), "x");
    free(figure);
}

static void tell_pace(const Paces *paces, size_t number)
{
    const Pace *pace = &paces->pace[number], *alone = &paces->pace[number - number % COUNTS];
    if (pace->broken) {
        tell(paces, pace, "", (Estimate){ NAN, NAN, NAN }, "");
        return;
    }
    tell(paces, pace, "operations_per_s", estimate_median(pace->per_s, paces->rounds), "");
    if (pace != alone && !alone->broken)
        tell(paces, pace, "of_one_thread", estimate_ratio(pace->per_s, alone->per_s, &paces->resamples), "x");
    tell_ratio(paces, pace);
}

static void tell_cores(const Stress *stress)
{
    StressRow row = stress_row("threads", NOT_A_STRATEGY, "", "");
    row.figure = "cores";
    row.value = (double)sharers();
    row.sentence = "more threads than cores take turns: their pace says what that costs, and nothing of more cores";
    stress_tell(stress, &row);
}

/* ---- All --------------------------------------------------------------------------------------------------------------- */

static int expect_all(Paces *paces)
{
    int signal = 0;
    for (size_t c = 0; c < COUNTS && !signal; c++)
        signal = threads_expect(paces->stress, paces->pace[c].variant->strategy, paces->pace[c].n, thread_counts[c],
                                &paces->expected[c]);
    return signal;
}

int threads_pace(const Stress *stress, const StressCells *cells)
{
    uint64_t operations = stress->quick ? QUICK_OPERATIONS : OPERATIONS;
    Paces paces = { .stress = stress, .build = cells->build, .count = cells->subjects.count * COUNTS };
    paces.rounds = stress->quick ? QUICK_ROUNDS : MOST_ROUNDS;
    paces.pace = memory_new(paces.count, sizeof *paces.pace);
    paces.resamples = resamples_draw(paces.rounds, stress->seed);
    for (size_t i = 0; i < paces.count; i++) {
        uint64_t threads = thread_counts[i % COUNTS];
        paces.pace[i] = (Pace){ .variant = cells->subjects.variant[i / COUNTS], .threads = threads, .n = operations / threads };
    }
    int signal = expect_all(&paces);
    if (!signal)
        signal = run_all(&paces);
    if (!signal)
        tell_cores(stress);
    for (size_t i = 0; i < paces.count; i++) {
        if (!signal)
            tell_pace(&paces, i);
        free(paces.pace[i].again);
    }
    resamples_free(&paces.resamples);
    free(paces.pace);
    return signal;
}
