#include "summary.h"

#include "bounds.h"
#include "cell_rows.h"
#include "class_means.h"
#include "commands.h"
#include "count_rows.h"
#include "durable.h"
#include "fail.h"
#include "groups.h"
#include "growth.h"
#include "host_rows.h"
#include "ledger.h"
#include "lower_bounds.h"
#include "manifest.h"
#include "memory.h"
#include "noise.h"
#include "sweep_rows.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_planned(const char *run_folder)
{
    Manifest manifest = { .json = manifest_read(run_folder) };
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

/* A row that somebody copied would be paired with one of another block. */
static void must_be_there_once(const char *trials_file, const Sheet *trials)
{
    const Trial **sorted = sorted_trials(trials), *first = trials->row;
    for (size_t i = 1; i < trials->rows; i++)
        if (sorted[i]->block == sorted[i - 1]->block && cell_order(&sorted[i]->cell, &sorted[i - 1]->cell) == 0) {
            size_t later = larger(sorted[i] - first, sorted[i - 1] - first);
            fail("%s:%zu: this cell is in block %" PRIu64 " already", trials_file, trials->line[later], sorted[i]->block);
        }
    free(sorted);
}

static Sheet load_trials(const char *run_folder, TextPool *pool)
{
    char *file = text_format("%s/trials.csv", run_folder);
    Sheet sheet = sheet_load_unfinished(file, &trial_layout, pool);
    if (sheet.torn)
        notice("%s:%zu: the last line is torn and left out", file, sheet.torn);
    if (sheet.rows == 0)
        fail("%s: there are no trials to summarise", file);
    must_be_there_once(file, &sheet);
    blocks_must_be_of_one_host(file, &sheet);
    must_suit_plan(run_folder, file, &sheet, pool);
    free(file);
    return sheet;
}

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

static void write_growth(const char *run_folder, const Sheet *trials, const RunHosts *hosts)
{
    Sheet growth = growth_of(trials, hosts);
    write_sheet(run_folder, "growth.csv", &growth_layout, &growth);
    sheet_free(&growth);
}

/* None without a manifest that knows the classes. */
static Sheet write_classes(const char *run_folder, const Sheet *trials, const json_t *manifest, HostRows *of_hosts,
                           TextPool *pool)
{
    if (json_object_get(manifest, "classes") == NULL)
        return (Sheet){ 0 };
    Sheet classes = class_means_of(trials, manifest, of_hosts, pool);
    write_sheet(run_folder, "classes.csv", &summary_layout, &classes);
    return classes;
}

static void write_lower_bounds(const char *run_folder, const Sheet *trials, const RunHosts *hosts, const json_t *manifest,
                               TextPool *pool)
{
    Sheet instructions = sheet_load_if_there(run_folder, "instructions.csv", &instructions_layout, pool);
    Sheet bounds = lower_bounds_of(trials, hosts, &instructions, manifest, pool);
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
    Sheet trials = load_trials(run_folder, &pool);
    json_t *manifest = manifest_read(run_folder);
    say_missing_blocks(run_folder, manifest);
    RunHosts hosts = run_hosts_of(&trials, manifest);
    HostRows of_hosts = host_rows_begin(&hosts);
    Sheet summary = cell_rows_of(&trials, &of_hosts, &pool);
    write_sheet(run_folder, "summary.csv", &summary_layout, &summary);
    write_noise(run_folder, &summary);
    Sheet classes = write_classes(run_folder, &trials, manifest, &of_hosts, &pool);
    write_growth(run_folder, &trials, &hosts);
    write_lower_bounds(run_folder, &trials, &hosts, manifest, &pool);
    write_sweep(run_folder, &summary, &classes, manifest, &pool);
    if (hosts.hosts > 1)
        write_hosts(run_folder, &of_hosts);
    else
        remove_host_files(run_folder);
    sheet_free(&classes);
    host_rows_free(&of_hosts);
    run_hosts_free(&hosts);
    json_decref(manifest);
    sheet_free(&summary);
    sheet_free(&trials);
    text_pool_free(&pool);
}

Sheet summary_so_far(const char *run_folder, size_t *trials, TextPool *pool)
{
    Sheet sheet = load_trials(run_folder, pool);
    json_t *manifest = manifest_read(run_folder);
    RunHosts hosts = run_hosts_of(&sheet, manifest);
    HostRows of_hosts = host_rows_begin(&hosts);
    Sheet summary = cell_rows_of(&sheet, &of_hosts, pool);
    *trials = sheet.rows;
    host_rows_free(&of_hosts);
    run_hosts_free(&hosts);
    json_decref(manifest);
    sheet_free(&sheet);
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
