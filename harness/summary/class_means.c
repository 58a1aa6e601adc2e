#include "class_means.h"

#include "cell_rows.h"
#include "manifest.h"
#include "memory.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>

/* The members of one class: its variants, each at its largest size. */
typedef struct Members {
    Group *member;
    size_t count;
} Members;

typedef struct Means {
    SummaryRows rows;
    const Trial **first, **end; /* all trials, sorted */
    const Cell *baseline;
    Drawings drawings;
    HostRows *of_hosts;
} Means;

/* A variant that the baseline cannot run has no ratios at all. */
static bool has_baseline(const Means *means, Group work)
{
    Group base = cell_in(work, means->baseline, false);
    for (size_t i = 0; i < base.trials; i++)
        if (base.trial[i]->status == OK)
            return true;
    return false;
}

static Members members_of(const Means *means, const char *class, const json_t *manifest)
{
    Members all = { .member = memory_new(means->end - means->first, sizeof *all.member) };
    for (const Trial **trial = means->first; trial < means->end;) {
        Group work = work_from(trial, means->end);
        bool is_of_class = texts_equal(manifest_class(manifest, (*trial)->cell.workload), class);
        if (is_of_class && is_largest_work(work, means->end) && has_baseline(means, work))
            all.member[all.count++] = work;
        trial += work.trials;
    }
    return all;
}

/* What a series is in each member, and what the baseline is. */
static GroupPair *pairs_of(const Means *means, const Members *members, const Cell *series)
{
    GroupPair *pair = memory_new(members->count, sizeof *pair);
    for (size_t i = 0; i < members->count; i++)
        pair[i] = (GroupPair){ cell_in(members->member[i], series, series->control),
                               cell_in(members->member[i], means->baseline, false) };
    return pair;
}

/* As if the variants of the class were one program that takes as many times as long. */
static void estimate_class(Means *means, Summary *row, const GroupPair *pair, size_t members, uint64_t blocks,
                           const Metric *metric)
{
    BlockPairs pairs = block_pairs_of_means(pair, members, blocks, metric, means->of_hosts->hosts);
    row->n = pairs.n;
    summary_set_ratio(row, &pairs, &means->drawings);
    host_rows_add(means->of_hosts, row, &pairs, false, &means->drawings);
    block_pairs_free(&pairs);
}

static void add_series(Means *means, const Members *members, const Cell *series, const char *class)
{
    Cell cell = *series;
    cell.workload = class;
    cell.variant = MEAN_VARIANT;
    cell.input = "";
    cell.size = members->count;
    GroupPair *pair = pairs_of(means, members, series);
    uint64_t blocks = last_block((Group){ means->first, means->end - means->first });
    for (size_t i = 0; i < METRICS_OF_CELLS; i++) {
        Summary row = { .cell = cell, .metric = metrics[i].name, .median = NAN, .lo = NAN, .hi = NAN };
        estimate_class(means, &row, pair, members->count, blocks, &metrics[i]);
        row.status = row.n ? OK : UNSUPPORTED;
        row.reason = row.n ? "" : "not in every variant";
        summary_rows_add(&means->rows, &row);
    }
    free(pair);
}

/* The series of a class are those of its first member: each has all. */
static void add_class(Means *means, const Members *members, const char *class)
{
    const Trial **end = members->member->trial + members->member->trials;
    for (const Trial **trial = members->member->trial; trial < end; trial += group_at(trial, end).trials)
        add_series(means, members, &(*trial)->cell, class);
}

Sheet class_means_of(const Sheet *trials, const json_t *manifest, HostRows *of_hosts, TextPool *pool)
{
    Means means = { .first = sorted_trials(trials), .baseline = baseline_among(CELLS_OF(Trial, trials->row, trials->rows)),
                    .of_hosts = of_hosts };
    means.end = means.first + trials->rows;
    for (size_t i = 0; i < CLASS_NAMES && means.baseline; i++) {
        Members members = members_of(&means, class_names[i], manifest);
        if (members.count > 0)
            add_class(&means, &members, intern(pool, class_names[i]));
        free(members.member);
    }
    drawings_free(&means.drawings);
    free(means.first);
    return summary_rows_judged(&means.rows);
}
