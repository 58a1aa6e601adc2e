/* The k-th request for memory fails, for every k until a run has no such request: alone, and with all after it. What is tried are
 * the variants of workloads, which tell whether the answer is right, and the strategies' oracles, which look at the heap. */
#include "famine.h"

#include "memory.h"
#include "sharing.h"
#include "trying.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    HANGING_S = 20,
    FIRST_SHIFT = 12, FIRST_DEPTHS = 10, /* the least size that is tried: the quick one by 2^12, or so many depths less … */
    STEP_SHIFT = 2, STEP_DEPTHS = 2,     /* … and the steps from there … */
    MORE_REQUESTS = 8,                   /* … to the first that makes so many requests more, or the quick one */
    /* In a quick run: */
    LAST_SHIFT = 4, LAST_DEPTHS = 4,     /* the largest size, likewise */
    APART = 4,                           /* of requests beyond FAMINE_CLOSE each that is a fourth further than the last */
    ALLOCATORS_IN = 6,                   /* allocators that are not the C library's have every sixth variant */
};

/* One variant, or an oracle, while it is tried. */
typedef struct Starving {
    const Stress *stress;
    const Description *variant; /* NULL: it is an oracle */
    Cell cell;
    Trial fed;          /* the run in which no request failed */
    uint64_t requests;  /* of it */
    char *sentence[CONDITIONS], *again[CONDITIONS]; /* of the first that broke, or NULL */
    TextPool pool;
} Starving;

static char *const once_done[] = { "-r", "1", NULL };

