/* pauses: the longest pause of each strategy while 10^3 to 10^6 objects are alive (workloads/stress/live.c), beside the
 * machine's own hiccups. One run after the other, on the core of the trials. */
#include "catalogue.h"
#include "fail.h"
#include "hiccups.h"
#include "live_pauses.h"
#include "memory.h"
#include "path.h"
#include "pinning.h"
#include "stress.h"
#include "trying.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUICK_RUNS = 5, USUAL_RUNS = PAUSE_RUNS_MOST };
#define SPIN_S 0.2 /* before each variant, and after it */

typedef struct Pauses {
    const Stress *stress;
    char *build;      /* the counted cells of stress */
    char *scratch;    /* where a cell lists its pauses */
    FILE *out;        /* live_pauses.csv */
} Pauses;

static Cell cell_of(const Pauses *pauses, const Description *variant, uint64_t size, size_t run)
{
    return (Cell){ .strategy = variant->strategy, .workload = variant->workload, .variant = variant->variant, .size = size,
                   .seed = pauses->stress->seed + run, .input = "", .settings = "", .allocator = variant->allocator };
}

/* ---- Runs ------------------------------------------------------------------------------------------------------------- */

/* Returns 0, or the signal that asks this process to end. */
static int run_once(const Pauses *pauses, Tried *tried, size_t size, size_t run)
{
    static Heard heard;
    char *const words[] = { "--pauses", pauses->scratch, NULL };
    Cell cell = cell_of(pauses, tried->variant, pause_sizes[size], run);
    int signal = try_cell(pauses->build, &cell, NULL, words, &(Hardship){ 0 }, &tried->pool, &heard, &tried->trial);
    if (signal)
        return signal;
    Planned planned = { .expected = catalogue_reference(pauses->build, &cell, NULL) };
    verdict_on_answer(&tried->trial, &planned, &tried->pool);
    if (tried->trial.status != OK) {
        tried->complaint = tried->trial.reason;
        return 0;
    }
    PauseListing *listing = &tried->listing[size][run];
    *listing = pause_listing_read(pauses->scratch, &tried->pool);
    tried->growth.longest_ns[size][run] = listing->longest_ns;
    tried->complaint = *listing->complaint ? listing->complaint : NULL;
    return 0;
}

/* Sizes take turns, so that what the machine does at a time meets all of them. */
static int run_all(const Pauses *pauses, Tried *tried)
{
    int signal = 0;
    tried->growth.runs = pauses->stress->quick ? QUICK_RUNS : USUAL_RUNS;
    tried->growth.floor_ns = hiccups_spin(SPIN_S).worst_ns;
    for (size_t run = 0; run < tried->growth.runs; run++)
        for (size_t size = 0; size < PAUSE_SIZES && !signal && !tried->complaint; size++)
            signal = run_once(pauses, tried, size, run);
    tried->growth.floor_ns = fmax(tried->growth.floor_ns, hiccups_spin(SPIN_S).worst_ns);
    return signal;
}

/* ---- Rows of stress.csv -------------------------------------------------------------------------------------------------- */

static StressRow row_of(const Tried *tried, char *subject, const char *figure, const char *unit, Estimate estimate)
{
    StressRow row = stress_row("pauses", tried->variant->strategy, subject, "");
    row.tries = tried->growth.runs;
    row.figure = figure;
    row.unit = unit;
    row.value = estimate.value, row.lo = estimate.lo, row.hi = estimate.hi;
    return row;
}

static char *sentence_of(const PauseSlope *slope, const PauseGrowth *growth)
{
    static const char *const says[] = {
        [NO_PAUSE] = "it does not pause",
        [BELOW_FLOOR] = "below the floor: no longer than what the machine does by itself",
        [ONE_SIZE_ALONE] = "cannot tell: only one size is longer than what the machine does by itself",
        [LEVEL] = "does not grow with the live set",
        [LESS_THAN_LIVE] = "grows with the live set, but less than it does",
        [AS_LIVE] = "grows as the live set does",
        [GROWTH_UNTOLD] = "cannot tell how it grows",
    };
    return text_format("%s; longest at %" PRIu64 " objects %.3g ms, floor %.3g ms", says[slope->verdict],
                       pause_sizes[PAUSE_SIZES - 1], pause_at(growth, PAUSE_SIZES - 1).value * 1e-6, growth->floor_ns * 1e-6);
}

static char *again_of(const Pauses *pauses, const Cell *cell)
{
    char *const words[] = { "--pauses", "pauses", NULL };
    return cell_again(pauses->build, cell, NULL, words);
}

