#include "lower_bounds.h"

#include "cell_columns.h"
#include "class_means.h"
#include "costs.h"
#include "groups.h"
#include "manifest.h"
#include "memory.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>

static const Column lower_bound_columns[] = {
    SERIES_COLUMNS(LowerBound),
    WORK_COLUMNS(LowerBound),
    { "by",        NAME, offsetof(LowerBound, by) },
    { "n",         NATURAL, offsetof(LowerBound, n) },
    { "overhead",  QUANTITY, offsetof(LowerBound, overhead) },
    { "lo",        QUANTITY, offsetof(LowerBound, lo) },
    { "hi",        QUANTITY, offsetof(LowerBound, hi) },
    { "cheapest",  TEXT, offsetof(LowerBound, cheapest) },
};

const Layout lower_bound_layout = LAYOUT(LowerBound, lower_bound_columns);

/* What comes together for one series and class: sums of logarithms, how far each drawing is from them, and what the blocks
 * contribute, for their spread. */
typedef struct OverheadSum {
    const Cell *series;
    size_t variants;
    const Resamples *resamples; /* NULL: nothing yet */
    double overhead;
    float *away;
    double *logs;
} OverheadSum;

typedef struct Bounding {
    const AllCosts *costs;
    const Cell *baseline;
    CellsOf cells;        /* to name series */
    LowerBound *row;
    size_t rows, room;
    Drawings drawings;
    TextPool *pool;
} Bounding;

static void add_row(Bounding *bounding, const LowerBound *row)
{
    bounding->row = memory_room(bounding->row, &bounding->room, bounding->rows + 1, sizeof *bounding->row);
    bounding->row[bounding->rows++] = *row;
}

/* The interval of a logarithm of which each drawing is so far away. The least of several that scatter is less than the least
 * of what they scatter around, and in a drawing once more so: by as much the interval lies lower. No bound is below 1.
 * `logs` are the blocks', by the series that is cheapest over all of them. */
static void set_overhead(const Bounding *bounding, LowerBound *row, double overhead, const float *away, const double *logs,
                         const Resamples *resamples)
{
    row->n = resamples->n;
    row->overhead = exp(overhead);
    if (resamples->freedom == 0 && !bounding->costs->repeat)
        return;
    double bias, times = widening_of(logs, resamples);
    Percentiles ends = resampled_ends(away, resamples->drawings, &bias);
    double middle = overhead - bias;
    row->lo = exp(fmax(0, fmin(overhead, middle + times * (ends.lo - bias))));
    row->hi = exp(fmax(overhead, middle + times * (ends.hi - bias)));
}

/* ---- A work --------------------------------------------------------------------------------------------------------- */

/* The least that the work could cost: the mean of the series that is cheapest, and how far from that the cheapest is in each
 * drawing, for which that may be another. */
typedef struct Least {
    const Cell *series;
    const char *label; /* of the series */
    const double *bare;
    double mean;
    float *away;
    size_t drawings;
} Least;

static void take_least(Least *least, const Cost *cost, double mean, const float *away)
{
    float shift = mean - least->mean;
    for (size_t drawing = 0; drawing < least->drawings; drawing++) {
        float other = shift + away[drawing];
        least->away[drawing] = other < least->away[drawing] ? other : least->away[drawing];
    }
    if (shift >= 0)
        return;
    for (size_t drawing = 0; drawing < least->drawings; drawing++)
        least->away[drawing] -= shift;
    least->series = &cost->cell;
    least->bare = cost->bare;
    least->mean = mean;
}

static Least least_of(const WorkCosts *work, const Resamples *resamples)
{
    Least least = { .label = "", .away = memory_new(RESAMPLES, sizeof(float)), .drawings = resamples->drawings };
    float *away = memory_new(RESAMPLES, sizeof *away);
    for (size_t i = 0; i < work->costs; i++) {
        const Cost *cost = &work->cost[i];
        if (cost->bare && least.series == NULL)
            least.series = &cost->cell, least.bare = cost->bare,
            least.mean = resample_means(cost->bare, resamples, least.away);
        else if (cost->bare)
            take_least(&least, cost, resample_means(cost->bare, resamples, away), away);
    }
    free(away);
    return least;
}

static OverheadSum *sum_of(OverheadSum *sums, const Cell *series)
{
    while (sums->series && !same_series(sums->series, series))
        sums++;
    if (sums->series == NULL)
        *sums = (OverheadSum){ .series = series, .away = memory_new(RESAMPLES, sizeof *sums->away) };
    return sums;
}

/* Means are over variants of as many blocks, of the same hosts. */
static void add_to_class(OverheadSum *sum, double overhead, const float *away, const double *logs, const Resamples *resamples)
{
    if (sum->resamples && sum->resamples != resamples)
        return;
    if (sum->resamples == NULL)
        sum->logs = memory_new(resamples->n, sizeof *sum->logs);
    sum->resamples = resamples;
    sum->variants++;
    sum->overhead += overhead;
    for (size_t i = 0; i < resamples->n; i++)
        sum->logs[i] += logs[i];
    for (size_t drawing = 0; drawing < resamples->drawings; drawing++)
        sum->away[drawing] += away[drawing];
}

