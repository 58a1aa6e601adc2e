#include "run.h"

#include "clock.h"
#include "durable.h"
#include "expectation.h"
#include "fail.h"
#include "hyperfine.h"
#include "ledger.h"
#include "machine_lock.h"
#include "memory.h"
#include "path.h"
#include "pilot.h"
#include "verdict.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* ---- The folder ------------------------------------------------------------------------------------------------- */

static bool exists(const char *file)
{
    return access(file, F_OK) == 0;
}

static bool is_taken(const char *results, const char *name)
{
    char *folder = text_format("%s/%s", results, name);
    bool taken = exists(folder);
    free(folder);
    return taken;
}

/* With a number behind it when there is such a run: two may begin within a second. */
static const char *name_after_the_time(const char *results, TextPool *pool)
{
    char second[32], name[48];
    time_t now = time(NULL);
    struct tm utc;
    strftime(second, sizeof second, "%Y-%m-%dT%H%M%S", gmtime_r(&now, &utc));
    snprintf(name, sizeof name, "%s", second);
    for (int n = 2; is_taken(results, name); n++)
        snprintf(name, sizeof name, "%s-%d", second, n);
    return intern(pool, name);
}

/* Two runners on one run would take each other's rows for damage. The lock goes with this process, however it ends. */
static int lock_folder(const char *folder)
{
    int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0)
        fail("cannot open the folder %s: %s", folder, strerror(errno));
    if (flock(lock, LOCK_EX | LOCK_NB) != 0)
        fail("another reclaim is at work on %s", folder);
    return lock;
}

static void name_files(Run *run)
{
    const Request *request = &run->request;
    run->name = request->run ? request->run : name_after_the_time(request->results, &run->pool);
    run->folder = text_format("%s/%s", request->results, run->name);
    run->plan_file = text_format("%s/plan.csv", run->folder);
    run->trials_file = text_format("%s/trials.csv", run->folder);
    run->manifest_file = text_format("%s/manifest.json", run->folder);
}

/* ---- What cells there are ------------------------------------------------------------------------------------------- */

static void read_catalogue(Run *run)
{
    const Parameters *parameters = &run->parameters;
    run->catalogue = catalogue_read(run->request.build, parameters->strategies, parameters->workloads, &run->pool);
    for (size_t i = 0; i < parameters->inputs; i++)
        catalogue_set_input(&run->catalogue, parameters->input[i].workload, parameters->input[i].file);
    catalogue_read_inputs(&run->catalogue, &run->pool);
}

/* ---- A new run ------------------------------------------------------------------------------------------------------ */

/* The planned trial before `i` that is of the same task and is run; NULL when there is none. */
static const Planned *earlier_of_same_task(const Plan *block, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (planned_is_run(&block->trial[j]) && same_task(&block->trial[j].cell, &block->trial[i].cell))
            return &block->trial[j];
    return NULL;
}

/* Each workload computes its reference once per size. */
static void expect_references(Plan *block, const Run *run)
{
    for (size_t i = 0; i < block->trials; i++) {
        Planned *planned = &block->trial[i];
        if (!planned_is_run(planned))
            continue;
        const Planned *earlier = earlier_of_same_task(block, i);
        const char *input = parameters_input(&run->parameters, planned->cell.workload);
        planned->expected =
            earlier ? earlier->expected : catalogue_reference(run->request.build, &planned->cell, input);
    }
}

static void save_plan(const Run *run)
{
    Durable durable = durable_begin(run->plan_file);
    plan_write(durable.out, &run->plan);
    durable_end(&durable);
}

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

static void say_what_is_run(const Run *run, const Plan *block)
{
    const Parameters *parameters = &run->parameters;
    size_t strategies = parameters->strategies.count, workloads = parameters->workloads.count, cells = plan_runs(block);
    say_series(strategies, plan_series(block));
    fprintf(stderr, " x %zu workload%s, %zu cell%s", workloads, plural(workloads), cells, plural(cells));
    say_unsupported(block->trials - cells);
    fprintf(stderr, "run %s, seed %" PRIu64 ", baseline %s\n", run->name, parameters->seed, parameters->baseline);
}

static size_t failed_among(const Planned *planned, const Trial *trial, size_t trials)
{
    size_t failed = 0;
    for (size_t i = 0; i < trials; i++)
        failed += planned_failed(&planned[i], &trial[i]);
    return failed;
}

