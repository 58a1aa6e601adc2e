#include "cell_rows.h"

#include "groups.h"
#include "memory.h"
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

/* What is below the band could not be told, however many blocks there were. */
static void judge(Summary *row, double band)
{
    Estimate ratio = { row->ratio, row->ratio_lo, row->ratio_hi };
    row->verdict = difference_of(ratio, row->pairs, band);
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

static void summarise_values(Summary *row, Group group, const Metric *metric)
{
    double *value = memory_new(group.trials, sizeof *value);
    for (size_t i = 0; i < group.trials; i++)
        if (!isnan(measure(metric, group.trial[i])))
            value[row->n++] = measure(metric, group.trial[i]);
    Estimate middle = estimate_median(value, row->n);
    row->median = middle.value;
    row->lo = middle.lo;
    row->hi = middle.hi;
    row->outliers.known = count_outliers(value, row->n, &row->outliers.value);
    free(value);
}

void summary_set_ratio(Summary *row, const double *ours, const double *theirs, uint64_t pairs, Drawings *drawings)
{
    const Resamples *resamples = drawings_of(drawings, pairs);
    Estimate ratio = estimate_ratio(ours, theirs, resamples);
    row->ratio = ratio.value;
    row->ratio_lo = ratio.lo;
    row->ratio_hi = ratio.hi;
    row->pairs = pairs;
    row->detectable = detectable_difference(ours, theirs, resamples);
}

/* Over the blocks in which both were ok. */
static void summarise_ratio(Summary *row, Group group, Group base, const Metric *metric, Drawings *drawings)
{
    double *ours = memory_new(group.trials, sizeof *ours), *theirs = memory_new(group.trials, sizeof *theirs);
    size_t n = 0;
    for (size_t i = 0, j = 0; i < group.trials; i++) {
        const Trial *trial = group.trial[i];
        while (j < base.trials && base.trial[j]->block < trial->block)
            j++;
        if (j == base.trials || base.trial[j]->block != trial->block || !comparable(trial, base.trial[j], metric))
            continue;
        ours[n] = measure(metric, trial);
        theirs[n++] = measure(metric, base.trial[j]);
    }
    summary_set_ratio(row, ours, theirs, n, drawings);
    free(ours);
    free(theirs);
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
} Summing;

static void add_metric(Summing *summing, Group group, Group base, const Metric *metric, const char *name)
{
    const Trial *telling = telling_trial(group);
    Summary row = { .cell = telling->cell, .status = telling->status, .reason = telling->reason, .metric = name };
    summarise_values(&row, group, metric);
    summarise_ratio(&row, group, base, metric, &summing->drawings);
    summary_rows_add(&summing->rows, &row);
}

static void add_figure(Summing *summing, Group group, Group base, const char *figure)
{
    char *name = text_format(FIGURE_PREFIX "%s", figure);
    add_metric(summing, group, base, &(Metric){ figure, NULL }, intern(summing->pool, name));
    free(name);
}

/* Every cell of a work has the same figures: what none of its trials told is NA. */
static void add_work(Summing *summing, Group work, const Cell *baseline)
{
    Names figures = figures_of(work, summing->pool);
    Group base = cell_in(work, baseline, false);
    for (size_t at = 0; at < work.trials;) {
        Group group = group_at(work.trial + at, work.trial + work.trials);
        for (size_t i = 0; i < METRICS_OF_CELLS; i++)
            add_metric(summing, group, base, &metrics[i], metrics[i].name);
        for (size_t i = 0; i < figures.count; i++)
            add_figure(summing, group, base, figures.name[i]);
        at += group.trials;
    }
    free(figures.name);
}

Sheet cell_rows_of(const Sheet *trials, TextPool *pool)
{
    const Cell *baseline = baseline_among(CELLS_OF(Trial, trials->row, trials->rows));
    Summing summing = { .pool = pool };
    const Trial **first = sorted_trials(trials), **end = first + trials->rows;
    for (const Trial **trial = first; trial < end;) {
        Group work = work_from(trial, end);
        add_work(&summing, work, baseline);
        trial += work.trials;
    }
    free(first);
    drawings_free(&summing.drawings);
    return summary_rows_judged(&summing.rows);
}
