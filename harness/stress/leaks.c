/* Mode leaks: the exact ledger. What is alive at the end of a counted cell is what another strategy, of the tests, leaves alive
 * that has nothing but correctness in mind (tests/broken/naive.h): with its collector what is still reachable, and without it
 * what pure counting cannot free, too. Which of the two a strategy promises, its oracle says. */
#include "catalogue.h"
#include "count_census.h"
#include "memory.h"
#include "sharing.h"
#include "trying.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PREDICTOR "naive"
enum { LEAVES_CYCLES, COLLECTS_CYCLES, PREDICTIONS };

/* What a strategy says that it does; of what says nothing, `told` is false. */
typedef struct Promises {
    bool told;
    int counts, collects, exact;
} Promises;

/* A variant of a workload, whatever the strategy. */
typedef struct Work {
    const Description *variant;
    Counts predicted[PREDICTIONS];
} Work;

typedef struct Run {
    const Description *variant;
    size_t work;
    Promises promises;
    Counts counts;
} Run;

typedef struct Plan {
    const Stress *stress;
    char *counted;       /* the build of counted cells */
    const char *others;  /* what to call those that leave nothing */
    Catalogue catalogue;
    Work *work;
    Run *run;
    size_t works, runs, work_room, run_room;
} Plan;

/* ---- The plan ------------------------------------------------------------------------------------------------------- */

enum { MANY = 1000, PART_OF_MANY = 10, PART_OF_FEW = 3 };

/* A part of what a quick run takes: nothing of this is about time. */
static uint64_t size_of(const Stress *stress, const Description *variant)
{
    uint64_t quick = variant->quick;
    if (!stress->quick)
        return quick;
    return quick >= MANY && !variant->depth ? quick / PART_OF_MANY : (quick + PART_OF_FEW - 1) / PART_OF_FEW;
}

static Cell cell_of(const Plan *plan, const Description *variant, const char *strategy, const char *settings)
{
    return (Cell){ .strategy = strategy, .workload = variant->workload, .variant = variant->variant,
        .size = size_of(plan->stress, variant), .seed = plan->stress->seed, .input = "", .settings = settings,
        .allocator = variant->allocator };
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
    Heard *heard = memory_new(1, sizeof *heard);
    char *path = text_format("%s/tests/%s/oracle", plan->stress->build, strategy);
    int signal = try_program((char *[]){ path, "--promises", NULL }, &(Hardship){ 0 }, heard);
    promises->told = sscanf(heard->said, "counts %d collects %d exact %d", &promises->counts, &promises->collects,
                            &promises->exact) == 3;
    free(path);
    free(heard);
    return signal;
}

/* Under the first of its allocators, for a ledger is the same under all. */
static bool is_first(const Description *variant, const Description *all)
{
    return variant == all || !texts_equal(variant[-1].strategy, variant->strategy) || !same_work(&variant[-1], variant);
}

static int plan_runs(Plan *plan)
{
    int signal = 0;
    Promises promises = { 0 };
    for (size_t i = 0; i < plan->catalogue.variants && !signal; i++) {
        const Description *variant = &plan->catalogue.variant[i];
        if (i == 0 || !texts_equal(variant[-1].strategy, variant->strategy))
            signal = ask_promises(plan, variant->strategy, &promises);
        if (variant->status != OK || !is_first(variant, plan->catalogue.variant))
            continue;
        plan->run = memory_room(plan->run, &plan->run_room, plan->runs + 1, sizeof *plan->run);
        plan->run[plan->runs++] = (Run){ .variant = variant, .work = work_of(plan, variant), .promises = promises };
    }
    return signal;
}

/* ---- Counting ------------------------------------------------------------------------------------------------------- */

static int predict(void *context, size_t number, void *result)
{
    const Plan *plan = context;
    const char *settings = number % PREDICTIONS == LEAVES_CYCLES ? "cycles=0" : "";
    Cell cell = cell_of(plan, plan->work[number / PREDICTIONS].variant, PREDICTOR, settings);
    return count_census(plan->stress, plan->counted, &cell, number, result);
}

