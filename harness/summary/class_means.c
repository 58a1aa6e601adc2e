#include "class_means.h"

#include "cell_rows.h"
#include "manifest.h"
#include "memory.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>

/* ---- Sums ----------------------------------------------------------------------------------------------------------- */

/* A variant that the baseline cannot run has no ratios at all. */
static bool has_baseline(Group work, const Cell *baseline)
{
    Group base = cell_in(work, baseline, false);
    for (size_t i = 0; i < base.trials; i++)
        if (base.trial[i]->status == OK)
            return true;
    return false;
}

static SeriesSum *add_series(ClassSum *class, const Cell *series, uint64_t blocks)
{
    class->series = memory_room(class->series, &class->room, class->count + 1, sizeof *class->series);
    SeriesSum *added = &class->series[class->count++];
    *added = (SeriesSum){ .series = *series };
    for (size_t i = 0; i < METRICS_OF_CELLS; i++)
        added->sum[i] = memory_new(blocks + 1, sizeof *added->sum[i]);
    return added;
}

/* The series of a class are those of its first variant: each has all. */
static void add_all_series(ClassSum *class, Group work, uint64_t blocks)
{
    const Trial **end = work.trial + work.trials;
    for (const Trial **trial = work.trial; trial < end; trial += group_at(trial, end).trials)
        add_series(class, &(*trial)->cell, blocks);
}

static void add_variant(ClassSum *class, Group work, const Cell *baseline, uint64_t blocks)
{
    if (class->variants++ == 0)
        add_all_series(class, work, blocks);
    for (size_t i = 0; i < class->count; i++) {
        SeriesSum *series = &class->series[i];
        GroupPair pair = { cell_in(work, &series->series, series->series.control), cell_in(work, baseline, false) };
        for (size_t m = 0; m < METRICS_OF_CELLS; m++)
            add_log_ratios(series->sum[m], &pair, 1, blocks, &metrics[m]);
    }
}

ClassSums class_sums_of(Group trials, const Cell *baseline, uint64_t blocks, const json_t *manifest)
{
    ClassSums sums = { .blocks = blocks };
    const Trial **end = trials.trial + trials.trials;
    for (const Trial **trial = trials.trial; baseline && trial < end;) {
        Group work = work_from(trial, end);
        size_t rank = class_rank(manifest_class(manifest, (*trial)->cell.workload));
        if (rank < CLASS_NAMES && is_largest_work(work, end) && has_baseline(work, baseline))
            add_variant(&sums.of[rank], work, baseline, blocks);
        trial += work.trials;
    }
    return sums;
}

static void free_class(ClassSum *class)
{
    for (size_t i = 0; i < class->count; i++)
        for (size_t m = 0; m < METRICS_OF_CELLS; m++)
            free(class->series[i].sum[m]);
    free(class->series);
    *class = (ClassSum){ 0 };
}

void class_sums_free(ClassSums *sums)
{
    for (size_t i = 0; i < CLASS_NAMES; i++)
        free_class(&sums->of[i]);
}

/* ---- Sums of sums --------------------------------------------------------------------------------------------------- */

static const SeriesSum *series_in(const ClassSum *class, const Cell *series)
{
    size_t i = 0;
    while (i < class->count && !(same_series(&class->series[i].series, series) &&
                                 class->series[i].series.control == series->control))
        i++;
    return i < class->count ? &class->series[i] : NULL;
}

static void add_sums(double *to, const double *more, uint64_t blocks)
{
    for (uint64_t block = 1; block <= blocks; block++)
        to[block] += more ? more[block] : NAN;
}

static void add_class(ClassSum *class, const ClassSum *more, uint64_t blocks, TextPool *pool)
{
    if (more->variants > 0 && class->variants == 0)
        for (size_t i = 0; i < more->count; i++)
            cell_intern(&add_series(class, &more->series[i].series, blocks)->series, pool);
    if (more->variants > 0)
        for (size_t i = 0; i < class->count; i++) {
            const SeriesSum *found = series_in(more, &class->series[i].series);
            for (size_t m = 0; m < METRICS_OF_CELLS; m++)
                add_sums(class->series[i].sum[m], found ? found->sum[m] : NULL, blocks);
        }
    class->variants += more->variants;
}

void class_sums_add(ClassSums *sums, ClassSums *more, TextPool *pool)
{
    sums->blocks = more->blocks;
    for (size_t i = 0; i < CLASS_NAMES; i++)
        add_class(&sums->of[i], &more->of[i], more->blocks, pool);
    class_sums_free(more);
}

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

typedef struct Means {
    SummaryRows rows;
    Drawings drawings;
    HostRows *of_hosts;
} Means;

/* As if the variants of the class were one program that takes as many times as long. */
static void add_mean(Means *means, const Cell *cell, const char *metric, const double *sum, uint64_t blocks)
{
    Summary row = { .cell = *cell, .metric = metric, .median = NAN, .lo = NAN, .hi = NAN };
    BlockPairs pairs = block_pairs_of_sums(sum, cell->size, blocks, means->of_hosts->hosts);
    row.n = pairs.n;
    summary_set_ratio(&row, &pairs, &means->drawings);
    host_rows_add(means->of_hosts, &row, &pairs, false, &means->drawings);
    block_pairs_free(&pairs);
    row.status = row.n ? OK : UNSUPPORTED;
    row.reason = row.n ? "" : "not in every variant";
    summary_rows_add(&means->rows, &row);
}

static void add_means(Means *means, const ClassSum *class, const char *name, uint64_t blocks)
{
    for (size_t i = 0; i < class->count; i++) {
        Cell cell = class->series[i].series;
        cell.workload = name;
        cell.variant = MEAN_VARIANT;
        cell.input = "";
        cell.size = class->variants;
        for (size_t m = 0; m < METRICS_OF_CELLS; m++)
            add_mean(means, &cell, metrics[m].name, class->series[i].sum[m], blocks);
    }
}

Sheet class_means_of(const ClassSums *sums, HostRows *of_hosts, TextPool *pool)
{
    Means means = { .of_hosts = of_hosts };
    for (size_t i = 0; i < CLASS_NAMES; i++)
        add_means(&means, &sums->of[i], intern(pool, class_names[i]), sums->blocks);
    drawings_free(&means.drawings);
    return summary_rows_judged(&means.rows);
}