static void tell_growth(const Pauses *pauses, const Tried *tried, char *subject)
{
    const PauseGrowth *growth = &tried->growth;
    PauseSlope slope = pause_slope_of(growth);
    StressRow row = row_of(tried, subject, "slope", "", slope.slope);
    char *sentence = sentence_of(&slope, growth);
    row.sentence = sentence;
    stress_tell(pauses->stress, &row);
    free(sentence);
    row = row_of(tried, subject, "floor", "ns", (Estimate){ growth->floor_ns, NAN, NAN });
    stress_tell(pauses->stress, &row);
    for (size_t size = 0; size < PAUSE_SIZES; size++) {
        Cell cell = cell_of(pauses, tried->variant, pause_sizes[size], 0);
        row = row_of(tried, subject, "longest", "ns", pause_at(growth, size));
        row.size = (Count){ true, pause_sizes[size] };
        row.again = again_of(pauses, &cell);
        stress_tell(pauses->stress, &row);
        free((char *)row.again);
    }
}

static void tell_broken(const Pauses *pauses, const Tried *tried, char *subject)
{
    StressRow row = row_of(tried, subject, "", "", (Estimate){ NAN, NAN, NAN });
    row.size = (Count){ true, tried->trial.cell.size };
    row.tries = row.broken = 1;
    row.outcome = BROKEN;
    row.sentence = tried->complaint;
    row.again = again_of(pauses, &tried->trial.cell);
    stress_tell(pauses->stress, &row);
    free((char *)row.again);
}

/* ---- The mode ------------------------------------------------------------------------------------------------------------ */

static int try_variant(const Pauses *pauses, const Description *variant)
{
    Tried *tried = memory_new(1, sizeof *tried);
    char *subject = text_format("%s %s", variant->workload, variant->variant);
    tried->variant = variant;
    int signal = run_all(pauses, tried);
    if (!signal && tried->complaint)
        tell_broken(pauses, tried, subject);
    else if (!signal) {
        live_pauses_write(pauses->out, tried);
        tell_growth(pauses, tried, subject);
    }
    text_pool_free(&tried->pool);
    free(subject);
    free(tried);
    return signal;
}

static void tell_unsupported(const Stress *stress, const Description *variant)
{
    StressRow row = stress_row("pauses", variant->strategy, variant->workload, "");
    row.outcome = CANNOT;
    row.sentence = variant->reason;
    stress_tell(stress, &row);
}

/* Under the C library's allocator; what cannot run at all is told once. */
static int try_all(const Pauses *pauses, const Catalogue *catalogue)
{
    int signal = 0;
    for (size_t i = 0; i < catalogue->variants && !signal; i++) {
        const Description *variant = &catalogue->variant[i];
        bool is_other_strategy = i == 0 || !texts_equal(variant->strategy, variant[-1].strategy);
        bool is_first = is_other_strategy || !texts_equal(variant->variant, variant[-1].variant);
        if (variant->status != OK && is_other_strategy)
            tell_unsupported(pauses->stress, variant);
        else if (variant->status == OK && is_first)
            signal = try_variant(pauses, variant);
    }
    return signal;
}

static Pauses begin(const Stress *stress)
{
    Pauses pauses = { .stress = stress, .build = text_format("%s/stress/counted", stress->build),
                      .scratch = text_format("%s/pauses", stress->folder) };
    char *file = text_format("%s/live_pauses.csv", stress->folder);
    folder_make(pauses.scratch);
    pauses.out = fopen(file, "we");
    if (pauses.out == NULL)
        fail("%s cannot be written: %s", file, strerror(errno));
    live_pauses_write_header(pauses.out);
    free(file);
    return pauses;
}

static void end(Pauses *pauses)
{
    bool written = !ferror(pauses->out);
    if (fclose(pauses->out) != 0 || !written)
        fail("%s/live_pauses.csv cannot be written: %s", pauses->stress->folder, strerror(errno));
    if (rmdir(pauses->scratch) != 0)
        notice("%s is left behind: %s", pauses->scratch, strerror(errno));
    free(pauses->scratch);
    free(pauses->build);
}

static int run(Stress *stress)
{
    const char *workload[] = { "live" };
    Pauses pauses = begin(stress);
    Pinning pinning = pinning_choose();
    Catalogue catalogue = catalogue_read(pauses.build, stress->strategies, (Names){ workload, 1 }, stress->pool);
    pinning_visit_trials(&pinning);
    int signal = try_all(&pauses, &catalogue);
    pinning_end(&pinning);
    catalogue_free(&catalogue);
    end(&pauses);
    return signal;
}

const StressMode stress_pauses = {
    "pauses", "each pause ends and is listed; how the longest grows with what is alive is told beside the machine's own", run,
};
