/* The k-th request for memory fails, for every k until a run has no such request: alone, and with all after it. What is tried are
 * the variants of workloads, which tell whether the answer is right, and the strategies' oracles, which look at the heap. */
#include "famine.h"

#include "memory.h"
#include "sharing.h"
#include "trying.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    HANGING_S = 20,
    FIRST_SHIFT = 12, FIRST_DEPTHS = 10, /* the least size that is tried: the quick one by 2^12, or so many depths less … */
    STEP_SHIFT = 2, STEP_DEPTHS = 2,     /* … and the steps from there … */
    MORE_REQUESTS = 8,                   /* … to the first that makes so many requests more, or the quick one */
    /* In a quick run: */
    QUICK_MORE_REQUESTS = 4,
    LAST_SHIFT = 4, LAST_DEPTHS = 4,     /* the largest size, likewise */
    APART = 4,                           /* of requests beyond FAMINE_CLOSE each that is a fourth further than the last */
    ALLOCATORS_IN = 6,                   /* allocators that are not the C library's have every sixth variant */
};

/* One variant, or an oracle, while it is tried. */
typedef struct Target {
    const Stress *stress;
    const Description *variant; /* NULL: it is an oracle */
    Cell cell;
    Trial undisturbed;  /* the run in which no request failed */
    uint64_t requests;  /* of it */
    char *sentence[CONDITIONS], *again[CONDITIONS]; /* of the first that broke, or NULL */
    TextPool pool;
} Target;

static char *const once_done[] = { "-r", "1", NULL };

static int run(Target *target, Refusals *refusals, Trial *trial)
{
    static RunResult result; /* of this process, which tries one at a time */
    RunOptions options = { .seconds = HANGING_S, .refusals = refusals };
    if (!target->variant)
        return famine_try_oracle(target->stress->build, &target->cell, &options, &target->pool, &result, trial);
    return try_cell(target->stress->build, &target->cell, NULL, once_done, &options, &target->pool, &result, trial);
}

/* ---- How large --------------------------------------------------------------------------------------------------------- */

/* The quick size by a power of two, or so many depths less; 1 at the least. */
static uint64_t smaller(const Description *variant, unsigned shift, uint64_t depths)
{
    uint64_t less = variant->quick > depths ? variant->quick - depths : 1;
    uint64_t size = variant->depth ? less : variant->quick >> shift;
    return size > 0 ? size : 1;
}

static uint64_t largest_size(const Stress *stress, const Description *variant)
{
    return stress->quick ? smaller(variant, LAST_SHIFT, LAST_DEPTHS) : variant->quick;
}

static uint64_t next_size(const Description *variant, uint64_t size, uint64_t largest)
{
    uint64_t next = variant->depth ? size + STEP_DEPTHS : size << STEP_SHIFT;
    return next < largest ? next : largest;
}

/* A run in which no request fails. */
static int run_undisturbed(Target *target, int *error)
{
    Refusals none = { 0 };
    int signal = run(target, &none, &target->undisturbed);
    *error = none.error;
    target->requests = none.requests;
    return signal;
}

/* The smallest at which the strategy asks again and again. */
static int choose_size(Target *target, int *error)
{
    uint64_t least = 0, largest = largest_size(target->stress, target->variant);
    uint64_t more = target->stress->quick ? QUICK_MORE_REQUESTS : MORE_REQUESTS;
    for (target->cell.size = smaller(target->variant, FIRST_SHIFT, FIRST_DEPTHS);;) {
        int signal = run_undisturbed(target, error);
        least = least ? least : target->requests;
        bool is_largest = target->cell.size == largest;
        if (signal || *error || is_largest || target->undisturbed.status != OK || target->requests >= least + more)
            return signal;
        target->cell.size = next_size(target->variant, target->cell.size, largest);
    }
}

/* ---- One refusal ------------------------------------------------------------------------------------------------------- */

static bool has_the_answer(const Target *target, const Trial *trial)
{
    return trial->status == OK && trial->checksum.value == target->undisturbed.checksum.value &&
           trial->operations.known == target->undisturbed.operations.known &&
           trial->operations.value == target->undisturbed.operations.value;
}

static char *again(const Target *target, const Refusals *refusals)
{
    const char *build = target->stress->build;
    char *cell = target->variant ? cell_again(build, &target->cell, NULL, once_done)
                                 : famine_oracle_again(build, &target->cell);
    char request[40] = "";
    if (refusals->first)
        snprintf(request, sizeof request, " --request %" PRIu64, refusals->first);
    const char *once = refusals->once ? " --once" : "";
    char *text = text_format("%s/reclaim famine%s%s -- %s", build, once, request, cell);
    free(cell);
    return text;
}

static void note_broken(Target *target, Condition condition, const Refusals *refusals, const Trial *trial)
{
    if (target->sentence[condition])
        return;
    char *told = famine_told(refusals);
    const char *status = trial->status == OK ? "another answer than without" : status_name(trial->status);
    target->sentence[condition] = text_format("%s: %s%s%s", told, status, *trial->reason ? ": " : "", trial->reason);
    target->again[condition] = again(target, refusals);
    free(told);
}

