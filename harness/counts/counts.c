#include "counts.h"

#include "catalogue.h"
#include "count_rows.h"
#include "counted_cells.h"
#include "durable.h"
#include "fail.h"
#include "latency_rows.h"
#include "memory.h"
#include "series.h"
#include "twins.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A pause of a millisecond or more is what somebody may decide by: such a cell is run twice more, for one run cannot tell the
 * strategy's pause from the machine's hiccup. */
enum { PAUSE_RUNS = 3, LONG_PAUSE_NS = 1000000 };

/* One of a run's files in the making. */
typedef struct Draft {
    const char *name; /* of the run's file; and of the cell's, but for the census */
    const Layout *cells, *runs; /* a row as the cell writes it, and as the run has it */
    FILE *out;
    char *text;
    size_t length;
} Draft;

enum { PAUSES, RUNS, TIMELINE, LEAKS, LATENCY, CENSUS, DRAFTS };

/* The stage at work. */
typedef struct Counting {
    const char *run_folder;
    Twins twins;
    Catalogue catalogue;
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

/* ---- One cell ------------------------------------------------------------------------------------------------------- */

/* Rows of any kind begin with the cell. */
static void append_rows(Counting *counting, Draft *draft, const Cell *cell)
{
    Sheet sheet = twins_file(&counting->twins, draft->name, draft->cells);
    for (size_t i = 0; i < sheet.rows; i++) {
        Cell *row = (Cell *)((char *)sheet.row + i * draft->cells->row_size);
        *row = *cell;
        rows_write(draft->out, draft->runs, row);
    }
    sheet_free(&sheet);
}

/* Copies the columns of `part` from a file of one row. */
static void take_part(const Counting *counting, Census *census, const char *name, const Layout *part)
{
    Sheet sheet = twins_file(&counting->twins, name, part);
    if (sheet.rows != 1)
        fail("%s of a counted cell has %zu rows", name, sheet.rows);
    for (size_t i = 0; i < part->columns; i++) {
        size_t offset = part->column[i].offset;
        memcpy((char *)census + offset, (char *)sheet.row + offset, sizeof(Count));
    }
    sheet_free(&sheet);
}

static void set_failure(Census *census, const Trial *trial)
{
    if (census->status != OK)
        return;
    census->status = trial->status;
    census->reason = trial->reason;
}

static int count_objects(Counting *counting, Census *census)
{
    Trial trial;
    int signal = twins_run(&counting->twins, &census->cell, "--profile", &trial);
    if (signal)
        return signal;
    set_failure(census, &trial);
    if (trial.status != OK)
        return 0;
    take_part(counting, census, "census.csv", &cell_objects_layout);
    append_rows(counting, &counting->draft[TIMELINE], &census->cell);
    append_rows(counting, &counting->draft[LEAKS], &census->cell);
    return 0;
}

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
    take_part(counting, census, "pause_totals.csv", &cell_totals_layout);
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

static int count_cell(Counting *counting, const Cell *cell)
{
    Census census = { .cell = *cell, .status = OK, .reason = "" };
    int signal = count_objects(counting, &census);
    if (!signal)
        signal = count_pauses(counting, &census);
    if (!signal)
        rows_write(counting->draft[CENSUS].out, &census_layout, &census);
    return signal;
}

/* ---- The files ------------------------------------------------------------------------------------------------------ */

static void open_drafts(Counting *counting)
{
    const Draft drafts[DRAFTS] = {
        [PAUSES]   = { .name = "pauses.csv", .runs = &pause_layout },
        [RUNS]     = { .name = "pause_runs.csv", .runs = &pause_run_layout },
        [TIMELINE] = { .name = "timeline.csv", .cells = &cell_sample_layout, .runs = &sample_layout },
        [LEAKS]    = { .name = "leaks.csv", .cells = &cell_leak_layout, .runs = &leak_layout },
        [LATENCY]  = { .name = "latency.csv", .runs = &latency_layout },
        [CENSUS]   = { .name = "census.csv", .runs = &census_layout },
    };
    memcpy(counting->draft, drafts, sizeof drafts);
    for (Draft *draft = counting->draft; draft < counting->draft + DRAFTS; draft++) {
        draft->out = open_memstream(&draft->text, &draft->length);
        if (draft->out == NULL)
            fail("no memory for %s", draft->name);
        rows_write_header(draft->out, draft->runs);
    }
}

static void save_draft(const Counting *counting, const Draft *draft)
{
    char *file = file_in(counting->run_folder, draft->name);
    Durable durable = durable_begin(file);
    fwrite(draft->text, 1, draft->length, durable.out);
    durable_end(&durable);
    free(file);
}

static void close_drafts(Counting *counting, bool whole)
{
    for (Draft *draft = counting->draft; draft < counting->draft + DRAFTS; draft++) {
        if (fclose(draft->out) != 0)
            fail("no memory for %s", draft->name);
        if (whole)
            save_draft(counting, draft);
        free(draft->text);
    }
}

/* ---- The stage ------------------------------------------------------------------------------------------------------ */

static void begin(Counting *counting, const char *run_folder, const Conditions *conditions, TextPool *pool)
{
    *counting = (Counting){ .run_folder = run_folder, .pool = pool };
    twins_begin(&counting->twins, run_folder, conditions, pool);
    counting->catalogue = catalogue_read(counting->twins.build, conditions->parameters->strategies,
                                         conditions->parameters->workloads, pool);
    open_drafts(counting);
}

static void end(Counting *counting, bool whole)
{
    close_drafts(counting, whole);
    twins_end(&counting->twins);
    catalogue_free(&counting->catalogue);
}

/* Those whose workloads name requests, at the size of a trial: nothing is recorded. The rest stays behind `count`. */
static size_t cells_with_requests(const Counting *counting, Cell *cells, size_t count)
{
    size_t with = 0;
    for (size_t i = 0; i < count; i++) {
        const Description *variant = description_of(&counting->catalogue, &cells[i]);
        if (!variant->requests)
            continue;
        cells[with] = cells[i];
        cells[with++].size = mode_size(counting->twins.parameters.mode, variant);
    }
    return with;
}

int counts_take(const char *run_folder, const Conditions *conditions, TextPool *pool)
{
    Counting counting;
    size_t count;
    int signal = 0;
    char *file = file_in(run_folder, "trials.csv");
    Sheet trials = sheet_load(file, &trial_layout, pool);
    begin(&counting, run_folder, conditions, pool);
    Cell *cells = counted_cells(&trials, &counting.catalogue, counting.twins.parameters.mode, &count);
    notice("counting what %zu cell%s allocate%s, and how long their pauses are", count, count == 1 ? "" : "s",
           count == 1 ? "s" : "");
    for (size_t i = 0; i < count && !signal; i++)
        signal = count_cell(&counting, &cells[i]);
    if (!signal) {
        size_t served = cells_with_requests(&counting, cells, count);
        const Cell *baseline = baseline_among(CELLS_OF(Trial, trials.row, trials.rows));
        signal = latency_take(counting.draft[LATENCY].out, &counting.twins, cells, served, baseline);
    }
    end(&counting, !signal);
    free(cells);
    sheet_free(&trials);
    free(file);
    return signal;
}
