#include "counts.h"

#include "catalogue.h"
#include "count_rows.h"
#include "counted_cells.h"
#include "drafts.h"
#include "fail.h"
#include "latency_rows.h"
#include "memory.h"
#include "series.h"
#include "sharing.h"
#include "twins.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A pause of a millisecond or more is what somebody may decide by: such a cell is run twice more, for one run cannot tell the
 * strategy's pause from the machine's hiccup. */
enum { PAUSE_RUNS = 3, LONG_PAUSE_NS = 1000000 };

/* The stage at work. */
typedef struct Counting {
    const char *run_folder;
    Twins twins;
    Catalogue catalogue;
    Census *census; /* a row for each cell that is counted */
    size_t cells;
    Draft draft[DRAFTS];
    TextPool *pool;
} Counting;

static char *file_in(const char *folder, const char *name)
{
    return text_format("%s/%s", folder, name);
}

bool counts_are_there(const char *run_folder)
{
    char *file = file_in(run_folder, "census.csv");
    bool found = access(file, F_OK) == 0;
    free(file);
    return found;
}

/* Copies the columns of `part` from a file of one row. */
static void take_part(Census *census, const Twins *twins, const char *name, const Layout *part)
{
    Sheet sheet = twins_file(twins, name, part);
    if (sheet.rows != 1)
        fail("%s of a counted cell has %zu rows", name, sheet.rows);
    for (size_t i = 0; i < part->columns; i++) {
        size_t offset = part->column[i].offset;
        memcpy((char *)census + offset, (char *)sheet.row + offset, sizeof(Count));
    }
    sheet_free(&sheet);
}

/* ---- Objects: nothing of it depends on a clock, so as many cells as there are cores are counted at once ------------------ */

enum { REASON_ROOM = 200 }; /* of a verdict (verdict.c) */

/* How a twin ended. */
typedef struct Counted {
    Status status;
    char reason[REASON_ROOM];
} Counted;

static int count_objects(void *context, size_t number, void *result)
{
    const Counting *counting = context;
    Counted *counted = result;
    Trial trial;
    Twins twins = twins_apart(&counting->twins, number);
    int signal = twins_run(&twins, &counting->census[number].cell, "--profile", &trial);
    if (!signal) {
        counted->status = trial.status;
        snprintf(counted->reason, sizeof counted->reason, "%s", trial.reason);
    }
    twins_leave(&twins);
    return signal;
}

static void take_objects(Counting *counting, Census *census, const Twins *twins, const Counted *counted)
{
    census->status = counted->status;
    census->reason = intern(counting->pool, counted->reason);
    if (counted->status != OK)
        return;
    take_part(census, twins, "census.csv", &cell_objects_layout);
    draft_append(&counting->draft[TIMELINE], twins, &census->cell);
    draft_append(&counting->draft[LEAKS], twins, &census->cell);
}

/* In the order of the cells, whichever came first. */
static int count_all_objects(Counting *counting)
{
    Counted *counted = memory_new(counting->cells + 1, sizeof *counted);
    int signal = share_work(count_objects, counting, counting->cells, sizeof *counted, counted);
    for (size_t i = 0; i < counting->cells; i++) {
        Twins twins = twins_apart(&counting->twins, i);
        if (!signal)
            take_objects(counting, &counting->census[i], &twins, &counted[i]);
        twins_end(&twins);
    }
    free(counted);
    return signal;
}

/* ---- Pauses: one cell after the other, on the trials' core ------------------------------------------------------------- */

static void append_pauses(Counting *counting, const Census *census, uint64_t run)
{
    Sheet sheet = twins_file(&counting->twins, "pauses.csv", &cell_pause_layout);
    for (Pause *pause = sheet.row; pause < (Pause *)sheet.row + sheet.rows; pause++) {
        pause->cell = census->cell;
        pause->run = run;
        rows_write(counting->draft[PAUSES].out, &pause_layout, pause);
    }
    sheet_free(&sheet);
    rows_write(counting->draft[RUNS].out, &pause_run_layout, &(PauseRun){
        .cell = census->cell, .run = run, .pauses = census->pauses, .listed_pauses = census->listed_pauses,
        .pause_floor_ns = census->pause_floor_ns, .pause_total_ns = census->pause_total_ns,
        .pause_longest_ns = census->pause_longest_ns, .pause_run_ns = census->pause_run_ns,
    });
}

/* The first that there was stays. */
static void set_failure(Census *census, const Trial *trial)
{
    if (census->status != OK)
        return;
    census->status = trial->status;
    census->reason = trial->reason;
}

