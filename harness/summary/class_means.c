#include "class_means.h"

#include "bounds.h"
#include "durable.h"
#include "groups.h"
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
    FILE *out;
    const Trial **first, **end; /* all trials, sorted */
    const Cell *baseline;
    Drawings drawings;
} Means;

/* Trials are sorted by variant, then by size: the largest is the last of its variant. */
static bool is_largest(const Means *means, Group work)
{
    const Trial **next = work.trial + work.trials;
    return next == means->end || !same_variant(&(*next)->cell, &(*work.trial)->cell);
}

/* A variant that the baseline cannot run has no ratios at all. */
static bool has_baseline(const Means *means, Group work)
{
    Group base = baseline_of(work, means->baseline);
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
        if (is_of_class && is_largest(means, work) && has_baseline(means, work))
            all.member[all.count++] = work;
        trial += work.trials;
    }
    return all;
}

/* The trial of the series in that block; NULL when there is none. */
static const Trial *trial_in(Group work, const Cell *series, uint64_t block)
{
    for (size_t i = 0; i < work.trials; i++) {
        const Trial *trial = work.trial[i];
        if (trial->block == block && same_series(&trial->cell, series) && trial->cell.control == series->control)
            return trial;
    }
    return NULL;
}

/* The mean of the logarithms of the ratios of all variants in the block; NAN when one of them has none. */
static double mean_in(const Means *means, const Members *members, const Cell *series, const Metric *metric, uint64_t block)
{
    Cell base = *means->baseline;
    double sum = 0;
    base.control = false;
    for (size_t i = 0; i < members->count; i++) {
        const Trial *ours = trial_in(members->member[i], series, block), *theirs = trial_in(members->member[i], &base, block);
        if (ours == NULL || theirs == NULL || !comparable(ours, theirs, metric))
            return NAN;
        sum += log(measure(metric, ours)) - log(measure(metric, theirs));
    }
    return sum / members->count;
}

static uint64_t last_block(const Members *members)
{
    uint64_t last = 0;
    for (size_t i = 0; i < members->count; i++)
        for (size_t j = 0; j < members->member[i].trials; j++)
            last = larger(last, members->member[i].trial[j]->block);
    return last;
}

/* As if the variants of the class were one program that takes as many times as long. */
static Estimate estimate_class(Means *means, const Members *members, const Cell *series, const Metric *metric, uint64_t *n)
{
    uint64_t blocks = last_block(members);
    double *ours = memory_new(blocks, sizeof *ours), *theirs = memory_new(blocks, sizeof *theirs);
    *n = 0;
    for (uint64_t block = 1; block <= blocks; block++) {
        double mean = mean_in(means, members, series, metric, block);
        if (isnan(mean))
            continue;
        ours[*n] = exp(mean);
        theirs[(*n)++] = 1;
    }
    Estimate estimate = estimate_ratio(ours, theirs, drawings_of(&means->drawings, *n));
    free(ours);
    free(theirs);
    return estimate;
}

static void write_series(Means *means, const Members *members, const Cell *series, const char *class)
{
    Cell cell = *series;
    cell.workload = class;
    cell.variant = MEAN_VARIANT;
    cell.input = "";
    cell.size = members->count;
    for (size_t i = 0; i < METRICS_OF_CELLS; i++) {
        uint64_t n;
        Estimate ratio = estimate_class(means, members, series, &metrics[i], &n);
        rows_write(means->out, &summary_layout, &(Summary){
            cell, n ? OK : UNSUPPORTED, n ? "" : "not in every variant", metrics[i].name, n,
            NAN, NAN, NAN, ratio.value, ratio.lo, ratio.hi,
        });
    }
}

/* The series of a class are those of its first member: each has all. */
static void write_class(Means *means, const Members *members, const char *class)
{
    const Trial **end = members->member->trial + members->member->trials;
    for (const Trial **trial = members->member->trial; trial < end; trial += group_at(trial, end).trials)
        write_series(means, members, &(*trial)->cell, class);
}

void class_means_write(const char *run_folder, const json_t *manifest, const Sheet *trials, TextPool *pool)
{
    char *file = text_format("%s/classes.csv", run_folder);
    Durable durable = durable_begin(file);
    Means means = {
        .out = durable.out, .first = sorted_trials(trials),
        .baseline = baseline_among(CELLS_OF(Trial, trials->row, trials->rows)),
    };
    means.end = means.first + trials->rows;
    rows_write_header(durable.out, &summary_layout);
    for (size_t i = 0; i < CLASS_NAMES && means.baseline; i++) {
        Members members = members_of(&means, class_names[i], manifest);
        if (members.count > 0)
            write_class(&means, &members, intern(pool, class_names[i]));
        free(members.member);
    }
    durable_end(&durable);
    drawings_free(&means.drawings);
    free(means.first);
    free(file);
}