/* `over`: there was no such request. */
static int refuse(Target *target, Condition condition, uint64_t request, Tally *tally, bool *over)
{
    Trial trial;
    Refusals refusals = { .first = request, .once = condition == ONCE };
    int signal = run(target, &refusals, &trial);
    bool went_on = !signal && has_the_answer(target, &trial);
    *over = !refusals.call;
    if (refusals.error) {
        tally->granted++;
        tally->error = refusals.error;
    }
    if (signal || refusals.error || (*over && went_on))
        return signal;
    tally->tries++;
    tally->went_on += went_on;
    if (!went_on && (trial.status != OOM || *over)) {
        tally->broken++;
        note_broken(target, condition, &refusals, &trial);
    }
    return 0;
}

static uint64_t next_request(const Stress *stress, uint64_t request)
{
    return stress->quick && request >= FAMINE_CLOSE ? request + request / APART : request + 1;
}

static int refuse_each(Target *target, Condition condition, Tally *tally)
{
    int signal = 0;
    bool over = false;
    for (uint64_t request = 1, next; !signal && !over; request = next) {
        signal = refuse(target, condition, request, tally, &over);
        next = next_request(target->stress, request);
        uint64_t last = next - 1 < target->requests ? next - 1 : target->requests;
        tally->left_out += last > request ? last - request : 0;
    }
    return signal;
}

/* ---- A variant, or an oracle ------------------------------------------------------------------------------------------- */

/* It breaks even where no request fails. */
static void tell_unfit(Target *target)
{
    note_broken(target, NONE_FAILS, &(Refusals){ 0 }, &target->undisturbed);
    famine_tell_broken(target->stress, &target->cell, NONE_FAILS, &(Tally){ .tries = 1, .broken = 1 },
                       target->sentence[NONE_FAILS], target->again[NONE_FAILS]);
}

static int refuse_all(Target *target, Outcome *outcome)
{
    int signal = 0;
    outcome->ran = true;
    for (Condition c = ONCE; c < CONDITIONS && !signal; c++) {
        Tally *tally = &outcome->tally[c];
        signal = refuse_each(target, c, tally);
        if (tally->broken)
            famine_tell_broken(target->stress, &target->cell, c, tally, target->sentence[c], target->again[c]);
    }
    return signal;
}

static int try_target(Target *target, Outcome *outcome)
{
    int signal = target->variant ? choose_size(target, &outcome->error) : run_undisturbed(target, &outcome->error);
    if (signal || outcome->error || target->undisturbed.status == UNSUPPORTED)
        return signal;
    if (target->undisturbed.status == OK)
        return refuse_all(target, outcome);
    tell_unfit(target);
    return 0;
}

typedef struct Famine {
    const Stress *stress;
    Catalogue catalogue;
} Famine;

/* The other allocators' share of a quick run. */
static bool is_left_out(const Famine *famine, size_t number)
{
    return famine->stress->quick && !catalogue_is_usual(&famine->catalogue, number) && number % ALLOCATORS_IN;
}

static void target_free(Target *target)
{
    for (Condition c = 0; c < CONDITIONS; c++) {
        free(target->sentence[c]);
        free(target->again[c]);
    }
    text_pool_free(&target->pool);
}

static int try_variant(const Famine *famine, size_t number, Outcome *outcome)
{
    const Description *variant = &famine->catalogue.variant[number];
    Target target = { .stress = famine->stress, .variant = variant, .cell = variant_cell(variant, 0, famine->stress->seed) };
    outcome->left_out = is_left_out(famine, number);
    int signal = variant->status == OK && !outcome->left_out ? try_target(&target, outcome) : 0;
    target_free(&target);
    return signal;
}

static int try_oracle(const Stress *stress, const char *strategy, Outcome *outcome)
{
    Target target = { .stress = stress, .cell = famine_oracle_of(stress, strategy) };
    outcome->missing = !famine_has_oracle(stress->build, &target.cell);
    int signal = outcome->missing ? 0 : try_target(&target, outcome);
    target_free(&target);
    return signal;
}

static int try_one(void *context, size_t number, void *result)
{
    const Famine *famine = context;
    size_t variants = famine->catalogue.variants;
    return number < variants ? try_variant(famine, number, result)
                             : try_oracle(famine->stress, famine->stress->strategies.name[number - variants], result);
}

static int run_famine(Stress *stress)
{
    Famine famine = { stress, catalogue_read(stress->build, stress->strategies, stress->workloads, stress->pool) };
    catalogue_read_inputs(&famine.catalogue, stress->pool);
    size_t count = famine.catalogue.variants + stress->strategies.count;
    Outcome *outcome = memory_new(count, sizeof *outcome);
    int signal = share_work(try_one, &famine, count, sizeof *outcome, outcome);
    if (!signal)
        famine_tell_all(stress, &famine.catalogue, outcome);
    free(outcome);
    catalogue_free(&famine.catalogue);
    return signal;
}

const StressMode stress_famine = {
    .name = "famine",
    .promise = "whichever request for memory fails, once or from then on, a cell ends oom or goes on, its answer right, its heap "
               "whole",
    .run = run_famine,
};