static void say_estimate(const Run *run, const Pilot *pilot)
{
    char duration[32];
    const Plan *plan = &run->plan;
    size_t trials = plan_runs(plan), done = plan_runs(pilot->block);
    duration_text(pilot->took_s * (plan->blocks - 1) + mode_rest_s(pilot->mode, done), duration);
    fprintf(stderr, "block 1 of %" PRIu64 ": %zu of %zu trials done, %zu failed in this block, about %s left\n", plan->blocks,
            done, trials, failed_among(plan->trial, run->tried, pilot->block->trials), duration);
}

/* The trial of the cell in the first block. */
static const Trial *trial_of(const Pilot *pilot, const Cell *cell)
{
    size_t i = 0;
    while (!cells_equal(&pilot->block->trial[i].cell, cell))
        i++;
    return &pilot->trial[i];
}

/* From the trials in the order of the block that is not shuffled: a tie must not be decided by chance. */
static void expect_answers(Plan *block, const Pilot *pilot, const char *baseline)
{
    Trial *trial = memory_new(block->trials, sizeof *trial);
    for (size_t i = 0; i < block->trials; i++)
        trial[i] = *trial_of(pilot, &block->trial[i].cell);
    expect_what_most_answered(block, trial, baseline);
    free(trial);
}

/* How many blocks there are is asked for, or follows from the first. A block is shuffled as it would be if there were no
 * other, so the first of the plan is the one that was tried. */
static void plan_all_blocks(Run *run, Plan *block, const Pilot *pilot)
{
    expect_answers(block, pilot, run->parameters.baseline);
    if (run->parameters.blocks == NOT_ASKED)
        run->parameters.blocks = mode_blocks(run->parameters.mode, pilot->took_s);
    run->plan = plan_shuffled(block, run->parameters.blocks, run->parameters.seed);
    run->tried = memory_new(run->plan.trials, sizeof *run->tried);
    for (size_t i = 0; i < pilot->block->trials; i++) {
        run->tried[i] = pilot->trial[i];
        verdict_on_answer(&run->tried[i], &run->plan.trial[i], &run->pool);
    }
}

/* A file that somebody named is a mistake when it cannot be used; the usual one is a row that says so. */
static void refuse_unusable_inputs(const Run *run, const Pilot *pilot)
{
    for (size_t i = 0; i < pilot->block->trials; i++) {
        const Trial *trial = &pilot->trial[i];
        const char *file = parameters_input(&run->parameters, trial->cell.workload);
        if (file && planned_is_run(&pilot->block->trial[i]) && trial->status == UNSUPPORTED) {
            rmdir(run->folder);
            fail("--input %s=%s: %s", trial->cell.workload, file, trial->reason);
        }
    }
}

/* Returns 0, or the signal that stopped it. */
static int make_plan(Run *run, Plan *block)
{
    Plan first = plan_shuffled(block, 1, run->parameters.seed);
    Pilot pilot = {
        .block = &first, .trial = memory_new(first.trials, sizeof *pilot.trial), .mode = run->parameters.mode,
        .blocks = run->parameters.blocks,
    };
    pinning_begin(&run->pinning);
    int signal = pilot_run(&pilot, &run->conditions, &run->pool);
    pinning_end(&run->pinning);
    if (!signal) {
        refuse_unusable_inputs(run, &pilot);
        plan_all_blocks(run, block, &pilot);
        say_estimate(run, &pilot);
    }
    free(pilot.trial);
    plan_free(&first);
    return signal;
}

/* The manifest is looked for again under the lock: another reclaim may have begun the same run since.
 *
 * A trials.csv without a manifest is what is left of a run that was killed before its first trial; or, when it has rows, of one
 * whose manifest somebody took away. */
static void begin_folder(Run *run)
{
    folder_make(run->request.results);
    folder_make(run->folder);
    run->lock = lock_folder(run->folder);
    if (exists(run->manifest_file))
        fail("another reclaim has begun %s meanwhile; say the same again to go on with it", run->folder);
    if (exists(run->trials_file) && !ledger_is_empty(run->trials_file, &run->pool))
        fail("%s has trials.csv but no manifest.json: it cannot go on; name another run", run->folder);
}

