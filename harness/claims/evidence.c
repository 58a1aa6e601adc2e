#include "evidence.h"

#include "fail.h"
#include "manifest.h"
#include "memory.h"
#include "pause_summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Reading -------------------------------------------------------------------------------------------------------- */

static Sheet load(const char *run_folder, const char *name, const Layout *layout, TextPool *pool)
{
    char *file = text_format("%s/%s", run_folder, name);
    Sheet sheet = sheet_load(file, layout, pool);
    free(file);
    return sheet;
}

static const Cell *series_like(const Evidence *evidence, const Cell *cell)
{
    for (size_t i = 0; cell && i < evidence->series_count; i++)
        if (same_series(evidence->series[i], cell))
            return evidence->series[i];
    return NULL;
}

static int by_series(const void *a, const void *b)
{
    return series_order(*(const Cell *const *)a, *(const Cell *const *)b);
}

static void sort_trials(Evidence *evidence)
{
    evidence->sorted = sorted_trials(&evidence->trials);
    evidence->cell = memory_new(evidence->trials.rows + 1, sizeof *evidence->cell);
    evidence->series = memory_new(evidence->trials.rows + 1, sizeof *evidence->series);
    const Trial **trial = evidence->sorted, **end = trial + evidence->trials.rows;
    while (trial < end) {
        Group cell = group_at(trial, end);
        evidence->cell[evidence->cells++] = cell;
        if (!(*trial)->cell.control && !series_like(evidence, &(*trial)->cell))
            evidence->series[evidence->series_count++] = &(*trial)->cell;
        trial += cell.trials;
    }
    qsort(evidence->series, evidence->series_count, sizeof *evidence->series, by_series);
}

Evidence evidence_read(const char *run_folder)
{
    Evidence evidence = { 0 };
    evidence.manifest = manifest_read(run_folder);
    evidence.summary = load(run_folder, "summary.csv", &summary_layout, &evidence.pool);
    evidence.trials = load(run_folder, "trials.csv", &trial_layout, &evidence.pool);
    evidence.hosts = run_hosts_of(&evidence.trials, evidence.manifest);
    evidence.hiccup_ns = hiccup_floor_ns(run_folder, &evidence.pool);
    evidence.noises = noises_of(&evidence.summary);
    evidence.census = sheet_load_if_there(run_folder, "census.csv", &census_layout, &evidence.pool);
    evidence.pause_runs = sheet_load_if_there(run_folder, "pause_runs.csv", &pause_run_layout, &evidence.pool);
    evidence.pauses = sheet_load_if_there(run_folder, "pause_summary.csv", &pause_summary_layout, &evidence.pool);
    evidence.latency = sheet_load_if_there(run_folder, "latency.csv", &latency_layout, &evidence.pool);
    evidence.leaks = sheet_load_if_there(run_folder, "leaks.csv", &leak_layout, &evidence.pool);
    evidence.control = baseline_among(CELLS_OF(Trial, evidence.trials.row, evidence.trials.rows));
    sort_trials(&evidence);
    evidence.baseline = series_like(&evidence, evidence.control);
    return evidence;
}

void evidence_free(Evidence *evidence)
{
    drawings_free(&evidence->drawings);
    run_hosts_free(&evidence->hosts);
    free(evidence->series);
    free(evidence->cell);
    free(evidence->sorted);
    sheet_free(&evidence->pause_runs);
    sheet_free(&evidence->pauses);
    sheet_free(&evidence->latency);
    sheet_free(&evidence->leaks);
    sheet_free(&evidence->census);
    sheet_free(&evidence->trials);
    sheet_free(&evidence->summary);
    noises_free(&evidence->noises);
    json_decref(evidence->manifest);
    text_pool_free(&evidence->pool);
    *evidence = (Evidence){ 0 };
}

/* ---- Finding -------------------------------------------------------------------------------------------------------- */

const char *label_of(Evidence *evidence, const Cell *series)
{
    return series_label(series, CELLS_OF(Trial, evidence->trials.row, evidence->trials.rows), &evidence->pool);
}

const Cell *series_named(const Evidence *evidence, const char *strategy)
{
    for (size_t i = 0; i < evidence->series_count; i++)
        if (texts_equal(evidence->series[i]->strategy, strategy) && !*evidence->series[i]->settings)
            return evidence->series[i];
    return NULL;
}

static bool is_of(const Cell *cell, const Cell *series, const char *workload, const char *variant)
{
    return texts_equal(cell->workload, workload) && texts_equal(cell->variant, variant) && same_series(cell, series) &&
           cell->control == series->control;
}

Group cell_trials(const Evidence *evidence, const Cell *series, const char *workload, const char *variant, uint64_t size)
{
    for (size_t i = 0; i < evidence->cells; i++) {
        const Cell *cell = &(*evidence->cell[i].trial)->cell;
        if (cell->size == size && is_of(cell, series, workload, variant))
            return evidence->cell[i];
    }
    return (Group){ NULL, 0 };
}

