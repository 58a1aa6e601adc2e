#include "chart_cells.h"

#include "bounds.h"
#include "fail.h"
#include "first_host.h"
#include "memory.h"
#include "records.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const metric_names[METRICS] = { TIME_METRIC, "operation_ns", "peak_rss_kib" };

static const Interval not_measured = { NAN, NAN, NAN };

/* Where complaints about a row point to. */
typedef struct Place {
    const char *file;
    size_t line;
} Place;

/* A point without its interval would claim more than was measured. Of one block there is none. */
static Interval interval_of(Interval is, uint64_t n, bool is_of_one, const char *what, Place at)
{
    if (isnan(is.middle))
        return not_measured;
    if (is_of_one && isnan(is.lo) && isnan(is.hi))
        return is;
    if (isnan(is.lo) || isnan(is.hi))
        fail("%s:%zu: a %s without its interval, lo and hi, is not drawn", at.file, at.line, what);
    if (is.lo > is.hi)
        fail("%s:%zu: the interval of the %s ends, at %g, before it begins, at %g", at.file, at.line, what, is.hi, is.lo);
    if (n == 0)
        fail("%s:%zu: a %s of n = 0 trials is not drawn", at.file, at.line, what);
    return is;
}

/* ---- Cells -------------------------------------------------------------------------------------------------------- */

static bool belongs_to(const Summary *row, const char *label, const ChartCell *cell)
{
    return texts_equal(cell->label, label) && texts_equal(cell->workload, row->cell.workload)
        && texts_equal(cell->variant, row->cell.variant) && texts_equal(cell->input, row->cell.input)
        && cell->size == row->cell.size && cell->control == row->cell.control;
}

/* A status in the words of a reader who does not know ours. */
static const char *words_for(Status status)
{
    switch (status) {
    case OK: return "";
    case OOM: return "out of memory";
    case WRONG: return "wrong answer";
    case UNSUPPORTED: return "not supported";
    default: return status_name(status);
    }
}

static ChartCell new_cell(const Summary *row, const char *label, TextPool *pool)
{
    ChartCell cell = {
        .label = label, .strategy = row->cell.strategy, .workload = row->cell.workload, .variant = row->cell.variant,
        .input = row->cell.input, .size = row->cell.size, .control = row->cell.control,
        .failure = intern(pool, words_for(row->status)),
    };
    for (int m = 0; m < METRICS; m++)
        cell.value[m] = cell.ratio[m] = not_measured;
    return cell;
}

/* The label of the cell's series, which is noted when it is met first: to find it takes a look at all rows. */
static const char *label_of(ChartCells *all, const Cell *cell)
{
    size_t known = series_number_of(all, cell);
    if (known)
        return all->series[known - 1].label;
    const char *label = series_label(cell, CELLS_OF(Summary, all->summary.row, all->summary.rows), &all->pool);
    all->series = memory_room(all->series, &all->series_room, all->series_count + 1, sizeof *all->series);
    all->series[all->series_count++] = (Series){ label, cell };
    return label;
}

/* A cell's rows stand together, so it is nearly always the last. */
static ChartCell *cell_of(ChartCells *all, const Summary *row)
{
    const char *label = label_of(all, &row->cell);
    for (size_t i = all->cells; i-- > 0;)
        if (belongs_to(row, label, &all->cell[i]))
            return &all->cell[i];
    all->cell = memory_room(all->cell, &all->cell_room, all->cells + 1, sizeof *all->cell);
    all->cell[all->cells] = new_cell(row, label, &all->pool);
    return &all->cell[all->cells++];
}

/* Of a row's trials some may have no other in their block to be compared to: what could be told needs two that have. */
static void take_row(ChartCells *all, const Summary *row, Place at)
{
    ChartCell *cell = cell_of(all, row);
    Interval median = { row->median, row->lo, row->hi }, ratio = { row->ratio, row->ratio_lo, row->ratio_hi };
    for (int m = 0; m < METRICS; m++)
        if (texts_equal(row->metric, metric_names[m])) {
            cell->value[m] = interval_of(median, row->n, row->n == 1 || all->measured_on, "median", at);
            cell->ratio[m] = interval_of(ratio, row->n, isnan(row->detectable), "ratio", at);
            cell->verdict[m] = row->verdict;
        }
    all->blocks = larger(all->blocks, row->n);
}

/* A cell that failed and yet has numbers did not fail each time. */
static void say_how_often_it_failed(ChartCell *cell, TextPool *pool)
{
    if (*cell->failure == '\0' || isnan(cell->value[PEAK_RSS_KIB].middle))
        return;
    char *words = text_format("%s at times", cell->failure);
    cell->failure = intern(pool, words);
    free(words);
}

/* ---- Panels and series -------------------------------------------------------------------------------------------- */

