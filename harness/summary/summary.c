#include "summary.h"

#include "class_means.h"
#include "commands.h"
#include "durable.h"
#include "fail.h"
#include "groups.h"
#include "ledger.h"
#include "manifest.h"
#include "memory.h"
#include "registry.h"
#include "series.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static Estimate summarise_values(Group group, const Metric *metric, uint64_t *n, Drawings *drawings)
{
    double *value = memory_new(group.trials, sizeof *value);
    *n = 0;
    for (size_t i = 0; i < group.trials; i++)
        if (!isnan(measure(metric, group.trial[i])))
            value[(*n)++] = measure(metric, group.trial[i]);
    Estimate estimate = estimate_median(value, drawings_of(drawings, *n));
    free(value);
    return estimate;
}

/* Over the blocks in which both were ok. */
static Estimate summarise_ratio(Group group, Group base, const Metric *metric, Drawings *drawings)
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
    Estimate estimate = estimate_ratio(ours, theirs, drawings_of(drawings, n));
    free(ours);
    free(theirs);
    return estimate;
}

/* The cell is ok when every trial was; else it is what its first other trial was. */
static const Trial *telling_trial(Group group)
{
    for (size_t i = 0; i < group.trials; i++)
        if (group.trial[i]->status != OK)
            return group.trial[i];
    return group.trial[0];
}

/* One run of the summary over the trials of a file. */
typedef struct Summing {
    FILE *out;
    Drawings drawings;
    TextPool *pool;
} Summing;

static void write_metric(Summing *summing, Group group, Group base, const Metric *metric, const char *name)
{
    const Trial *telling = telling_trial(group);
    uint64_t n;
    Estimate middle = summarise_values(group, metric, &n, &summing->drawings);
    Estimate ratio = summarise_ratio(group, base, metric, &summing->drawings);
    rows_write(summing->out, &summary_layout, &(Summary){
        telling->cell, telling->status, telling->reason, name, n,
        middle.value, middle.lo, middle.hi, ratio.value, ratio.lo, ratio.hi,
    });
}

static void write_figure(Summing *summing, Group group, Group base, const char *figure)
{
    char *name = text_format(FIGURE_PREFIX "%s", figure);
    write_metric(summing, group, base, &(Metric){ figure, NULL }, name);
    free(name);
}

/* Every cell of a work has the same figures: what none of its trials told is NA. */
static void write_work(Summing *summing, Group work, const Cell *baseline)
{
    Names figures = figures_of(work, summing->pool);
    Group base = baseline_of(work, baseline);
    for (size_t at = 0; at < work.trials;) {
        Group group = group_at(work.trial + at, work.trial + work.trials);
        for (size_t i = 0; i < METRICS_OF_CELLS; i++)
            write_metric(summing, group, base, &metrics[i], metrics[i].name);
        for (size_t i = 0; i < figures.count; i++)
            write_figure(summing, group, base, figures.name[i]);
        at += group.trials;
    }
    free(figures.name);
}

static void write_rows(FILE *out, const Sheet *sheet, TextPool *pool)
{
    const Cell *baseline = baseline_among(CELLS_OF(Trial, sheet->row, sheet->rows));
    Summing summing = { .out = out, .pool = pool };
    const Trial **first = sorted_trials(sheet), **end = first + sheet->rows;
    rows_write_header(out, &summary_layout);
    for (const Trial **trial = first; trial < end;) {
        Group work = work_from(trial, end);
        write_work(&summing, work, baseline);
        trial += work.trials;
    }
    free(first);
    drawings_free(&summing.drawings);
}

static bool is_planned(const char *run_folder)
{
    char *file = text_format("%s/manifest.json", run_folder);
    Manifest manifest = { file, manifest_read(file) };
    bool planned = manifest_has_plan(&manifest);
    manifest_free(&manifest);
    return planned;
}

/* Where there is a plan: edited rows are not summarised. While the first block is not over nothing is expected yet. */
static void must_suit_plan(const char *run_folder, const char *trials_file, const Sheet *trials, TextPool *pool)
{
    char *file = text_format("%s/plan.csv", run_folder);
    if (access(file, F_OK) == 0 && is_planned(run_folder)) {
        Plan plan = plan_load(file, pool);
        Trial *tried = memory_new(plan.trials, sizeof *tried);
        ledger_must_suit(trials_file, trials, &plan, tried);
        free(tried);
        plan_free(&plan);
    }
    free(file);
}

static Sheet load_trials(const char *run_folder, TextPool *pool)
{
    char *file = text_format("%s/trials.csv", run_folder);
    Sheet sheet = sheet_load(file, &trial_layout, pool);
    if (sheet.torn)
        notice("%s:%zu: the last line is torn and left out", file, sheet.rows + 2);
    if (sheet.rows == 0)
        fail("%s: there are no trials to summarise", file);
    must_suit_plan(run_folder, file, &sheet, pool);
    free(file);
    return sheet;
}

static void write_summary(const char *run_folder, const Sheet *trials, TextPool *pool)
{
    char *file = text_format("%s/summary.csv", run_folder);
    Durable durable = durable_begin(file);
    write_rows(durable.out, trials, pool);
    durable_end(&durable);
    free(file);
}

void summary_write(const char *run_folder)
{
    TextPool pool = { 0 };
    Sheet trials = load_trials(run_folder, &pool);
    write_summary(run_folder, &trials, &pool);
    char *manifest_file = text_format("%s/manifest.json", run_folder);
    json_t *manifest = manifest_read(manifest_file);
    if (json_object_get(manifest, "classes"))
        class_means_write(run_folder, manifest, &trials, &pool);
    json_decref(manifest);
    free(manifest_file);
    sheet_free(&trials);
    text_pool_free(&pool);
}

Sheet summary_so_far(const char *run_folder, size_t *trials, TextPool *pool)
{
    char *text;
    size_t length;
    Sheet sheet = load_trials(run_folder, pool);
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for a summary");
    write_rows(out, &sheet, pool);
    if (fclose(out) != 0)
        fail("no memory for a summary");
    FILE *in = fmemopen(text, length, "r");
    if (in == NULL)
        fail("no memory for a summary");
    Sheet summary = sheet_read(in, "the summary so far", &summary_layout, pool);
    fclose(in);
    free(text);
    *trials = sheet.rows;
    sheet_free(&sheet);
    return summary;
}

int summarise_main(int count, char **words)
{
    if (count != 2 || *words[1] == '-') {
        bool asked = count == 2 && texts_equal(words[1], "--help");
        fputs("Usage: reclaim summarise RUN_FOLDER\n\nWrites RUN_FOLDER/summary.csv from its trials.csv again.\n",
              asked ? stdout : stderr);
        return asked ? ALL_WELL : CANNOT_GO_ON;
    }
    summary_write(words[1]);
    return ALL_WELL;
}
