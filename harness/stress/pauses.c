/* pauses: the longest pause of each strategy while 10^3 to 10^6 objects are alive (workloads/stress/live.c), beside the
 * machine's own hiccups. One run after the other, on the core of the trials. */
#include "catalogue.h"
#include "durable.h"
#include "fail.h"
#include "hiccups.h"
#include "live_pauses.h"
#include "memory.h"
#include "metrics.h"
#include "path.h"
#include "pinning.h"
#include "stress.h"
#include "subject.h"
#include "trying.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUICK_RUNS = 5, USUAL_RUNS = PAUSE_RUNS_MOST };

typedef struct Pauses {
    const Stress *stress;
    StressCells cells;
    char *scratch;    /* where a cell lists its pauses */
    char *file;       /* live_pauses.csv */
    Durable rows;
} Pauses;

/* ---- Runs ------------------------------------------------------------------------------------------------------------- */

/* Returns 0, or the signal that asks this process to end. */
static int run_once(const Pauses *pauses, Tried *tried, size_t size, size_t run, double *seconds)
{
    static RunResult result;
    char *const words[] = { "--pauses", pauses->scratch, NULL };
    Cell cell = variant_cell(tried->variant, pause_sizes[size], pauses->stress->seed + run);
    int signal = try_cell(pauses->cells.build, &cell, NULL, words, &(RunOptions){ 0 }, &tried->pool, &result, &tried->trial);
    if (signal)
        return signal;
    *seconds += result.seconds;
    PauseListing *listing = &tried->listing[size][run];
    *listing = pause_listing_read(pauses->scratch, &tried->pool);
    Planned planned = { .expected = catalogue_reference(pauses->cells.build, &cell, NULL) };
    verdict_on_answer(&tried->trial, &planned, &tried->pool);
    if (tried->trial.status != OK) {
        tried->complaint = tried->trial.reason;
        return 0;
    }
    tried->growth.longest_ns[size][run] = listing->longest_ns;
    tried->growth.waited_ns[size][run] = figure_named(tried->trial.figures, "waited_cpu_ns");
    tried->complaint = *listing->complaint ? listing->complaint : NULL;
    return 0;
}

/* A pause that was not told, or only in part. */
static void look_for_hidden(Tried *tried)
{
    const PauseGrowth *growth = &tried->growth;
    for (size_t size = 0; size < PAUSE_SIZES && !tried->complaint; size++) {
        if (!pause_is_hidden(growth, size))
            continue;
        double waited_ns = median_and_range(growth->waited_ns[size], growth->runs).value;
        char *sentence = text_format("the program waited %.3g ms for all to be let go of and collected, and the longest pause that "
                                     "was told is %.3g ms", waited_ns * 1e-6, pause_at(growth, size).value * 1e-6);
        tried->complaint = intern(&tried->pool, sentence);
        tried->trial.cell.size = pause_sizes[size];
        free(sentence);
    }
}

/* Sizes take turns with each other and with a program that only reads the clock, so that what the machine does at a time meets
 * all of them. That one goes on for as long as a run takes, the mean of its sizes: in a longer time more befalls it. */
static int run_all(const Pauses *pauses, Tried *tried)
{
    int signal = 0;
    tried->growth.runs = pauses->stress->quick ? QUICK_RUNS : USUAL_RUNS;
    for (size_t run = 0; run < tried->growth.runs && !signal && !tried->complaint; run++) {
        double seconds = 0;
        for (size_t size = 0; size < PAUSE_SIZES && !signal && !tried->complaint; size++)
            signal = run_once(pauses, tried, size, run, &seconds);
        if (!signal && !tried->complaint)
            tried->growth.floor_ns[run] = hiccups_spin(seconds / PAUSE_SIZES).worst_ns;
    }
    return signal;
}

/* ---- Rows of stress.csv -------------------------------------------------------------------------------------------------- */

/* The tries are those of the rows of the sizes: a row of all of them has none of its own. */
static StressRow row_of(const Tried *tried, char *subject, const char *figure, const char *unit, Estimate estimate)
{
    StressRow row = stress_row("pauses", tried->variant->strategy, subject, "");
    stress_figure(&row, figure, estimate, unit);
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
                       pause_sizes[PAUSE_SIZES - 1], pause_at(growth, PAUSE_SIZES - 1).value * 1e-6,
                       pause_floor(growth).value * 1e-6);
}

static char *again_of(const Pauses *pauses, const Cell *cell)
{
    return cell_again_showing(pauses->cells.build, cell, "--pauses", "pause_totals.csv");
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
    row = row_of(tried, subject, "floor", "ns", pause_floor(growth));
    stress_tell(pauses->stress, &row);
    for (size_t size = 0; size < PAUSE_SIZES; size++) {
        Cell cell = variant_cell(tried->variant, pause_sizes[size], pauses->stress->seed);
        row = row_of(tried, subject, "longest", "ns", pause_at(growth, size));
        row.size = (Count){ true, pause_sizes[size] };
        row.tries = growth->runs;
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
    if (!signal && !tried->complaint)
        look_for_hidden(tried);
    if (!signal && tried->complaint)
        tell_broken(pauses, tried, subject);
    else if (!signal) {
        live_pauses_write(pauses->rows.out, tried);
        tell_growth(pauses, tried, subject);
    }
    text_pool_free(&tried->pool);
    free(subject);
    free(tried);
    return signal;
}

static Pauses begin(const Stress *stress)
{
    Pauses pauses = { .stress = stress, .scratch = text_format("%s/pauses", stress->folder),
                      .file = text_format("%s/live_pauses.csv", stress->folder) };
    pauses.cells = stress_cells(stress, "pauses", "stress/counted", "live", stress->strategies);
    folder_make(pauses.scratch);
    pauses.rows = durable_begin(pauses.file);
    live_pauses_write_header(pauses.rows.out);
    return pauses;
}

static void end(Pauses *pauses, int signal)
{
    if (signal)
        durable_abandon(&pauses->rows);
    else
        durable_end(&pauses->rows);
    if (rmdir(pauses->scratch) != 0)
        notice("%s is left behind: %s", pauses->scratch, strerror(errno));
    free(pauses->file);
    free(pauses->scratch);
    stress_cells_free(&pauses->cells);
}

static int run(Stress *stress)
{
    Pauses pauses = begin(stress);
    Pinning pinning = pinning_choose();
    int signal = 0;
    pinning_visit_trials(&pinning);
    for (size_t i = 0; i < pauses.cells.subjects.count && !signal; i++)
        signal = try_variant(&pauses, pauses.cells.subjects.variant[i]);
    pinning_end(&pinning);
    end(&pauses, signal);
    return signal;
}

const StressMode stress_pauses = {
    "pauses", "each pause ends and is listed; how the longest grows with what is alive is told beside the machine's own", run,
};
