#include "run.h"

#include "clock.h"
#include "durable.h"
#include "fail.h"
#include "hiccups.h"
#include "hyperfine.h"
#include "ledger.h"
#include "machine_lock.h"
#include "memory.h"
#include "pilot.h"
#include "run_folder.h"
#include "stopping.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define HOW_TO_GO_ON "stopped; what is there is kept, go on with: make bench RUN=%s"

/* ---- What cells there are ------------------------------------------------------------------------------------------- */

void run_read_catalogue(Run *run)
{
    const Parameters *parameters = &run->parameters;
    run->catalogue = catalogue_read(run->request.build, parameters->strategies, parameters->workloads, &run->pool);
    for (size_t i = 0; i < parameters->inputs; i++)
        catalogue_set_input(&run->catalogue, parameters->input[i].workload, parameters->input[i].file);
    catalogue_read_inputs(&run->catalogue, &run->pool);
}

/* ---- A new run ------------------------------------------------------------------------------------------------------ */

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

/* These are rows, but nothing is run for them. */
static void say_unsupported(size_t cells)
{
    if (cells > 0)
        fprintf(stderr, "; %zu more cell%s unsupported", cells, cells == 1 ? " is" : "s are");
    fputc('\n', stderr);
}

static void say_series(size_t strategies, size_t series)
{
    fprintf(stderr, "%zu strateg%s", strategies, strategies == 1 ? "y" : "ies");
    if (series > strategies)
        fprintf(stderr, " in %zu configurations", series);
}

static void say_what_is_run(const Run *run)
{
    const Plan *block = &run->block;
    const Parameters *parameters = &run->parameters;
    size_t strategies = parameters->strategies.count, workloads = parameters->workloads.count, cells = plan_runs(block);
    say_series(strategies, plan_series(block));
    fprintf(stderr, " x %zu workload%s, %zu cell%s", workloads, plural(workloads), cells, plural(cells));
    say_unsupported(block->trials - cells);
    fprintf(stderr, "run %s, seed %" PRIu64 ", baseline %s\n", run->name, parameters->seed, parameters->baseline);
}

static void say_if_baseline_was_replaced(const Run *run)
{
    const char *asked = run->request.baseline ? run->request.baseline : USUAL_BASELINE, *taken = run->parameters.baseline;
    if (!texts_equal(asked, taken))
        notice("the baseline %s is not among the strategies of this run: %s takes its place", asked, taken);
}

void run_say_beginning(const Run *run)
{
    say_if_baseline_was_replaced(run);
    say_what_is_run(run);
}

Manifest run_manifest(const Run *run)
{
    Manifest manifest = manifest_new(run->manifest_file, run->name, &run->request, &run->pinning);
    manifest_begin_session(&manifest);
    manifest_set_parameters(&manifest, &run->parameters);
    manifest_set_classes(&manifest, &run->catalogue);
    manifest_set_cells(&manifest, &run->parameters, run->request.build);
    manifest_set_inputs(&manifest, &run->catalogue.inputs);
    return manifest;
}

/* The manifest comes last: where there is one, trials.csv is whole. */
static void save_beginning(Run *run)
{
    run->manifest = run_manifest(run);
    unlink(run->hiccups_file); /* of a run of this name that was killed before it had a manifest */
    ledger_create(run->trials_file, NULL, 0);
    manifest_save(&run->manifest);
    stopping_says(HOW_TO_GO_ON, run->name);
}

static void begin(Run *run)
{
    run->parameters = parameters_for(&run->request, &run->pool);
    run_read_catalogue(run);
    run->machine = machine_lock(run->name);
    run_folder_make(run);
    pilot_open(run);
    run_say_beginning(run);
    save_beginning(run);
}

/* ---- A run that goes on --------------------------------------------------------------------------------------------- */

size_t run_trials_left(const Run *run)
{
    size_t left = 0;
    for (size_t i = 0; i < run->plan.trials; i++)
        left += planned_is_run(&run->plan.trial[i]) && run->tried[i].block == 0;
    return left;
}