static int run(Starving *starving, Refusals *refusals, Trial *trial)
{
    static RunResult result; /* of this process, which tries one at a time */
    RunOptions options = { .seconds = HANGING_S, .refusals = refusals };
    if (!starving->variant)
        return famine_try_oracle(starving->stress->build, &starving->cell, &options, &starving->pool, &result, trial);
    return try_cell(starving->stress->build, &starving->cell, NULL, once_done, &options, &starving->pool, &result, trial);
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
static int feed(Starving *starving, int *error)
{
    Refusals none = { 0 };
    int signal = run(starving, &none, &starving->fed);
    *error = none.error;
    starving->requests = none.requests;
    return signal;
}

/* The smallest at which the strategy asks again and again. */
static int choose_size(Starving *starving, int *error)
{
    uint64_t least = 0, largest = largest_size(starving->stress, starving->variant);
    for (starving->cell.size = smaller(starving->variant, FIRST_SHIFT, FIRST_DEPTHS);;) {
        int signal = feed(starving, error);
        least = least ? least : starving->requests;
        bool is_largest = starving->cell.size == largest;
        if (signal || *error || is_largest || starving->fed.status != OK || starving->requests >= least + MORE_REQUESTS)
            return signal;
        starving->cell.size = next_size(starving->variant, starving->cell.size, largest);
    }
}

/* ---- One refusal ------------------------------------------------------------------------------------------------------- */

static bool has_the_answer(const Starving *starving, const Trial *trial)
{
    return trial->status == OK && trial->checksum.value == starving->fed.checksum.value &&
           trial->operations.known == starving->fed.operations.known &&
           trial->operations.value == starving->fed.operations.value;
}

static char *again(const Starving *starving, const Refusals *refusals)
{
    const char *build = starving->stress->build;
    char *cell = starving->variant ? cell_again(build, &starving->cell, NULL, once_done)
                                   : famine_oracle_again(build, &starving->cell);
    char request[40] = "";
    if (refusals->first)
        snprintf(request, sizeof request, " --request %" PRIu64, refusals->first);
    const char *once = refusals->once ? " --once" : "";
    char *text = text_format("%s/reclaim famine%s%s -- %s", build, once, request, cell);
    free(cell);
    return text;
}

static void note_broken(Starving *starving, Condition condition, const Refusals *refusals, const Trial *trial)
{
    if (starving->sentence[condition])
        return;
    char *told = famine_told(refusals);
    const char *status = trial->status == OK ? "another answer than without" : status_name(trial->status);
    starving->sentence[condition] = text_format("%s: %s%s%s", told, status, *trial->reason ? ": " : "", trial->reason);
    starving->again[condition] = again(starving, refusals);
    free(told);
}

/* `over`: there was no such request. */
static int refuse(Starving *starving, Condition condition, uint64_t request, Toll *toll, bool *over)
{
    Trial trial;
    Refusals refusals = { .first = request, .once = condition == ONCE };
    int signal = run(starving, &refusals, &trial);
    bool went_on = !signal && has_the_answer(starving, &trial);
    *over = !refusals.call;
    if (refusals.error) {
        toll->granted++;
        toll->error = refusals.error;
    }
    if (signal || refusals.error || (*over && went_on))
        return signal;
    toll->tries++;
    toll->went_on += went_on;
    if (!went_on && (trial.status != OOM || *over)) {
        toll->broken++;
        note_broken(starving, condition, &refusals, &trial);
    }
    return 0;
}

static uint64_t next_request(const Stress *stress, uint64_t request)
{
    return stress->quick && request >= FAMINE_CLOSE ? request + request / APART : request + 1;
}

static int refuse_each(Starving *starving, Condition condition, Toll *toll)
{
    int signal = 0;
    bool over = false;
    for (uint64_t request = 1, next; !signal && !over; request = next) {
        signal = refuse(starving, condition, request, toll, &over);
        next = next_request(starving->stress, request);
        uint64_t last = next - 1 < starving->requests ? next - 1 : starving->requests;
        toll->left_out += last > request ? last - request : 0;
    }
    return signal;
}

/* ---- A variant, or an oracle ------------------------------------------------------------------------------------------- */

/* It breaks even where no request fails. */
static void tell_unfit(Starving *starving)
{
    note_broken(starving, NONE_FAILS, &(Refusals){ 0 }, &starving->fed);
    famine_tell_broken(starving->stress, &starving->cell, NONE_FAILS, &(Toll){ .tries = 1, .broken = 1 },
                       starving->sentence[NONE_FAILS], starving->again[NONE_FAILS]);
}

static int refuse_all(Starving *starving, Ration *ration)
{
    int signal = 0;
    ration->ran = true;
    for (Condition c = ONCE; c < CONDITIONS && !signal; c++) {
        Toll *toll = &ration->toll[c];
        signal = refuse_each(starving, c, toll);
        if (toll->broken)
            famine_tell_broken(starving->stress, &starving->cell, c, toll, starving->sentence[c], starving->again[c]);
    }
    return signal;
}

static int starve(Starving *starving, Ration *ration)
{
    int signal = starving->variant ? choose_size(starving, &ration->error) : feed(starving, &ration->error);
    if (signal || ration->error || starving->fed.status == UNSUPPORTED)
        return signal;
    if (starving->fed.status == OK)
        return refuse_all(starving, ration);
    tell_unfit(starving);
    return 0;
}

typedef struct Famine {
    const Stress *stress;
    Catalogue catalogue;
} Famine;

/* The other allocators' share of a quick run. */
static bool is_left_out(const Famine *famine, size_t number)
{
    const Description *this = &famine->catalogue.variant[number], *last = number ? this - 1 : NULL;
    bool is_another = last && texts_equal(last->strategy, this->strategy) && texts_equal(last->workload, this->workload) &&
                      texts_equal(last->variant, this->variant);
    return famine->stress->quick && is_another && number % ALLOCATORS_IN;
}

static void forget(Starving *starving)
{
    for (Condition c = 0; c < CONDITIONS; c++) {
        free(starving->sentence[c]);
        free(starving->again[c]);
    }
    text_pool_free(&starving->pool);
}

static int starve_variant(const Famine *famine, size_t number, Ration *ration)
{
    const Description *variant = &famine->catalogue.variant[number];
    Starving starving = { .stress = famine->stress, .variant = variant };
    starving.cell = (Cell){ .strategy = variant->strategy, .workload = variant->workload, .variant = variant->variant,
                            .seed = famine->stress->seed, .input = "", .settings = "", .allocator = variant->allocator };
    ration->left_out = is_left_out(famine, number);
    int signal = variant->status == OK && !ration->left_out ? starve(&starving, ration) : 0;
    forget(&starving);
    return signal;
}

static int starve_oracle(const Stress *stress, const char *strategy, Ration *ration)
{
    Starving starving = { .stress = stress, .cell = famine_oracle_of(stress, strategy) };
    ration->missing = !famine_has_oracle(stress->build, &starving.cell);
    int signal = ration->missing ? 0 : starve(&starving, ration);
    forget(&starving);
    return signal;
}

static int starve_one(void *context, size_t number, void *result)
{
    const Famine *famine = context;
    size_t variants = famine->catalogue.variants;
    return number < variants ? starve_variant(famine, number, result)
                             : starve_oracle(famine->stress, famine->stress->strategies.name[number - variants], result);
}

static int run_famine(Stress *stress)
{
    Famine famine = { stress, catalogue_read(stress->build, stress->strategies, stress->workloads, stress->pool) };
    catalogue_read_inputs(&famine.catalogue, stress->pool);
    size_t count = famine.catalogue.variants + stress->strategies.count;
    Ration *ration = memory_new(count, sizeof *ration);
    int signal = share_work(starve_one, &famine, count, sizeof *ration, ration);
    if (!signal)
        famine_tell_all(stress, &famine.catalogue, ration);
    free(ration);
    catalogue_free(&famine.catalogue);
    return signal;
}

const StressMode stress_famine = {
    .name = "famine",
    .promise = "whichever request for memory fails, once or from then on, a cell ends oom or goes on, its answer right, its heap whole",
    .run = run_famine,
};