/* `sum` is that of its series and class, or NULL where the work does not belong to one. */
static void bound_cell(const Bounding *bounding, LowerBound *row, const Cost *cost, const Least *least,
                       const Resamples *resamples, OverheadSum *sum)
{
    float *away = memory_new(RESAMPLES, sizeof *away);
    double *logs = memory_new(resamples->n, sizeof *logs);
    double overhead = resample_means(cost->whole, resamples, away) - least->mean;
    for (size_t drawing = 0; drawing < resamples->drawings; drawing++)
        away[drawing] -= least->away[drawing];
    for (size_t i = 0; i < resamples->n; i++)
        logs[i] = cost->whole[i] - least->bare[i];
    set_overhead(bounding, row, overhead, away, logs, resamples);
    row->cheapest = least->label;
    if (sum)
        add_to_class(sum, overhead, away, logs, resamples);
    free(away);
    free(logs);
}

static void add_cell(Bounding *bounding, const Cost *cost, const Least *least, const Resamples *resamples, OverheadSum *sum)
{
    LowerBound row = { cost->cell, bounding->costs->by, 0, NAN, NAN, NAN, "" };
    if (cost->whole)
        bound_cell(bounding, &row, cost, least, resamples, sum);
    add_row(bounding, &row);
}

/* `sums` are those of its class, or NULL. */
static void add_work(Bounding *bounding, const WorkCosts *work, OverheadSum *sums)
{
    const Resamples *resamples = drawings_of_hosts(&bounding->drawings, shape_of(&work->arranged));
    Least least = least_of(work, resamples);
    if (least.series)
        least.label = series_label(least.series, bounding->cells, bounding->pool);
    for (size_t i = 0; i < work->costs; i++)
        add_cell(bounding, &work->cost[i], &least, resamples, sums ? sum_of(sums, &work->cost[i].cell) : NULL);
    free(least.away);
}

/* ---- Classes -------------------------------------------------------------------------------------------------------- */

/* Works are sorted by variant, then by size. */
static bool is_largest(const AllCosts *costs, size_t i)
{
    return i + 1 == costs->works || !same_variant(&costs->work[i].cost->cell, &costs->work[i + 1].cost->cell);
}

static bool has_baseline(const WorkCosts *work, const Cell *baseline)
{
    for (size_t i = 0; baseline && i < work->costs; i++)
        if (same_series(&work->cost[i].cell, baseline) && work->cost[i].whole)
            return true;
    return false;
}

/* A series that misses a variant could not be compared. */
static void add_class(Bounding *bounding, OverheadSum *sum, const char *class, size_t variants)
{
    Cell cell = *sum->series;
    cell.workload = class;
    cell.variant = MEAN_VARIANT;
    cell.input = "";
    cell.size = variants;
    LowerBound row = { cell, bounding->costs->by, 0, NAN, NAN, NAN, "" };
    if (sum->variants == variants) {
        for (size_t drawing = 0; drawing < sum->resamples->drawings; drawing++)
            sum->away[drawing] /= variants;
        set_overhead(bounding, &row, sum->overhead / variants, sum->away, sum->logs, sum->resamples);
    }
    add_row(bounding, &row);
}

typedef struct Class {
    const char *name;
    OverheadSum *sum; /* the last is empty */
    size_t variants;
} Class;

static void add_works(Bounding *bounding, Class *class, const json_t *manifest)
{
    const AllCosts *costs = bounding->costs;
    for (size_t i = 0; i < costs->works; i++) {
        const WorkCosts *work = &costs->work[i];
        size_t rank = class_rank(manifest_class(manifest, work->cost->cell.workload));
        bool belongs = rank < CLASS_NAMES && is_largest(costs, i) && has_baseline(work, bounding->baseline);
        if (belongs)
            class[rank].variants++;
        add_work(bounding, work, belongs ? class[rank].sum : NULL);
    }
}

static size_t most_series(const AllCosts *costs)
{
    size_t series = 0;
    for (size_t i = 0; i < costs->works; i++)
        series += costs->work[i].costs;
    return series;
}

static void add_all(Bounding *bounding, const json_t *manifest)
{
    Class class[CLASS_NAMES] = { 0 };
    for (size_t c = 0; c < CLASS_NAMES; c++)
        class[c] = (Class){ class_names[c], memory_new(most_series(bounding->costs) + 1, sizeof *class[c].sum), 0 };
    add_works(bounding, class, manifest);
    for (size_t c = 0; c < CLASS_NAMES; c++) {
        for (OverheadSum *sum = class[c].sum; sum->series; sum++) {
            add_class(bounding, sum, class[c].name, class[c].variants);
            free(sum->away);
            free(sum->logs);
        }
        free(class[c].sum);
    }
}

/* One of each cell, which has its allocator and settings. */
static Cell *cells_of(const AllCosts *costs, size_t *count)
{
    Cell *cells = memory_new(most_series(costs) + 1, sizeof *cells);
    *count = 0;
    for (size_t i = 0; i < costs->works; i++)
        for (size_t j = 0; j < costs->work[i].costs; j++)
            cells[(*count)++] = costs->work[i].cost[j].cell;
    return cells;
}

Sheet lower_bounds_of(const AllCosts *by_time, const Cell *baseline, const Sheet *instructions, const json_t *manifest,
                      TextPool *pool)
{
    size_t count;
    Cell *cells = cells_of(by_time, &count);
    AllCosts by_instructions = costs_of_instructions(instructions);
    const AllCosts *costs[] = { by_time, &by_instructions };
    Bounding bounding = { .baseline = baseline, .cells = { cells, count, sizeof *cells }, .pool = pool };
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++) {
        bounding.costs = costs[i];
        add_all(&bounding, manifest);
    }
    costs_free(&by_instructions);
    free(cells);
    drawings_free(&bounding.drawings);
    return (Sheet){ .row = bounding.row, .rows = bounding.rows };
}