/* The manifest comes last: where there is one, the plan and trials.csv are whole. */
static void save(Run *run)
{
    manifest_set_parameters(&run->manifest, &run->parameters);
    manifest_set_classes(&run->manifest, &run->catalogue);
    manifest_set_cells(&run->manifest, &run->parameters, run->request.build);
    manifest_set_inputs(&run->manifest, &run->catalogue.inputs);
    save_plan(run);
    manifest_set_plan(&run->manifest, run->plan_file);
    ledger_create(run->trials_file, run->tried, run->plan.trials / run->plan.blocks);
    manifest_save(&run->manifest);
}

static void say_if_baseline_was_replaced(const Run *run)
{
    const char *asked = run->request.baseline ? run->request.baseline : USUAL_BASELINE, *taken = run->parameters.baseline;
    if (!texts_equal(asked, taken))
        notice("the baseline %s is not among the strategies of this run: %s takes its place", asked, taken);
}

static int begin(Run *run)
{
    run->parameters = parameters_for(&run->request, &run->pool);
    read_catalogue(run);
    run->machine = machine_lock(run->name);
    begin_folder(run);
    say_if_baseline_was_replaced(run);
    const Parameters *parameters = &run->parameters;
    Plan block = plan_block(&run->catalogue, parameters->configurations, parameters->mode, parameters->baseline, WORKLOAD_SEED);
    expect_references(&block, run);
    say_what_is_run(run, &block);
    run->manifest = manifest_new(run->manifest_file, run->name, &run->request, &run->pinning);
    manifest_begin_session(&run->manifest);
    int signal = make_plan(run, &block);
    if (signal)
        rmdir(run->folder);
    else
        save(run);
    plan_free(&block);
    return signal;
}

/* ---- A run that goes on --------------------------------------------------------------------------------------------- */

size_t run_trials_left(const Run *run)
{
    size_t left = 0;
    for (size_t i = 0; i < run->plan.trials; i++)
        left += planned_is_run(&run->plan.trial[i]) && run->tried[i].block == 0;
    return left;
}

static void go_on(Run *run)
{
    run->lock = lock_folder(run->folder);
    run->manifest = manifest_load(run->manifest_file);
    run->parameters = manifest_parameters(&run->manifest, &run->pool);
    parameters_must_suit(&run->parameters, &run->request, run->name, &run->pool);
    read_catalogue(run);
    manifest_check_cells(&run->manifest, run->name, &run->parameters, run->request.build);
    manifest_check_inputs(&run->manifest, run->name, &run->catalogue.inputs);
    run->plan = plan_load(run->plan_file, &run->pool);
    manifest_check_plan(&run->manifest, run->name, run->plan_file);
    run->tried = memory_new(run->plan.trials, sizeof *run->tried);
    ledger_recover(run->trials_file, &run->plan, run->tried, &run->pool);
    if (run_trials_left(run) > 0)
        run->machine = machine_lock(run->name);
    manifest_begin_session(&run->manifest);
    manifest_save(&run->manifest);
    notice("run %s goes on: %zu of %zu trials are left", run->name, run_trials_left(run), plan_runs(&run->plan));
}

void run_end_measuring(Run *run)
{
    machine_unlock(run->machine);
    run->machine = NO_LOCK;
}

/* ---- Opened, and freed ---------------------------------------------------------------------------------------------- */

int run_open(Run *run, Request request)
{
    int signal = 0;
    run->request = request;
    run->machine = NO_LOCK;
    run->pinning = pinning_choose();
    run->conditions = (Conditions){
        .parameters = &run->parameters, .hyperfine = hyperfine_find(), .build = request.build, .inputs = &run->catalogue.inputs,
        .core = run->pinning.trials,
    };
    name_files(run);
    if (request.run && exists(run->manifest_file))
        go_on(run);
    else
        signal = begin(run);
    return signal;
}

double run_clock_offset_s(const Run *run)
{
    double since_s = fmax(time(NULL) - manifest_started(&run->manifest), 0);
    for (size_t i = 0; i < run->plan.trials; i++)
        if (run->tried[i].block != 0)
            since_s = fmax(since_s, run->tried[i].started_s);
    return since_s - seconds_now();
}

void run_free(Run *run)
{
    manifest_free(&run->manifest);
    plan_free(&run->plan);
    catalogue_free(&run->catalogue);
    parameters_free(&run->parameters);
    free(run->tried);
    free((char *)run->conditions.hyperfine);
    free(run->folder);
    free(run->plan_file);
    free(run->trials_file);
    free(run->manifest_file);
    if (run->lock > 0)
        close(run->lock);
    text_pool_free(&run->pool);
}
