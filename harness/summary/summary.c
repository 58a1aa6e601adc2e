#include "summary.h"

#include "commands.h"
#include "count_rows.h"
#include "durable.h"
#include "fail.h"
#include "ledger.h"
#include "lower_bounds.h"
#include "manifest.h"
#include "memory.h"
#include "noise.h"
#include "parts.h"
#include "sweep_rows.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- What must be so ------------------------------------------------------------------------------------------------- */

/* Where there is a plan: edited rows are not summarised. What merging has written it has looked at. While the first block is not
 * over nothing is expected yet. */
static void must_suit_plan(const char *run_folder, json_t *json, const char *trials_file)
{
    char *file = text_format("%s/plan.csv", run_folder);
    const Manifest manifest = { .json = json };
    if (access(file, F_OK) == 0 && manifest_has_plan(&manifest) && !manifest_has_trials(&manifest, trials_file)) {
        TextPool pool = { 0 };
        Plan plan = plan_load(file, &pool);
        Sheet trials = sheet_load_unfinished(trials_file, &trial_layout, &pool);
        Trial *tried = memory_new(plan.trials, sizeof *tried);
        ledger_must_suit(trials_file, &trials, &plan, tried);
        free(tried);
        sheet_free(&trials);
        plan_free(&plan);
        text_pool_free(&pool);
    }
    free(file);
}

/* ---- Trials, and what is worked out of them -------------------------------------------------------------------------- */

typedef struct Sums {
    char *trials_file;
    Outline outline;
    json_t *manifest;
    RunHosts hosts;
    HostRows of_hosts; /* refer to `hosts` */
    Worked worked;
    Sheet classes; /* none without a manifest that knows the classes */
} Sums;

static bool knows_classes(const json_t *manifest)
{
    return json_object_get(manifest, "classes") != NULL;
}

static void sum_up(Sums *sums, const char *run_folder, TextPool *pool)
{
    sums->trials_file = text_format("%s/trials.csv", run_folder);
    sums->manifest = manifest_read(run_folder);
    sums->outline = outline_of(sums->trials_file, TRIALS_AT_ONCE, pool);
    must_suit_plan(run_folder, sums->manifest, sums->trials_file);
    sums->hosts = run_hosts_of_blocks(sums->outline.host, sums->outline.blocks, sums->manifest);
    sums->of_hosts = host_rows_begin(&sums->hosts);
    sums->worked = worked_out(&sums->outline, sums->manifest, &sums->of_hosts, pool);
    sums->classes = knows_classes(sums->manifest) ? class_means_of(&sums->worked.classes, &sums->of_hosts, pool)
                                                  : (Sheet){ 0 };
}

static void sums_free(Sums *sums)
{
    sheet_free(&sums->classes);
    worked_free(&sums->worked);
    host_rows_free(&sums->of_hosts);
    run_hosts_free(&sums->hosts);
    json_decref(sums->manifest);
    outline_free(&sums->outline);
    free(sums->trials_file);
}

static const Cell *baseline_of(const Sums *sums)
{
    return sums->outline.baseline.control ? &sums->outline.baseline : NULL;
}

/* ---- Files ----------------------------------------------------------------------------------------------------------- */

/* Nothing that is worked out of the others shows it. */
static void say_missing_blocks(const char *run_folder, const json_t *manifest)
{
    const char *missing = manifest_missing_blocks(manifest);
    if (*missing)
        notice("%s: blocks are missing: %s; `reclaim merge %s` says how to measure them", run_folder, missing, run_folder);
}

static void write_sheet(const char *run_folder, const char *name, const Layout *layout, const Sheet *sheet)
{
    char *file = text_format("%s/%s", run_folder, name);
    Durable durable = durable_begin(file);
    rows_write_header(durable.out, layout);
    for (size_t i = 0; i < sheet->rows; i++)
        rows_write(durable.out, layout, (const char *)sheet->row + i * layout->row_size);
    durable_end(&durable);
    free(file);
}

static void write_noise(const char *run_folder, const Sheet *summary)
{
    Noises noises = noises_of(summary);
    write_sheet(run_folder, "noise.csv", &noise_layout, &(Sheet){ .row = noises.of, .rows = noises.count });
    noises_free(&noises);
}

static void write_growth(const char *run_folder, const Worked *worked)
{
    write_sheet(run_folder, "growth.csv", &growth_layout, &(Sheet){ .row = worked->growth, .rows = worked->growths });
}

