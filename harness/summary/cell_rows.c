#include "cell_rows.h"

#include "memory.h"
#include "metrics.h"
#include "noise.h"
#include "registry.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Rows in the making --------------------------------------------------------------------------------------------- */

void summary_rows_add(SummaryRows *rows, const Summary *row)
{
    rows->row = memory_room(rows->row, &rows->room, rows->count + 1, sizeof *rows->row);
    rows->row[rows->count++] = *row;
}

void summary_rows_append(SummaryRows *rows, SummaryRows *more, TextPool *pool)
{
    rows->row = memory_room(rows->row, &rows->room, rows->count + more->count, sizeof *rows->row);
    for (size_t i = 0; i < more->count; i++) {
        Summary *row = &rows->row[rows->count++];
        *row = more->row[i];
        cell_intern(&row->cell, pool);
        row->reason = intern(pool, row->reason);
        row->metric = intern(pool, row->metric);
    }
    free(more->row);
    *more = (SummaryRows){ 0 };
}

/* What is below the band could not be told, however many blocks there were. */
static void judge(Summary *row, double band)
{
    Estimate ratio = { row->ratio, row->ratio_lo, row->ratio_hi };
    row->verdict = row->contradicted ? CANNOT_TELL : difference_of(ratio, row->pairs, band);
    if (row->detectable < band - 1)
        row->detectable = band - 1;
}

Sheet summary_rows_judged(SummaryRows *rows)
{
    Sheet sheet = { .row = rows->row, .rows = rows->count, .line = memory_new(rows->count, sizeof *sheet.line) };
    Noises noises = noises_of(&sheet);
    for (size_t i = 0; i < rows->count; i++) {
        sheet.line[i] = i + 2;
        judge(&rows->row[i], band_of(&noises, rows->row[i].metric));
    }
    noises_free(&noises);
    return sheet;
}

/* ---- A cell --------------------------------------------------------------------------------------------------------- */

/* The names of all figures that any trial of the work has, in the order in which they are met. */
static Names figures_of(Group work, TextPool *pool)
{
    Names names = { 0 };
    for (size_t i = 0; i < work.trials; i++)
        for (const char *figure = work.trial[i]->figures; *figure; figure = figure_next(figure)) {
            const char *name = intern_part(pool, figure, strcspn(figure, "="));
            if (!names_have(names, name))
                names_add(&names, name);
        }
    return names;
}

/* What unlike machines took is n times something, and nothing together. */
static void summarise_values(Summary *row, Group group, const Metric *metric, bool is_of_one_kind)
{
    double *value = memory_new(group.trials, sizeof *value);
    for (size_t i = 0; i < group.trials; i++)
        if (!isnan(measure(metric, group.trial[i])))
            value[row->n++] = measure(metric, group.trial[i]);
    size_t n = is_of_one_kind ? row->n : 0;
    Estimate middle = estimate_median(value, n);
    row->median = middle.value;
    row->lo = middle.lo;
    row->hi = middle.hi;
    row->outliers.known = count_outliers(value, n, &row->outliers.value);
    free(value);
}

void summary_set_ratio(Summary *row, const BlockPairs *pairs, Drawings *drawings)
{
    const Resamples *resamples = drawings_of_block_pairs(drawings, pairs);
    Estimate ratio = estimate_ratio(pairs->ours, pairs->theirs, resamples);
    row->ratio = ratio.value;
    row->ratio_lo = ratio.lo;
    row->ratio_hi = ratio.hi;
    row->pairs = pairs->n;
    row->detectable = detectable_difference(pairs->ours, pairs->theirs, resamples);
    row->contradicted = hosts_contradict(pairs, drawings);
}

/* Of the blocks in which both were ok. */
static BlockPairs pairs_of(Group group, Group base, const Metric *metric, const RunHosts *hosts)
{
    BlockPairs pairs = block_pairs_with_room(group.trials);
    for (size_t i = 0, j = 0; i < group.trials; i++) {
        const Trial *trial = group.trial[i];
        while (j < base.trials && base.trial[j]->block < trial->block)
            j++;
        if (j == base.trials || base.trial[j]->block != trial->block || !comparable(trial, base.trial[j], metric))
            continue;
        block_pairs_add(&pairs, trial->block, measure(metric, trial), measure(metric, base.trial[j]));
    }
    block_pairs_arrange(&pairs, hosts);
    return pairs;
}

/* The cell is ok when every trial was; else it is what its first other trial was. */
static const Trial *telling_trial(Group group)
{
    for (size_t i = 0; i < group.trials; i++)
        if (group.trial[i]->status != OK)
            return group.trial[i];
    return group.trial[0];
}

/* ---- All cells ------------------------------------------------------------------------------------------------------ */

typedef struct Summing {
    SummaryRows rows;
    Drawings drawings;
    TextPool *pool;
    HostRows *of_hosts;
    bool is_of_one_kind;
} Summing;

/* A cell, what it is compared with, and whether its variant has no larger size. */
typedef struct Compared {
    Group group, base;
    bool is_largest;
} Compared;

static void add_metric(Summing *summing, const Compared *cell, const Metric *metric, const char *name)
{
    const Trial *telling = telling_trial(cell->group);
    Summary row = { .cell = telling->cell, .status = telling->status, .reason = telling->reason, .metric = name };
    summarise_values(&row, cell->group, metric, summing->is_of_one_kind);
    BlockPairs pairs = pairs_of(cell->group, cell->base, metric, summing->of_hosts->hosts);
    summary_set_ratio(&row, &pairs, &summing->drawings);
    summary_rows_add(&summing->rows, &row);
    host_rows_add(summing->of_hosts, &row, &pairs, true, &summing->drawings);
    if (row.cell.control && cell->is_largest && texts_equal(name, TIME_METRIC))
        host_rows_add_control(summing->of_hosts, &pairs);
    block_pairs_free(&pairs);
}

static void add_figure(Summing *summing, const Compared *cell, const char *figure)
{
    char *name = text_format(FIGURE_PREFIX "%s", figure);
    add_metric(summing, cell, &(Metric){ figure, NULL }, intern(summing->pool, name));
    free(name);
}

/* Every cell of a work has the same figures: what none of its trials told is NA. */
static void add_work(Summing *summing, Group work, const Cell *baseline, bool is_largest)
{
    Names figures = figures_of(work, summing->pool);
    Compared cell = { .base = cell_in(work, baseline, false), .is_largest = is_largest };
    for (size_t at = 0; at < work.trials; at += cell.group.trials) {
        cell.group = group_at(work.trial + at, work.trial + work.trials);
        for (size_t i = 0; i < METRICS_OF_CELLS; i++)
            add_metric(summing, &cell, &metrics[i], metrics[i].name);
        for (size_t i = 0; i < figures.count; i++)
            add_figure(summing, &cell, figures.name[i]);
    }
    free(figures.name);
}

SummaryRows cell_rows_of(Group trials, const Cell *baseline, HostRows *of_hosts, TextPool *pool)
{
    Summing summing = { .pool = pool, .of_hosts = of_hosts, .is_of_one_kind = are_of_one_kind(of_hosts->hosts) };
    const Trial **end = trials.trial + trials.trials;
    for (const Trial **trial = trials.trial; trial < end;) {
        Group work = work_from(trial, end);
        add_work(&summing, work, baseline, is_largest_work(work, end));
        trial += work.trials;
    }
    drawings_free(&summing.drawings);
    return summing.rows;
}
