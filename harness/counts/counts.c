#include "counts.h"

#include "catalogue.h"
#include "count_rows.h"
#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MEMORY_FACTOR = 4, QUICK_DIVISOR = 10 };

/* One of a run's files in the making. */
typedef struct Draft {
    const char *name; /* of the run's file; and of the cell's, but for the census */
    const Layout *cells, *runs; /* a row as the cell writes it, and as the run has it */
    FILE *out;
    char *text;
    size_t length;
} Draft;

enum { PAUSES, TIMELINE, LEAKS, CENSUS, DRAFTS };

/* The stage at work. */
typedef struct Counting {
    const char *run_folder;
    char *folder, *build; /* of the cells' files, and of the counted cells */
    Parameters parameters;
    Conditions conditions;
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

/* ---- Which cells ---------------------------------------------------------------------------------------------------- */

static const Description *description_of(const Catalogue *catalogue, const Cell *cell)
{
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *variant = &catalogue->variant[i];
        if (texts_equal(variant->strategy, cell->strategy) && texts_equal(variant->workload, cell->workload) &&
            texts_equal(variant->variant, cell->variant) && texts_equal(variant->allocator, cell->allocator))
            return variant;
    }
    fail("%s/%s has no variant %s under %s any more", cell->strategy, cell->workload, cell->variant, cell->allocator);
}

/* Of a depth, a tenth would be nothing. */
static uint64_t counted_size(const Counting *counting, const Cell *cell)
{
    const Description *variant = description_of(&counting->catalogue, cell);
    bool smaller = counting->parameters.mode == QUICK && !variant->depth;
    return smaller ? (variant->quick + QUICK_DIVISOR - 1) / QUICK_DIVISOR : variant->quick;
}

static bool has_cell(const Cell *cells, size_t count, const Cell *cell)
{
    for (size_t i = 0; i < count; i++)
        if (cells_equal(&cells[i], cell))
            return true;
    return false;
}

static int by_cell(const void *a, const void *b)
{
    return cell_order(a, b);
}

/* Each cell that was ok in a trial, at the size at which it is counted, in the order of summary.csv; the caller frees them. */
static Cell *counted_cells(const Counting *counting, const Sheet *trials, size_t *count)
{
    Cell *cells = memory_new(trials->rows + 1, sizeof *cells);
    *count = 0;
    for (const Trial *trial = trials->row; trial < (const Trial *)trials->row + trials->rows; trial++) {
        Cell cell = trial->cell;
        if (trial->status != OK || cell.control)
            continue;
        cell.size = counted_size(counting, &cell);
        if (!has_cell(cells, *count, &cell))
            cells[(*count)++] = cell;
    }
    qsort(cells, *count, sizeof *cells, by_cell);
    return cells;
}

/* ---- One cell ------------------------------------------------------------------------------------------------------- */

static int run_twin(Counting *counting, const Cell *cell, const char *option, Trial *trial)
{
    Planned planned = { .block = 1, .position = 1, .cell = *cell, .unsupported = "" };
    counting->conditions.profile = option;
    return trial_run(&counting->conditions, &planned, counting->pool, trial);
}

static Sheet load(const Counting *counting, const char *name, const Layout *layout)
{
    char *file = file_in(counting->folder, name);
    Sheet sheet = sheet_load(file, layout, counting->pool);
    if (sheet.torn)
        fail("%s: its last line has no end", file);
    unlink(file);
    free(file);
    return sheet;
}

/* Rows of any kind begin with the cell. */
static void append_rows(const Counting *counting, Draft *draft, const Cell *cell)
{
    Sheet sheet = load(counting, draft->name, draft->cells);
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
    Sheet sheet = load(counting, name, part);
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
    int signal = run_twin(counting, &census->cell, "--profile", &trial);
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

static int count_pauses(Counting *counting, Census *census)
{
    Trial trial;
    int signal = run_twin(counting, &census->cell, "--pauses", &trial);
    if (signal)
        return signal;
    set_failure(census, &trial);
    if (trial.status != OK)
        return 0;
    take_part(counting, census, "pause_totals.csv", &cell_totals_layout);
    append_rows(counting, &counting->draft[PAUSES], &census->cell);
    return 0;
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
        [PAUSES]   = { .name = "pauses.csv", .cells = &cell_pause_layout, .runs = &pause_layout },
        [TIMELINE] = { .name = "timeline.csv", .cells = &cell_sample_layout, .runs = &sample_layout },
        [LEAKS]    = { .name = "leaks.csv", .cells = &cell_leak_layout, .runs = &leak_layout },
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
    *counting = (Counting){
        .run_folder = run_folder, .folder = file_in(run_folder, "counted"), .build = file_in(conditions->build, "counted"),
        .parameters = *conditions->parameters, .conditions = *conditions, .pool = pool,
    };
    counting->parameters.memory_limit_mib *= MEMORY_FACTOR;
    counting->conditions.parameters = &counting->parameters;
    counting->conditions.build = counting->build;
    counting->conditions.profile_folder = counting->folder;
    counting->catalogue =
        catalogue_read(counting->build, counting->parameters.strategies, counting->parameters.workloads, pool);
    folder_make(counting->folder);
    open_drafts(counting);
}

/* A cell that failed may have left files. */
static void remove_folder(const char *folder)
{
    static const char *const names[] = { "census.csv", "pauses.csv", "pause_totals.csv", "timeline.csv", "leaks.csv" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *file = file_in(folder, names[i]);
        unlink(file);
        free(file);
    }
    if (rmdir(folder) != 0)
        notice("%s is left behind: %s", folder, strerror(errno));
}

static void end(Counting *counting, bool whole)
{
    close_drafts(counting, whole);
    remove_folder(counting->folder);
    catalogue_free(&counting->catalogue);
    free(counting->folder);
    free(counting->build);
}

int counts_take(const char *run_folder, const Conditions *conditions, TextPool *pool)
{
    Counting counting;
    size_t count;
    int signal = 0;
    char *file = file_in(run_folder, "trials.csv");
    Sheet trials = sheet_load(file, &trial_layout, pool);
    begin(&counting, run_folder, conditions, pool);
    Cell *cells = counted_cells(&counting, &trials, &count);
    notice("counting what %zu cell%s allocate%s, and how long their pauses are", count, count == 1 ? "" : "s",
           count == 1 ? "s" : "");
    for (size_t i = 0; i < count && !signal; i++)
        signal = count_cell(&counting, &cells[i]);
    end(&counting, !signal);
    free(cells);
    sheet_free(&trials);
    free(file);
    return signal;
}