static void write_lower_bounds(const char *run_folder, const Sums *sums, TextPool *pool)
{
    Sheet instructions = sheet_load_if_there(run_folder, "instructions.csv", &instructions_layout, pool);
    Sheet bounds = lower_bounds_of(&sums->worked.costs, baseline_of(sums), &instructions, sums->manifest, pool);
    write_sheet(run_folder, "lower_bounds.csv", &lower_bound_layout, &bounds);
    sheet_free(&bounds);
    sheet_free(&instructions);
}

static bool has_settings(const Sheet *summary)
{
    const Summary *row = summary->row;
    size_t i = 0;
    while (i < summary->rows && *row[i].cell.settings == '\0')
        i++;
    return i < summary->rows;
}

/* What was counted is not read where there is no sweep that it was counted of. */
static void write_sweep(const char *run_folder, const Sheet *summary, const Sheet *classes, const json_t *manifest,
                        TextPool *pool)
{
    Sheet census = has_settings(summary) ? sheet_load_if_there(run_folder, "census.csv", &census_layout, pool) : (Sheet){ 0 };
    Sheet sweep = { 0 };
    sweep_rows_add(&sweep, summary, &census, manifest, pool);
    sweep_rows_add(&sweep, classes, &census, manifest, pool);
    write_sheet(run_folder, "sweep.csv", &sweep_layout, &sweep);
    sheet_free(&sweep);
    sheet_free(&census);
}

/* Of one host nobody needs them; those of an earlier merging of fewer blocks would be wrong. */
static void remove_host_files(const char *run_folder)
{
    static const char *const names[] = { "hosts.csv", "host_ratios.csv", "agreement.csv" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *file = text_format("%s/%s", run_folder, names[i]);
        if (unlink(file) != 0 && errno != ENOENT)
            fail("%s: it cannot be removed: %s", file, strerror(errno));
        free(file);
    }
}

static void write_hosts(const char *run_folder, HostRows *of_hosts)
{
    Sheet hosts = host_rows_of(of_hosts);
    write_sheet(run_folder, "hosts.csv", &host_layout, &hosts);
    write_sheet(run_folder, "host_ratios.csv", &host_ratio_layout,
                &(Sheet){ .row = of_hosts->ratio, .rows = of_hosts->ratios });
    write_sheet(run_folder, "agreement.csv", &agreement_layout,
                &(Sheet){ .row = of_hosts->agreement, .rows = of_hosts->agreements });
    sheet_free(&hosts);
}

void summary_write(const char *run_folder)
{
    TextPool pool = { 0 };
    Sums sums;
    sum_up(&sums, run_folder, &pool);
    say_missing_blocks(run_folder, sums.manifest);
    Sheet summary = summary_rows_judged(&sums.worked.rows);
    write_sheet(run_folder, "summary.csv", &summary_layout, &summary);
    write_noise(run_folder, &summary);
    if (knows_classes(sums.manifest))
        write_sheet(run_folder, "classes.csv", &summary_layout, &sums.classes);
    write_growth(run_folder, &sums.worked);
    write_lower_bounds(run_folder, &sums, &pool);
    write_sweep(run_folder, &summary, &sums.classes, sums.manifest, &pool);
    if (sums.hosts.hosts > 1)
        write_hosts(run_folder, &sums.of_hosts);
    else
        remove_host_files(run_folder);
    sheet_free(&summary);
    sums_free(&sums);
    text_pool_free(&pool);
}

Sheet summary_so_far(const char *run_folder, size_t *trials, TextPool *pool)
{
    Sums sums;
    sum_up(&sums, run_folder, pool);
    Sheet summary = summary_rows_judged(&sums.worked.rows);
    *trials = sums.outline.rows;
    sums_free(&sums);
    return summary;
}

int summarise_main(int count, char **words)
{
    if (count != 2 || *words[1] == '-') {
        bool asked = count == 2 && texts_equal(words[1], "--help");
        fputs("Usage: reclaim summarise RUN_FOLDER\n"
              "\n"
              "Writes RUN_FOLDER/summary.csv, classes.csv, noise.csv, growth.csv, lower_bounds.csv and sweep.csv\n"
              "from its trials.csv again; sweep.csv with what census.csv counted, lower_bounds.csv with what\n"
              "instructions.csv did. Of a run on several machines also hosts.csv, host_ratios.csv and agreement.csv.\n",
              asked ? stdout : stderr);
        return asked ? ALL_WELL : CANNOT_GO_ON;
    }
    summary_write(words[1]);
    return ALL_WELL;
}