/* One run; `census` is given its totals. */
static int time_pauses(Counting *counting, Census *census, uint64_t run)
{
    Trial trial;
    int signal = twins_run(&counting->twins, &census->cell, "--pauses", &trial);
    if (signal)
        return signal;
    set_failure(census, &trial);
    if (trial.status != OK)
        return 0;
    take_part(census, &counting->twins, "pause_totals.csv", &cell_totals_layout);
    append_pauses(counting, census, run);
    return 0;
}

/* The totals of the census are the first run's. */
static int count_pauses(Counting *counting, Census *census)
{
    int signal = time_pauses(counting, census, 1);
    bool again = census->pause_longest_ns.known && census->pause_longest_ns.value >= LONG_PAUSE_NS;
    for (uint64_t run = 2; run <= PAUSE_RUNS && again && census->status == OK && !signal; run++) {
        Census other = *census;
        signal = time_pauses(counting, &other, run);
        census->status = other.status;
        census->reason = other.reason;
    }
    return signal;
}

/* Of a cell whose objects could not be counted, too. */
static int count_all_pauses(Counting *counting)
{
    int signal = 0;
    for (size_t i = 0; i < counting->cells && !signal; i++)
        signal = count_pauses(counting, &counting->census[i]);
    return signal;
}

/* ---- The stage ------------------------------------------------------------------------------------------------------ */

static void begin(Counting *counting, const char *run_folder, const Conditions *conditions, TextPool *pool)
{
    *counting = (Counting){ .run_folder = run_folder, .pool = pool };
    twins_begin(&counting->twins, run_folder, conditions, pool);
    counting->catalogue = catalogue_read(counting->twins.build, conditions->parameters->strategies,
                                         conditions->parameters->workloads, pool);
    drafts_open(counting->draft);
}

static void choose_cells(Counting *counting, const Sheet *trials)
{
    Cell *cells = counted_cells(trials, &counting->catalogue, counting->twins.parameters.mode, &counting->cells);
    counting->census = memory_new(counting->cells + 1, sizeof *counting->census);
    for (size_t i = 0; i < counting->cells; i++)
        counting->census[i] = (Census){ .cell = cells[i], .status = OK, .reason = "" };
    free(cells);
}

static void end(Counting *counting, bool whole)
{
    for (size_t i = 0; i < counting->cells; i++)
        rows_write(counting->draft[CENSUS].out, &census_layout, &counting->census[i]);
    twins_end(&counting->twins); /* first: once census.csv is there, nobody comes back to remove their folder */
    drafts_close(counting->draft, counting->run_folder, whole);
    free(counting->census);
    catalogue_free(&counting->catalogue);
}

/* Those whose workloads name requests, at the size of a trial: nothing is recorded. The caller frees them. */
static Cell *cells_with_requests(const Counting *counting, size_t *count)
{
    Cell *cells = memory_new(counting->cells + 1, sizeof *cells);
    *count = 0;
    for (size_t i = 0; i < counting->cells; i++) {
        const Cell *cell = &counting->census[i].cell;
        const Description *variant = description_of(&counting->catalogue, cell);
        if (!variant->requests)
            continue;
        cells[*count] = *cell;
        cells[(*count)++].size = mode_size(counting->twins.parameters.mode, variant);
    }
    return cells;
}

static int take_latencies(Counting *counting, const Sheet *trials)
{
    size_t count;
    Cell *cells = cells_with_requests(counting, &count);
    const Cell *baseline = baseline_among(CELLS_OF(Trial, trials->row, trials->rows));
    int signal = latency_take(counting->draft[LATENCY].out, &counting->twins, cells, count, baseline);
    free(cells);
    return signal;
}

/* What needs no clock first, on all cores. */
static int count_all(Counting *counting, const Sheet *trials, const Pinning *pinning)
{
    pinning_end(pinning);
    int signal = count_all_objects(counting);
    pinning_begin(pinning);
    if (!signal)
        signal = count_all_pauses(counting);
    return signal ? signal : take_latencies(counting, trials);
}

int counts_take(const char *run_folder, const Conditions *conditions, const Pinning *pinning, TextPool *pool)
{
    Counting counting;
    char *file = file_in(run_folder, "trials.csv");
    Sheet trials = sheet_load(file, &trial_layout, pool);
    begin(&counting, run_folder, conditions, pool);
    choose_cells(&counting, &trials);
    notice("counting what %zu cell%s allocate%s, and how long their pauses are", counting.cells, counting.cells == 1 ? "" : "s",
           counting.cells == 1 ? "s" : "");
    int signal = count_all(&counting, &trials, pinning);
    end(&counting, !signal);
    sheet_free(&trials);
    free(file);
    return signal;
}