static int count(void *context, size_t number, void *result)
{
    const Plan *plan = context;
    Cell cell = cell_of(plan, plan->run[number].variant, plan->run[number].variant->strategy, "");
    return count_census(plan->stress, plan->counted, &cell, number, result);
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

/* ---- Judging -------------------------------------------------------------------------------------------------------- */

/* A strategy that guesses may take a dead word of the stack for a reference, and what hangs from it may be much. */
static bool is_forgiven(const Run *run, const Counts *predicted)
{
    return !run->promises.exact && run->counts.alive > predicted->alive;
}

static char *complain_of_difference(const Counts *counts, const Counts *predicted)
{
    if (counts->freed == 0 && predicted->freed > 0)
        return text_format("%" PRIu64 " objects (%" PRIu64 " bytes) are alive at the end, and %" PRIu64 " must be: nothing "
                           "of it was freed", counts->alive, counts->alive_bytes, predicted->alive);
    bool more = counts->alive > predicted->alive;
    uint64_t objects = more ? counts->alive - predicted->alive : predicted->alive - counts->alive;
    uint64_t bytes = more ? counts->alive_bytes - predicted->alive_bytes : predicted->alive_bytes - counts->alive_bytes;
    return text_format("%" PRIu64 " objects (%" PRIu64 " bytes) are alive at the end, %" PRIu64 " (%" PRIu64 " bytes) %s than "
                       "predicted", counts->alive, counts->alive_bytes, objects, bytes, more ? "more" : "fewer");
}

/* What is wrong with a run, in memory that the caller frees; NULL: nothing. */
static char *complaint(const Run *run, const Counts *predicted)
{
    const Counts *counts = &run->counts;
    if (!counts->known)
        return text_format("%s", counts->why);
    if (!predicted->known)
        return text_format("there is no prediction: %s", predicted->why);
    if (counts->born != counts->freed + counts->alive || counts->born_bytes != counts->freed_bytes + counts->alive_bytes)
        return text_format("%" PRIu64 " objects were born, %" PRIu64 " freed, and %" PRIu64 " are alive: the ledger does not "
                           "add up", counts->born, counts->freed, counts->alive);
    if (counts->checksum != predicted->checksum)
        return text_format("another answer than the predictor's");
    if (counts->alive == predicted->alive && counts->alive_bytes == predicted->alive_bytes)
        return NULL;
    return is_forgiven(run, predicted) ? NULL : complain_of_difference(counts, predicted);
}

/* ---- Telling -------------------------------------------------------------------------------------------------------- */

/* What the runs of one strategy come to that have nothing left at the end but what is forgiven. Of one that guesses, in a
 * quarter of them there may be more left than one object in a hundred. */
typedef struct Rest {
    const Run *first;
    uint64_t tries, forgiven, much; /* forgiven: objects; much: how often these were many */
} Rest;

enum { MUCH_OF = 100, MUCH_SELDOM = 4 };

static void tell_run(const Plan *plan, const Run *run, const Counts *predicted, const char *complaint)
{
    Cell cell = cell_of(plan, run->variant, run->variant->strategy, "");
    char *subject = text_format("%s %s", cell.workload, cell.variant);
    char *folder = text_format("%s/census", plan->stress->folder);
    char *again = cell_again(plan->counted, &cell, NULL, (char *[]){ "--profile", folder, NULL });
    char *sentence = complaint ? text_format("%s", complaint) :
        text_format("%" PRIu64 " of %" PRIu64 " objects are left, as predicted", predicted->alive, predicted->born);
    StressRow row = stress_row("leaks", cell.strategy, subject, "");
    row.size = (Count){ .known = true, .value = cell.size };
    row.tries = 1;
    row.broken = complaint != NULL;
    row.outcome = complaint ? BROKEN : KEPT;
    row.sentence = sentence;
    row.again = again;
    if (run->counts.known) {
        row.figure = "leaked_bytes";
        row.value = (double)run->counts.alive_bytes;
        row.unit = "bytes";
    }
    stress_tell(plan->stress, &row);
    free(sentence);
    free(again);
    free(folder);
    free(subject);
}

static void tell_rest(const Plan *plan, const Rest *rest)
{
    if (rest->tries == 0)
        return;
    StressRow row = stress_row("leaks", rest->first->variant->strategy, plan->others, "");
    bool too_often = rest->much * MUCH_SELDOM > rest->tries;
    char *sentence = text_format("%" PRIu64 " objects are left that nobody reaches; in %" PRIu64 " of %" PRIu64 " programs "
        "they are more than one in %d", rest->forgiven, rest->much, rest->tries, MUCH_OF);
    row.tries = rest->tries;
    row.broken = too_often ? rest->much : 0;
    row.outcome = too_often ? BROKEN : KEPT;
    row.figure = "unreachable_objects";
    row.value = (double)rest->forgiven;
    row.unit = "objects";
    row.sentence = rest->forgiven ? sentence : "nothing is left at the end";
    stress_tell(plan->stress, &row);
    free(sentence);
}

static void tell_cannot(const Plan *plan, const Run *run)
{
    StressRow row = stress_row("leaks", run->variant->strategy, plan->others, "");
    row.outcome = run->promises.told ? CANNOT : UNTRIED;
    row.sentence = run->promises.told ? "by definition it keeps what was born outside of regions" : "its oracle was not built";
    stress_tell(plan->stress, &row);
}

static void add_to_rest(Rest *rest, const Run *run, const Counts *predicted)
{
    uint64_t forgiven = run->counts.alive - predicted->alive;
    rest->tries++;
    rest->forgiven += forgiven;
    rest->much += forgiven > run->counts.born / MUCH_OF;
}

/* The runs of one strategy, from the first; returns the first of another. */
static const Run *tell_strategy(const Plan *plan, const Run *first)
{
    Rest rest = { .first = first };
    const Run *run = first, *end = plan->run + plan->runs;
    bool promises = first->promises.counts || first->promises.collects;
    if (!promises)
        tell_cannot(plan, first);
    for (; run < end && texts_equal(run->variant->strategy, first->variant->strategy); run++) {
        const Counts *predicted = &plan->work[run->work].predicted[first->promises.collects ? COLLECTS_CYCLES : LEAVES_CYCLES];
        char *wrong = promises && !run->counts.unsupported ? complaint(run, predicted) : NULL;
        if (wrong || (promises && !run->counts.unsupported && predicted->alive))
            tell_run(plan, run, predicted, wrong);
        else if (promises && !run->counts.unsupported)
            add_to_rest(&rest, run, predicted);
        free(wrong);
    }
    tell_rest(plan, &rest);
    return run;
}

static int keep_ledger(Stress *stress, const char *folder, Names workloads, const char *others)
{
    Plan plan = { .stress = stress, .counted = text_format("%s/%s", stress->build, folder), .others = others };
    plan.catalogue = catalogue_read(plan.counted, stress->strategies, workloads, stress->pool);
    catalogue_read_inputs(&plan.catalogue, stress->pool);
    int signal = plan_runs(&plan);
    if (!signal)
        signal = count_all(&plan);
    for (const Run *run = plan.run; !signal && run < plan.run + plan.runs;)
        run = tell_strategy(&plan, run);
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