static Panel *panel_of(ChartCells *all, const ChartCell *cell)
{
    for (size_t i = 0; i < all->panels; i++)
        if (texts_equal(all->panel[i].workload, cell->workload) && texts_equal(all->panel[i].variant, cell->variant)
            && texts_equal(all->panel[i].input, cell->input))
            return &all->panel[i];
    all->panel = memory_room(all->panel, &all->panel_room, all->panels + 1, sizeof *all->panel);
    all->panel[all->panels] = (Panel){ cell->workload, cell->variant, cell->input, 0, 0, all->panels };
    return &all->panel[all->panels++];
}

static int by_series(const void *a, const void *b)
{
    return series_order(((const Series *)a)->cell, ((const Series *)b)->cell);
}

static int by_workload_then_variant(const void *a, const void *b)
{
    const Panel *p = a, *q = b;
    int order = strcmp(p->workload, q->workload);
    if (order == 0)
        order = strcmp(p->variant, q->variant);
    return order ? order : strcmp(p->input, q->input);
}

/* A control of what was not run besides has no panel. */
static void drop_panels_of_controls(ChartCells *all)
{
    size_t kept = 0;
    for (size_t p = 0; p < all->panels; p++)
        if (all->panel[p].cells)
            all->panel[kept++] = all->panel[p];
    all->panels = kept;
}

static void survey(ChartCells *all)
{
    for (size_t i = 0; i < all->cells; i++) {
        ChartCell *cell = &all->cell[i];
        say_how_often_it_failed(cell, &all->pool);
        Panel *panel = panel_of(all, cell);
        cell->panel = panel->number;
        if (!cell->control) {
            panel->size = larger(panel->size, cell->size);
            panel->cells++;
        }
    }
    drop_panels_of_controls(all);
}

static bool has_metric(const Sheet *sheet, const char *metric)
{
    const Summary *row = sheet->row;
    for (size_t i = 0; i < sheet->rows; i++)
        if (texts_equal(row[i].metric, metric))
            return true;
    return false;
}

/* The number of each cell's series, which has one place for each label. */
static void number_series(ChartCells *all)
{
    for (size_t i = 0; i < all->cells; i++)
        while (!texts_equal(all->series[all->cell[i].series++].label, all->cell[i].label))
            ;
}

ChartCells chart_cells_read(const char *run_folder, const char *summary_file)
{
    ChartCells all = { 0 };
    all.summary = sheet_load(summary_file, &summary_layout, &all.pool);
    all.measured_on = take_first_host(run_folder, &all.summary, &all.pool);
    const Summary *row = all.summary.row;
    if (all.summary.rows && !has_metric(&all.summary, TIME_METRIC))
        fail("%s has no " TIME_METRIC ", so it is of another version of reclaim; measure again", summary_file);
    for (size_t i = 0; i < all.summary.rows; i++)
        take_row(&all, &row[i], (Place){ summary_file, all.summary.line[i] });
    survey(&all);
    if (all.panels == 0)
        fail("%s holds no cell, so there is nothing to draw", summary_file);
    qsort(all.panel, all.panels, sizeof *all.panel, by_workload_then_variant);
    qsort(all.series, all.series_count, sizeof *all.series, by_series);
    number_series(&all);
    return all;
}

void chart_cells_free(ChartCells *all)
{
    free(all->cell);
    free(all->panel);
    free(all->series);
    sheet_free(&all->summary);
    text_pool_free(&all->pool);
    *all = (ChartCells){ 0 };
}

static bool at_panel(const ChartCell *cell, const Panel *panel)
{
    return cell->panel == panel->number && cell->size == panel->size;
}

bool in_panel(const ChartCell *cell, const Panel *panel)
{
    return at_panel(cell, panel) && !cell->control;
}

bool is_control_of(const ChartCell *cell, const Panel *panel)
{
    return at_panel(cell, panel) && cell->control;
}

size_t panel_number(const ChartCells *all, const Cell *cell)
{
    for (size_t i = 0; i < all->panels; i++)
        if (texts_equal(all->panel[i].workload, cell->workload) && texts_equal(all->panel[i].variant, cell->variant)
            && texts_equal(all->panel[i].input, cell->input))
            return i + 1;
    return 0;
}

size_t series_number_of(const ChartCells *all, const Cell *cell)
{
    for (size_t i = 0; i < all->series_count; i++)
        if (same_series(all->series[i].cell, cell))
            return i + 1;
    return 0;
}

const char *metric_name(Metric metric)
{
    return metric_names[metric];
}

bool is_usual_series(const ChartCells *all, const ChartCell *cell)
{
    size_t i = cell->series - 1;
    return i == 0 || !texts_equal(all->series[i - 1].cell->strategy, cell->strategy);
}
