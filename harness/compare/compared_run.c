#include "compared.h"

#include "bounds.h"
#include "by_name.h"
#include "cell_columns.h"
#include "fail.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

const char *const figure_names[FIGURES] = {
    [WORK_TIME] = TIME_METRIC, [TOTAL_TIME] = "total_cpu_s", [PEAK_MEMORY] = "peak_rss_kib",
    [INSTRUCTION_COUNT] = "instructions",
};

static const Column observed_columns[] = {
    { "block",          BLOCK, offsetof(Observed, block) },
    CELL_COLUMNS(Observed),
    { "status",         STATUS, offsetof(Observed, status) },
    { "reason",         TEXT, offsetof(Observed, reason) },
    { "checksum",       COUNT, offsetof(Observed, checksum) },
    { "operations",     COUNT, offsetof(Observed, operations) },
    { "repeats",        COUNT, offsetof(Observed, repeats) },
    { "work_cpu_s",     QUANTITY, offsetof(Observed, work_cpu_s) },
    { "teardown_cpu_s", QUANTITY, offsetof(Observed, teardown_cpu_s) },
    { "peak_rss_kib",   QUANTITY, offsetof(Observed, peak_rss_kib) },
};
static const Layout observed_layout = LAYOUT(Observed, observed_columns);

double observed_figure(const Observed *observed, Figure figure)
{
    if (observed->status != OK)
        return NAN;
    switch (figure) {
    case WORK_TIME:
        return observed->work_cpu_s;
    case TOTAL_TIME: /* as in summary.csv: giving back follows all repetitions */
        return observed->repeats.value ? observed->work_cpu_s + observed->teardown_cpu_s / observed->repeats.value : NAN;
    case PEAK_MEMORY:
        return observed->peak_rss_kib;
    default:
        return NAN;
    }
}

/* What no run writes; the sheet has looked at each field by itself. */
static void must_be_believable(const char *file, const Sheet *sheet)
{
    const Observed *row = sheet->row;
    for (size_t i = 0; i < sheet->rows; i++) {
        bool ok = row[i].status == OK;
        if (isnan(row[i].work_cpu_s) == ok)
            fail("%s:%zu: column work_cpu_s: %s in a row that says %s", file, sheet->line[i], ok ? "NA" : "a number",
                 status_name(row[i].status));
    }
}

static int by_cell_and_block(const void *a, const void *b)
{
    const Observed *x = *(const Observed *const *)a, *y = *(const Observed *const *)b;
    int order = cell_order(&x->cell, &y->cell);
    return order ? order : (x->block > y->block) - (x->block < y->block);
}

static void sort_trials(ComparedRun *run, const char *file)
{
    const Observed *row = run->trials.row, **sorted = memory_new(run->trials.rows, sizeof *sorted);
    for (size_t i = 0; i < run->trials.rows; i++) {
        sorted[i] = &row[i];
        run->blocks = larger(run->blocks, row[i].block);
    }
    qsort(sorted, run->trials.rows, sizeof *sorted, by_cell_and_block);
    for (size_t i = 1; i < run->trials.rows; i++)
        if (by_cell_and_block(&sorted[i - 1], &sorted[i]) == 0)
            fail("%s:%zu: column block: this cell has block %zu twice", file, run->trials.line[sorted[i] - row],
                 (size_t)sorted[i]->block);
    run->sorted = sorted;
}

/* A row that answers otherwise than the cell's others says so: it is wrong. */
static void answers_must_agree(const ComparedRun *run, const char *file)
{
    const Observed *answered = NULL;
    for (size_t i = 0; i < run->trials.rows; i++) {
        const Observed *row = run->sorted[i];
        if (row->status != OK)
            continue;
        bool same_cell = answered && cell_order(&answered->cell, &row->cell) == 0;
        if (same_cell && (answered->checksum.value != row->checksum.value ||
                          answered->operations.value != row->operations.value))
            fail("%s:%zu: column checksum or operations: not those of the cell's earlier blocks, in a row that says ok", file,
                 run->trials.line[row - (const Observed *)run->trials.row]);
        answered = row;
    }
}