uint64_t next_size(const Evidence *evidence, const Cell *series, const char *workload, const char *variant, uint64_t after)
{
    uint64_t next = 0;
    for (size_t i = 0; i < evidence->cells; i++) {
        const Cell *cell = &(*evidence->cell[i].trial)->cell;
        bool is_nearer = cell->size > after && (next == 0 || cell->size < next);
        if (is_nearer && is_of(cell, series, workload, variant))
            next = cell->size;
    }
    return next;
}

const Census *census_of(const Evidence *evidence, const Cell *series, const char *workload, const char *variant)
{
    const Census *census = evidence->census.row;
    for (size_t i = 0; i < evidence->census.rows; i++)
        if (census[i].status == OK && is_of(&census[i].cell, series, workload, variant))
            return &census[i];
    return NULL;
}

Count census_value(const Census *census, const char *column)
{
    for (size_t i = 0; i < census_layout.columns; i++)
        if (census_layout.column[i].kind == COUNT && texts_equal(census_layout.column[i].name, column))
            return *(const Count *)((const char *)census + census_layout.column[i].offset);
    fail("census.csv has no column %s", column);
}

/* Few runs: what they range over is all that is known of how much they differ. */
Finding longest_pause(const Evidence *evidence, const Census *census)
{
    const PauseRun *run = evidence->pause_runs.row;
    double *ns = memory_new(evidence->pause_runs.rows + 1, sizeof *ns);
    Finding finding = { { NAN, INFINITY, 0 }, 0 };
    for (size_t i = 0; i < evidence->pause_runs.rows; i++)
        if (cells_equal(&run[i].cell, &census->cell) && run[i].pause_longest_ns.known) {
            ns[finding.n++] = run[i].pause_longest_ns.value;
            finding.is.lo = fmin(finding.is.lo, ns[finding.n - 1]);
            finding.is.hi = fmax(finding.is.hi, ns[finding.n - 1]);
        }
    finding.is.value = median(ns, finding.n);
    free(ns);
    return finding;
}

Finding pauses_value(const Evidence *evidence, const Census *census, const char *metric)
{
    const PauseSummary *row = evidence->pauses.row;
    for (size_t i = 0; i < evidence->pauses.rows; i++)
        if (texts_equal(row[i].metric, metric) && cells_equal(&row[i].cell, &census->cell) && !isnan(row[i].median))
            return (Finding){ { row[i].median, row[i].lo, row[i].hi }, row[i].n };
    return (Finding){ .n = 0 };
}

uint64_t bytes_named(const Evidence *evidence, const Census *census)
{
    const Leak *leak = evidence->leaks.row;
    uint64_t bytes = 0;
    for (size_t i = 0; i < evidence->leaks.rows; i++)
        if (cells_equal(&leak[i].cell, &census->cell) && *leak[i].file && leak[i].line > 0)
            bytes += leak[i].bytes;
    return bytes;
}

/* ---- Estimating ----------------------------------------------------------------------------------------------------- */

Metric metric_named(const char *name)
{
    for (size_t i = 0; i < METRICS_OF_CELLS; i++)
        if (texts_equal(metrics[i].name, name))
            return metrics[i];
    if (strncmp(name, FIGURE_PREFIX, strlen(FIGURE_PREFIX)) != 0)
        fail("there is no metric %s", name);
    return (Metric){ name + strlen(FIGURE_PREFIX), NULL };
}

Finding value_of(const Evidence *evidence, Group cell, const char *name)
{
    if (!are_of_one_kind(&evidence->hosts))
        return (Finding){ .n = 0 };
    Metric metric = metric_named(name);
    double *value = memory_new(cell.trials + 1, sizeof *value);
    size_t n = 0;
    for (size_t i = 0; i < cell.trials; i++)
        if (!isnan(measure(&metric, cell.trial[i])))
            value[n++] = measure(&metric, cell.trial[i]);
    Finding finding = { estimate_median(value, n), n };
    free(value);
    return finding;
}

static bool have_ratio(const Trial *ours, const Metric *metric, const Trial *theirs, const Metric *per)
{
    return ours->block == theirs->block && measure(metric, ours) > 0 && measure(per, theirs) > 0;
}

Finding ratio_of(Evidence *evidence, Group ours, const char *name, Group theirs, const char *per_name)
{
    Metric metric = metric_named(name), per = metric_named(per_name);
    BlockPairs pairs = block_pairs_with_room(ours.trials);
    for (size_t i = 0, j = 0; i < ours.trials; i++) {
        while (j < theirs.trials && theirs.trial[j]->block < ours.trial[i]->block)
            j++;
        if (j == theirs.trials || !have_ratio(ours.trial[i], &metric, theirs.trial[j], &per))
            continue;
        block_pairs_add(&pairs, ours.trial[i]->block, measure(&metric, ours.trial[i]), measure(&per, theirs.trial[j]));
    }
    block_pairs_arrange(&pairs, &evidence->hosts);
    Finding finding = { estimate_ratio(pairs.ours, pairs.theirs, drawings_of_block_pairs(&evidence->drawings, &pairs)), pairs.n };
    block_pairs_free(&pairs);
    return finding;
}

Difference difference_in(const Evidence *evidence, const Finding *ratio, const char *metric)
{
    return difference_of(ratio->is, ratio->n, band_of(&evidence->noises, metric));
}

Finding counted(double value)
{
    return (Finding){ { value, value, value }, 1 };
}
