#include "instructions.h"

#include "clock.h"
#include "counted_cells.h"
#include "counted_run.h"
#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "sharing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The rows that there will be: of an earlier count, and of this one. */
typedef struct Kept {
    Instructions *row;
    size_t rows;
} Kept;

static int by_cell(const void *a, const void *b)
{
    return cell_order(&((const Instructions *)a)->cell, &((const Instructions *)b)->cell);
}

static bool has_cell(const Cell *cell, size_t count, const Cell *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (cells_equal(&cell[i], wanted))
            return true;
    return false;
}

/* Moves those that are asked for to the front; returns how many they are. */
static size_t choose(Cell *cell, size_t count, Names strategies, Names workloads)
{
    size_t chosen = 0;
    for (size_t i = 0; i < count; i++)
        if (names_have(strategies, cell[i].strategy) && names_have(workloads, cell[i].workload)) {
            Cell other = cell[chosen];
            cell[chosen++] = cell[i];
            cell[i] = other;
        }
    return chosen;
}

/* ---- How long it will take ------------------------------------------------------------------------------------------ */

/* Of the first trial of the variant that was ok: what its work would take at the counted size, in s. */
static double expected_s(const Sheet *trials, const Catalogue *catalogue, const Cell *cell)
{
    bool is_depth = false;
    for (size_t i = 0; i < catalogue->variants; i++)
        is_depth |= texts_equal(catalogue->variant[i].workload, cell->workload) && catalogue->variant[i].depth;
    for (const Trial *trial = trials->row; trial < (const Trial *)trials->row + trials->rows; trial++) {
        bool is_same = same_variant(&trial->cell, cell) && series_order(&trial->cell, cell) == 0;
        if (!is_same || trial->status != OK)
            continue;
        double size = (double)cell->size, measured = (double)trial->cell.size;
        return trial->work_cpu_s * (is_depth ? exp2(size - measured) : size / measured);
    }
    return 0;
}

static void announce(const Sheet *trials, const Catalogue *catalogue, const Cell *cell, size_t count)
{
    enum { START_MS = 500 }; /* what valgrind and the split take, for each cell */
    double seconds = 0;
    for (size_t i = 0; i < count; i++)
        seconds += START_MS / 1e3 + CALLGRIND_SLOWDOWN * expected_s(trials, catalogue, &cell[i]);
    char duration[32];
    duration_text(seconds / (double)sharers(), duration);
    notice("counting the instructions of %zu cell%s under callgrind: about %s", count, count == 1 ? "" : "s", duration);
}

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

static Instructions row_of(const Cell *cell, const CountedRun *run, TextPool *pool)
{
    Instructions row = { .cell = *cell, .status = run->status, .reason = intern(pool, run->reason) };
    row.instructions = (Count){ run->is_counted, run->instructions };
    for (Purpose p = 0; p < PARTS; p++)
        row.part[p] = (Count){ run->is_split, run->part[p] };
    return row;
}

/* What an earlier count has said of cells that are in the run and are not asked for now. */
static void keep_earlier(Kept *kept, const char *file, const Cell *others, size_t count, TextPool *pool)
{
    if (access(file, F_OK) != 0)
        return;
    Sheet earlier = sheet_load(file, &instructions_layout, pool);
    const Instructions *row = earlier.row;
    for (size_t i = 0; i < earlier.rows; i++)
        if (has_cell(others, count, &row[i].cell))
            kept->row[kept->rows++] = row[i];
    sheet_free(&earlier);
}

static void write_rows(const char *file, Kept *kept)
{
    qsort(kept->row, kept->rows, sizeof *kept->row, by_cell);
    Durable durable = durable_begin(file);
    rows_write_header(durable.out, &instructions_layout);
    for (size_t i = 0; i < kept->rows; i++)
        rows_write(durable.out, &instructions_layout, &kept->row[i]);
    durable_end(&durable);
}

/* ---- The stage ------------------------------------------------------------------------------------------------------ */

/* What counting any of the cells takes. */
typedef struct Counting {
    const Conditions *conditions;
    const char *valgrind;
    const Roles *roles;
    const Cell *cell;
} Counting;

static int count_cell(void *context, size_t number, void *run)
{
    const Counting *counting = context;
    return counted_run(counting->conditions, counting->valgrind, counting->roles, &counting->cell[number], run);
}

static int count_cells(const Conditions *conditions, const char *valgrind, const Roles *roles, const Cell *cell, size_t count,
                       Kept *kept, TextPool *pool)
{
    CountedRun *run = memory_new(count + 1, sizeof *run);
    if (!addresses_hold_still())
        notice("the system does not fix where programs lie in memory: counts may differ a little from one time to the next");
    Counting counting = { conditions, valgrind, roles, cell };
    int signal = share_work(count_cell, &counting, count, sizeof *run, run);
    for (size_t i = 0; i < count; i++)
        kept->row[kept->rows++] = row_of(&cell[i], &run[i], pool);
    free(run);
    return signal;
}

int instructions_count(const char *run_folder, const Conditions *conditions, const Catalogue *catalogue, Names strategies,
                       Names workloads, TextPool *pool)
{
    size_t count;
    char *valgrind = valgrind_find();
    Roles roles = roles_read(pool);
    char *trials_file = text_format("%s/trials.csv", run_folder), *file = text_format("%s/instructions.csv", run_folder);
    Sheet trials = sheet_load(trials_file, &trial_layout, pool);
    Cell *cell = counted_cells(&trials, catalogue, conditions->parameters->mode, &count);
    size_t chosen = choose(cell, count, strategies, workloads);
    Kept kept = { .row = memory_new(count + 1, sizeof *kept.row) };
    if (chosen == 0)
        fail("%s: no trial of these strategies and workloads was ok: there is nothing to count", trials_file);
    announce(&trials, catalogue, cell, chosen);
    keep_earlier(&kept, file, cell + chosen, count - chosen, pool);
    int signal = count_cells(conditions, valgrind, &roles, cell, chosen, &kept, pool);
    if (!signal)
        write_rows(file, &kept);
    free(kept.row);
    free(cell);
    sheet_free(&trials);
    roles_free(&roles);
    free(valgrind);
    free(trials_file);
    free(file);
    return signal;
}