static void load_trials(ComparedRun *run, TextPool *pool)
{
    char *file = text_format("%s/trials.csv", run->folder);
    run->trials = sheet_load_unfinished_by_name(file, &observed_layout, NUMBERS_ABSENT, pool);
    if (run->trials.torn)
        notice("%s:%zu: the last line is torn and left out", file, run->trials.torn);
    if (run->trials.rows == 0)
        fail("%s: there are no trials to compare", file);
    must_be_believable(file, &run->trials);
    sort_trials(run, file);
    answers_must_agree(run, file);
    free(file);
}

/* How many trials there were to be; older versions of the suite had other columns. */
static void load_plan(ComparedRun *run, TextPool *pool)
{
    static const Column columns[] = { { "block", BLOCK, offsetof(Observed, block) } };
    char *file = text_format("%s/plan.csv", run->folder);
    if (access(file, F_OK) == 0) {
        Sheet plan = sheet_load_by_name(file, &(Layout)LAYOUT(Observed, columns), NONE_ABSENT, pool);
        run->planned = plan.rows;
        sheet_free(&plan);
    }
    free(file);
}

/* The start is a part of them all. */
static void counts_must_be_believable(const char *file, const Sheet *sheet)
{
    const Instructions *row = sheet->row;
    for (size_t i = 0; i < sheet->rows; i++) {
        Count start = row[i].part[STARTUP], all = row[i].instructions;
        if (start.known && all.known && start.value > all.value)
            fail("%s:%zu: column startup: more than all instructions", file, sheet->line[i]);
        if (row[i].status == OK && !all.known)
            fail("%s:%zu: column instructions: NA in a row that says ok", file, sheet->line[i]);
    }
}

static int by_counted_cell(const void *a, const void *b)
{
    return cell_order(&(*(const Instructions *const *)a)->cell, &(*(const Instructions *const *)b)->cell);
}

static void cells_must_be_counted_once(const char *file, const Sheet *sheet)
{
    const Instructions *row = sheet->row, **sorted = memory_new(sheet->rows, sizeof *sorted);
    for (size_t i = 0; i < sheet->rows; i++)
        sorted[i] = &row[i];
    qsort(sorted, sheet->rows, sizeof *sorted, by_counted_cell);
    for (size_t i = 1; i < sheet->rows; i++)
        if (by_counted_cell(&sorted[i - 1], &sorted[i]) == 0)
            fail("%s:%zu: this cell is counted twice", file, sheet->line[larger(sorted[i] - row, sorted[i - 1] - row)]);
    free(sorted);
}

static void load_instructions(ComparedRun *run, TextPool *pool)
{
    char *file = text_format("%s/instructions.csv", run->folder);
    run->counted = access(file, F_OK) == 0;
    if (run->counted) {
        run->instructions = sheet_load_by_name(file, &instructions_layout, NUMBERS_ABSENT, pool);
        if (run->instructions.rows == 0)
            fail("%s:2: no cell is counted", file);
        counts_must_be_believable(file, &run->instructions);
        cells_must_be_counted_once(file, &run->instructions);
    }
    free(file);
}

ComparedRun compared_run_load(const char *folder, TextPool *pool)
{
    ComparedRun run = { .folder = folder };
    char *file = text_format("%s/manifest.json", folder);
    run.manifest = manifest_load(file);
    free(file);
    load_trials(&run, pool);
    load_plan(&run, pool);
    load_instructions(&run, pool);
    return run;
}

void compared_run_free(ComparedRun *run)
{
    free(run->sorted);
    sheet_free(&run->trials);
    sheet_free(&run->instructions);
    manifest_free(&run->manifest);
}
