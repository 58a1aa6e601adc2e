/* Mode leaks: the exact ledger. What is alive at the end of a counted cell is what another strategy, of the tests, leaves alive
 * that has nothing but correctness in mind (tests/broken/naive.h): with its collector what is still reachable, and without it
 * what pure counting cannot free, too. Which of the two a strategy promises, its oracle says. */
#include "leaks.h"

#include "lines.h"
#include "memory.h"
#include "sharing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PREDICTOR "naive"

/* ---- The plan ------------------------------------------------------------------------------------------------------- */

enum {
    MANY = 1000, PART_OF_MANY = 10, PART_OF_FEW = 3,
    SHARED_EDGES = 150000, /* by which one object has more owners than 16 bits count */
};

/* A part of what a quick run takes: nothing of this is about time. */
static uint64_t size_of(const Stress *stress, const Description *variant)
{
    uint64_t quick = variant->quick;
    if (texts_equal(variant->workload, "shapes") && texts_equal(variant->variant, "shared"))
        return SHARED_EDGES;
    if (!stress->quick)
        return quick;
    return quick >= MANY && !variant->depth ? quick / PART_OF_MANY : (quick + PART_OF_FEW - 1) / PART_OF_FEW;
}

Cell leaks_cell(const Plan *plan, const Description *variant, const char *strategy, const char *settings)
{
    Cell cell = variant_cell(variant, size_of(plan->stress, variant), plan->stress->seed);
    cell.strategy = strategy;
    cell.settings = settings;
    return cell;
}

static bool same_work(const Description *a, const Description *b)
{
    return texts_equal(a->workload, b->workload) && texts_equal(a->variant, b->variant);
}

static size_t work_of(Plan *plan, const Description *variant)
{
    for (size_t i = 0; i < plan->works; i++)
        if (same_work(plan->work[i].variant, variant))
            return i;
    plan->work = memory_room(plan->work, &plan->work_room, plan->works + 1, sizeof *plan->work);
    plan->work[plan->works] = (Work){ .variant = variant };
    return plan->works++;
}

static int ask_promises(const Plan *plan, const char *strategy, Promises *promises)
{
    RunResult *result = memory_new(1, sizeof *result);
    char *path = text_format("%s/tests/%s/oracle", plan->stress->build, strategy);
    int signal = try_program((char *[]){ path, "--promises", NULL }, &(RunOptions){ 0 }, result);
    promises->told = sscanf(result->output, "counts %d collects %d exact %d", &promises->counts, &promises->collects,
                            &promises->exact) == 3;
    free(path);
    free(result);
    return signal;
}

/* Whether tests/guesses says so. */
static bool hangs_together(const Description *variant)
{
    char *line = text_format("%s %s %s", variant->strategy, variant->workload, variant->variant);
    bool found = file_has_line("tests/guesses", line);
    free(line);
    return found;
}

/* A ledger is the same under all allocators. */
static int plan_runs(Plan *plan)
{
    int signal = 0;
    Promises promises = { 0 };
    for (size_t i = 0; i < plan->catalogue.variants && !signal; i++) {
        const Description *variant = &plan->catalogue.variant[i];
        if (i == 0 || !texts_equal(variant[-1].strategy, variant->strategy))
            signal = ask_promises(plan, variant->strategy, &promises);
        if (variant->status != OK || !catalogue_is_usual(&plan->catalogue, i))
            continue;
        plan->run = memory_room(plan->run, &plan->run_room, plan->runs + 1, sizeof *plan->run);
        plan->run[plan->runs++] = (Run){ .variant = variant, .work = work_of(plan, variant), .promises = promises,
            .hangs_together = !promises.exact && hangs_together(variant) };
    }
    return signal;
}

/* ---- Counting ------------------------------------------------------------------------------------------------------- */

enum {
    MOST_LEFT = 2, /* of what must die in a program, a guess may keep one in so many */
    CHANCES = 5,   /* runs in which it may have been bad luck */
};

static int predict(void *context, size_t number, void *result)
{
    const Plan *plan = context;
    const char *settings = number % PREDICTIONS == LEAVES_CYCLES ? "cycles=0" : "";
    Cell cell = leaks_cell(plan, plan->work[number / PREDICTIONS].variant, PREDICTOR, settings);
    return count_census(plan->stress, plan->counted, &cell, number, result);
}

bool leaks_most(const Counts *counts, const Counts *predicted)
{
    uint64_t must_die = counts->born - predicted->alive;
    return counts->known && counts->alive > predicted->alive && (counts->alive - predicted->alive) * MOST_LEFT > must_die;
}

const Counts *leaks_predicted(const Plan *plan, const Run *run)
{
    return &plan->work[run->work].predicted[run->promises.collects ? COLLECTS_CYCLES : LEAVES_CYCLES];
}

/* What was guessed wrong by chance is not the next time, for the system moves the stack. */
static int count(void *context, size_t number, void *result)
{
    const Plan *plan = context;
    const Run *run = &plan->run[number];
    Cell cell = leaks_cell(plan, run->variant, run->variant->strategy, "");
    int signal = count_census(plan->stress, plan->counted, &cell, number, result);
    for (int i = 1; i < CHANCES && !run->promises.exact && !signal && leaks_most(result, leaks_predicted(plan, run)); i++)
        signal = count_census(plan->stress, plan->counted, &cell, number, result);
    return signal;
}

static int count_all(Plan *plan)
{
    size_t most = plan->runs > plan->works * PREDICTIONS ? plan->runs : plan->works * PREDICTIONS;
    Counts *counts = memory_new(most + 1, sizeof *counts);
    int signal = share_work(predict, plan, plan->works * PREDICTIONS, sizeof *counts, counts);
    for (size_t i = 0; i < plan->works * PREDICTIONS && !signal; i++)
        plan->work[i / PREDICTIONS].predicted[i % PREDICTIONS] = counts[i];
    if (!signal)
        signal = share_work(count, plan, plan->runs, sizeof *counts, counts);
    for (size_t i = 0; i < plan->runs && !signal; i++)
        plan->run[i].counts = counts[i];
    free(counts);
    return signal;
}

/* ---- The mode ------------------------------------------------------------------------------------------------------ */

static int keep_ledger(Stress *stress, const char *folder, Names workloads, const char *others)
{
    Plan plan = { .stress = stress, .counted = text_format("%s/%s", stress->build, folder), .others = others };
    plan.catalogue = catalogue_read(plan.counted, stress->strategies, workloads, stress->pool);
    catalogue_read_inputs(&plan.catalogue, stress->pool);
    int signal = plan_runs(&plan);
    if (!signal)
        signal = count_all(&plan);
    for (const Run *run = plan.run; !signal && run < plan.run + plan.runs;)
        run = leaks_tell_strategy(&plan, run);
    free(plan.work);
    free(plan.run);
    free(plan.counted);
    catalogue_free(&plan.catalogue);
    return signal;
}

/* Shapes are the programs of another mode, and are not there where only cells are tried. */
static int run(Stress *stress)
{
    Names shapes = { 0 };
    names_add(&shapes, "shapes");
    char *predictor = text_format("%s/stress/counted/" PREDICTOR "/shapes", stress->build);
    int signal = keep_ledger(stress, "counted", stress->workloads, "all others");
    if (!signal && access(predictor, X_OK) == 0)
        signal = keep_ledger(stress, "stress/counted", shapes, "all other shapes");
    free(predictor);
    free(shapes.name);
    return signal;
}

const StressMode stress_leaks = {
    "leaks", "what is alive at the end is what is still reachable, and under pure counting its cycles, to the byte", run,
};