static void open_plan(Run *run)
{
    run->plan = plan_load(run->plan_file, &run->pool);
    manifest_check_plan(&run->manifest, run->name, run->plan_file);
    run->tried = memory_new(run->plan.trials, sizeof *run->tried);
}

static _Noreturn void is_shared(const Run *run)
{
    fail("run %s is one that several machines share: go on with %s/reclaim bench --run %s --shard 1/1, then %s/reclaim merge %s",
         run->name, run->request.build, run->name, run->request.build, run->folder);
}

/* A run that several machines share is one run when it is merged, and then there is nothing left to measure. */
static void must_be_merged(const Run *run)
{
    if (run->parameters.tasks != NOT_ASKED && access(run->trials_file, F_OK) != 0)
        is_shared(run);
}

static void must_be_complete(const Run *run)
{
    if (run->parameters.tasks != NOT_ASKED && run_trials_left(run) > 0)
        is_shared(run);
}

/* Of a session that was killed while it wrote one of them, and this one might not write it again. */
static void remove_drafts(const Run *run)
{
    const char *const file[] = { run->manifest_file, run->plan_file, run->trials_file, run->hiccups_file };
    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
        durable_forget(file[i]);
}

static void go_on(Run *run)
{
    run_folder_lock(run);
    remove_drafts(run);
    stopping_says(HOW_TO_GO_ON, run->name);
    run->manifest = manifest_load(run->manifest_file);
    run->parameters = manifest_parameters(&run->manifest, &run->pool);
    parameters_must_suit(&run->parameters, &run->request, run->name, &run->pool);
    must_be_merged(run);
    run_read_catalogue(run);
    manifest_check_cells(&run->manifest, run->name, &run->parameters, run->request.build);
    manifest_check_inputs(&run->manifest, run->name, &run->catalogue.inputs);
    if (manifest_has_plan(&run->manifest))
        open_plan(run);
    else
        pilot_open(run);
    ledger_recover(run->trials_file, &run->plan, run->tried, &run->pool);
    must_be_complete(run);
    if (is_pilot(run) || run_trials_left(run) > 0)
        run->machine = machine_lock(run->name);
    manifest_begin_session(&run->manifest);
    manifest_set_parameters(&run->manifest, &run->parameters);
    manifest_save(&run->manifest);
    notice("run %s goes on: %zu of %zu trials are left%s", run->name, run_trials_left(run), plan_runs(&run->plan),
           is_pilot(run) ? " in its first block" : "");
}

void run_end_measuring(Run *run)
{
    machine_unlock(run->machine);
    run->machine = NO_LOCK;
}

/* ---- Opened, and freed ---------------------------------------------------------------------------------------------- */

void run_set_clock(Run *run, double ahead_s)
{
    double begun = manifest_started(&run->manifest) + (isnan(ahead_s) ? 0 : ahead_s);
    double since_s = hiccups_since_s(run->hiccups_file, begun, &run->pool);
    for (size_t i = 0; i < run->plan.trials; i++)
        if (run->tried[i].block != 0)
            since_s = fmax(since_s, run->tried[i].started_s);
    run->clock_offset_s = since_s - seconds_now();
}

void run_prepare(Run *run, Request request)
{
    run->request = request;
    run->machine = NO_LOCK;
    run->pinning = pinning_choose();
    run->conditions = (Conditions){
        .parameters = &run->parameters, .hyperfine = hyperfine_find(), .build = request.build, .inputs = &run->catalogue.inputs,
        .core = run->pinning.trials,
    };
    run_folder_name(run);
}

void run_open(Run *run, Request request)
{
    run_prepare(run, request);
    if (request.run && run_folder_has_manifest(run))
        go_on(run);
    else
        begin(run);
    run_set_clock(run, 0);
}

double run_clock_s(const Run *run)
{
    return seconds_now() + run->clock_offset_s;
}

void run_free(Run *run)
{
    manifest_free(&run->manifest);
    plan_free(&run->plan);
    plan_free(&run->block);
    catalogue_free(&run->catalogue);
    parameters_free(&run->parameters);
    free(run->tried);
    free((char *)run->conditions.hyperfine);
    run_folder_free(run);
    json_decref(run->attempt);
    text_pool_free(&run->pool);
}
