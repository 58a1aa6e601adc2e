#include "page_run.h"

#include "by_name.h"
#include "fail.h"
#include "host_rows.h"
#include "manifest.h"
#include "memory.h"
#include "path.h"
#include "series.h"
#include "stress_rows.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

/* No file is a sheet whose `row` is NULL. */
static Sheet load(PageRun *run, const char *name, const Layout *layout)
{
    char *file = text_format("%s/%s", run->folder, name);
    bool is_there = access(file, F_OK) == 0;
    Sheet sheet = is_there ? sheet_load_by_name(file, layout, NONE_ABSENT, &run->pool) : (Sheet){ 0 };
    free(file);
    return sheet;
}

static json_t *load_manifest(const PageRun *run)
{
    json_t *manifest = manifest_read(run->folder);
    if (manifest == NULL)
        fail("there is no run in %s: it has no manifest.json", run->folder);
    return manifest;
}

static bool is_known(const PageRun *run, const Cell *cell)
{
    for (size_t i = 0; i < run->series_count; i++)
        if (same_series(&run->series[i], cell))
            return true;
    return false;
}

static void note_series(PageRun *run)
{
    const PageSummary *row = run->summary.row;
    size_t room = 0;
    for (size_t i = 0; i < run->summary.rows; i++)
        if (!is_known(run, &row[i].cell)) {
            run->series = memory_room(run->series, &room, run->series_count + 1, sizeof *run->series);
            run->series[run->series_count++] = row[i].cell;
        }
}

const char *page_label(PageRun *run, const Cell *cell)
{
    return series_label(cell, (CellsOf){ run->series, run->series_count, sizeof *run->series }, &run->pool);
}

static const char *baseline_of(PageRun *run)
{
    if (run->summary.rows == 0)
        return "the baseline";
    const Cell *baseline = baseline_among(CELLS_OF(PageSummary, run->summary.row, run->summary.rows));
    return baseline ? page_label(run, baseline) : "the baseline";
}

/* Names of files become links, and scripts are copied: none of them may lead out of the folder. */
static void check_pictures(const PageRun *run, const char *file, const Sheet *charts)
{
    const PagePicture *row = charts->row;
    for (size_t i = 0; i < charts->rows; i++) {
        const char *const column[] = { "file", "script", "data" }, *const name[] = { row[i].file, row[i].script, row[i].data };
        for (int c = 0; c < 3; c++)
            if (path_leads_outside(name[c]))
                fail("%s/charts/%s:%zu: column %s: it leads out of the run's folder", run->folder, file, charts->line[i], column[c]);
    }
}

PageRun page_run_read(const char *folder)
{
    PageRun run = { .folder = folder };
    run.manifest = load_manifest(&run);
    run.summary = load(&run, "summary.csv", &page_summary_layout);
    run.trials = load(&run, "trials.csv", &page_trial_layout);
    run.census = load(&run, "census.csv", &page_census_layout);
    run.findings = load(&run, "findings.csv", &page_finding_layout);
    run.claims = load(&run, "claims.csv", &page_claim_layout);
    run.noise = load(&run, "noise.csv", &page_noise_layout);
    run.charts = load(&run, "charts/charts.csv", &page_chart_layout);
    run.bounds = load(&run, "lower_bounds.csv", &page_bound_layout);
    run.growth = load(&run, "growth.csv", &page_growth_layout);
    run.hosts = load(&run, "hosts.csv", &host_layout);
    run.host_ratios = load(&run, "host_ratios.csv", &host_ratio_layout);
    run.agreement = load(&run, "agreement.csv", &agreement_layout);
    run.stress = load(&run, "stress.csv", &stress_layout);
    run.stress_charts = load(&run, "charts/stress_charts.csv", &page_chart_layout);
    check_pictures(&run, "charts.csv", &run.charts);
    check_pictures(&run, "stress_charts.csv", &run.stress_charts);
    note_series(&run);
    run.baseline = baseline_of(&run);
    return run;
}

void page_run_free(PageRun *run)
{
    Sheet *const sheets[] = { &run->summary, &run->trials, &run->census, &run->findings, &run->claims, &run->noise,
                              &run->charts, &run->bounds, &run->growth, &run->hosts, &run->host_ratios, &run->agreement, &run->stress,
                              &run->stress_charts };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        sheet_free(sheets[i]);
    free(run->series);
    json_decref(run->manifest);
    text_pool_free(&run->pool);
}

const char *page_fact(const PageRun *run, const char *key)
{
    const char *text = json_string_value(json_object_get(run->manifest, key));
    return text ? text : "";
}

bool page_has_file(const PageRun *run, const char *file)
{
    char *path = text_format("%s/%s", run->folder, file);
    bool found = access(path, F_OK) == 0;
    free(path);
    return found;
}
