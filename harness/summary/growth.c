#include "growth.h"

#include "cell_columns.h"
#include "memory.h"
#include "metrics.h"
#include "run_hosts.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>

static const Column growth_columns[] = {
    SERIES_COLUMNS(Growth),
    { "workload",  NAME, offsetof(Growth, cell.workload) },
    { "variant",   NAME, offsetof(Growth, cell.variant) },
    { "input",     ID, offsetof(Growth, cell.input) },
    { "metric",    NAME, offsetof(Growth, metric) },
    { "sizes",     NATURAL, offsetof(Growth, sizes) },
    { "from",      NATURAL, offsetof(Growth, from) },
    { "to",        NATURAL, offsetof(Growth, to) },
    { "n",         NATURAL, offsetof(Growth, n) },
    { "slope",     REAL, offsetof(Growth, slope) },
    { "lo",        REAL, offsetof(Growth, lo) },
    { "hi",        REAL, offsetof(Growth, hi) },
};

const Layout growth_layout = LAYOUT(Growth, growth_columns);

/* ---- What grows ----------------------------------------------------------------------------------------------------- */

static double element_bytes(const Trial *trial)
{
    return 1024 * trial->peak_rss_kib / trial->cell.size;
}

enum { GROWN = 2 };

static const Metric *grown(size_t i)
{
    static const Metric memory = { GROWTH_OF_MEMORY, element_bytes };
    const Metric *time = metrics;
    while (!texts_equal(time->name, GROWTH_OF_TIME))
        time++;
    return i == 0 ? time : &memory;
}

/* ---- The sizes of a variant that count ------------------------------------------------------------------------------ */

enum { SIZES_ROOM = 16 };

typedef struct Sizes {
    Group work[SIZES_ROOM]; /* the trials at each of them, the least size first */
    size_t count;
} Sizes;

static uint64_t size_of(Group work)
{
    return (*work.trial)->cell.size;
}

static void drop_first(Sizes *sizes)
{
    sizes->count--;
    for (size_t i = 0; i < sizes->count; i++)
        sizes->work[i] = sizes->work[i + 1];
}

/* Of the variant whose trials begin here; `next` is where another's do. */
static Sizes sizes_from(const Trial **trial, const Trial **end, const Trial ***next)
{
    Sizes sizes = { .count = 0 };
    const Cell *variant = &(*trial)->cell;
    while (trial < end && same_variant(&(*trial)->cell, variant)) {
        if (sizes.count == SIZES_ROOM)
            drop_first(&sizes);
        sizes.work[sizes.count++] = work_from(trial, end);
        trial += sizes.work[sizes.count - 1].trials;
    }
    while (size_of(sizes.work[0]) < size_of(sizes.work[sizes.count - 1]) / (double)GROWTH_SPAN)
        drop_first(&sizes);
    *next = trial;
    return sizes;
}

/* ---- A slope -------------------------------------------------------------------------------------------------------- */

/* Work that took no microsecond, or was not measured at some size, has no logarithm. */
static double slope_in(const Sizes *sizes, const Group *series, uint64_t block, const Metric *metric)
{
    double size[SIZES_ROOM], value[SIZES_ROOM];
    for (size_t i = 0; i < sizes->count; i++) {
        double measured = measure_in(metric, series[i], block);
        size[i] = log(size_of(sizes->work[i]));
        value[i] = measured > 0 ? log(measured) : NAN;
    }
    return slope_of(size, value, sizes->count);
}

/* A mean of slopes is a geometric mean of factors. */
static BlockPairs factors_in(const Sizes *sizes, const Group *series, const Metric *metric)
{
    Group last = series[sizes->count - 1];
    BlockPairs factors = block_pairs_with_room(last.trials);
    for (size_t i = 0; i < last.trials; i++) {
        double slope = slope_in(sizes, series, last.trial[i]->block, metric);
        if (!isnan(slope))
            block_pairs_add(&factors, last.trial[i]->block, exp(slope), 1);
    }
    return factors;
}

static Estimate estimate_slope(BlockPairs *factors, const RunHosts *hosts, Drawings *drawings)
{
    block_pairs_arrange(factors, hosts);
    Estimate factor = estimate_mean(factors->ours, drawings_of_block_pairs(drawings, factors));
    return (Estimate){ log(factor.value), log(factor.lo), log(factor.hi) };
}

static Growth growth_in(const Sizes *sizes, const Group *series, const Metric *metric, const RunHosts *hosts,
                        Drawings *drawings)
{
    Group last = series[sizes->count - 1];
    BlockPairs factors = factors_in(sizes, series, metric);
    Estimate slopes = estimate_slope(&factors, hosts, drawings);
    size_t n = factors.n;
    block_pairs_free(&factors);
    return (Growth){ (*last.trial)->cell, metric->name, sizes->count, size_of(sizes->work[0]),
                     size_of(sizes->work[sizes->count - 1]), n, slopes.value, slopes.lo, slopes.hi };
}

/* ---- All of a run --------------------------------------------------------------------------------------------------- */

typedef struct Growths {
    Growth *row;
    size_t rows, room;
    const RunHosts *hosts;
    Drawings drawings;
} Growths;

static void add_series(Growths *all, const Sizes *sizes, const Cell *series)
{
    Group at[SIZES_ROOM];
    for (size_t i = 0; i < sizes->count; i++)
        at[i] = cell_in(sizes->work[i], series, false);
    for (size_t m = 0; m < GROWN; m++) {
        all->row = memory_room(all->row, &all->room, all->rows + 1, sizeof *all->row);
        all->row[all->rows++] = growth_in(sizes, at, grown(m), all->hosts, &all->drawings);
    }
}

static void add_variant(Growths *all, const Sizes *sizes)
{
    Group largest = sizes->work[sizes->count - 1];
    const Trial **end = largest.trial + largest.trials;
    for (const Trial **trial = largest.trial; trial < end; trial += group_at(trial, end).trials)
        if (!(*trial)->cell.control && (*trial)->status != UNSUPPORTED)
            add_series(all, sizes, &(*trial)->cell);
}

Sheet growth_of(Group trials, const RunHosts *hosts)
{
    Growths all = { .hosts = hosts };
    const Trial **end = trials.trial + trials.trials;
    for (const Trial **trial = trials.trial; trial < end;) {
        Sizes sizes = sizes_from(trial, end, &trial);
        if (sizes.count > 1)
            add_variant(&all, &sizes);
    }
    drawings_free(&all.drawings);
    return (Sheet){ .row = all.row, .rows = all.rows };
}
