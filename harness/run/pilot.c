#include "pilot.h"

#include "bounds.h"
#include "clock.h"
#include "durable.h"
#include "expectation.h"
#include "fail.h"
#include "ledger.h"
#include "memory.h"
#include "run_folder.h"
#include "verdict.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The block ------------------------------------------------------------------------------------------------------ */

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

void pilot_open(Run *run)
{
    const Parameters *parameters = &run->parameters;
    run->block =
        plan_block(&run->catalogue, parameters->configurations, parameters->mode, parameters->baseline, WORKLOAD_SEED);
    expect_references(&run->block, run);
    run->plan = plan_shuffled(&run->block, 1, parameters->seed);
    run->tried = memory_new(run->plan.trials, sizeof *run->tried);
}

bool is_pilot(const Run *run)
{
    return run->block.trials > 0;
}

void pilot_refuse_unusable_input(Run *run, const Planned *planned, const Trial *trial)
{
    const char *file = parameters_input(&run->parameters, trial->cell.workload);
    if (!file || !planned_is_run(planned) || trial->status != UNSUPPORTED)
        return;
    run_folder_remove(run);
    fail("--input %s=%s: %s", trial->cell.workload, file, trial->reason);
}

/* ---- How long it takes ---------------------------------------------------------------------------------------------- */

enum { LEAST_SAMPLE = 20, SHARE_OF_SAMPLE = 20 };

#define AROUND_A_TRIAL_S 1.0 /* starting hyperfine and writing the row take less */

/* Until the next trial began; but if a session ended between the two, no longer than hyperfine saw it, or than it may take. */
static double trial_took_s(const Trial *trial, double next_s, uint64_t time_limit_s)
{
    double seen_s = isnan(trial->wall_s) ? time_limit_s : trial->wall_s;
    return fmin(fmax(next_s - trial->started_s, 0), seen_s + AROUND_A_TRIAL_S);
}

double pilot_took_s(const Plan *block, const Trial *tried, double now_s, uint64_t time_limit_s)
{
    double took_s = 0, next_s = now_s;
    for (size_t i = block->trials; i-- > 0;) {
        if (tried[i].block == 0 || !planned_is_run(&block->trial[i]))
            continue;
        took_s += trial_took_s(&tried[i], next_s, time_limit_s);
        next_s = tried[i].started_s;
    }
    return took_s;
}

static uint64_t blocks_fitting(const Parameters *parameters, double block_s)
{
    if (parameters->blocks != NOT_ASKED)
        return parameters->blocks;
    if (parameters->tasks != NOT_ASKED)
        return mode_shared_blocks(parameters->mode, block_s, parameters->tasks);
    return mode_blocks(parameters->mode, block_s);
}

/* That a machine measures one after the other, of so many. */
static uint64_t blocks_of_each(const Parameters *parameters, uint64_t blocks)
{
    uint64_t tasks = larger(parameters->tasks, 1);
    return (blocks + tasks - 1) / tasks;
}

/* The block is shuffled, so the trials at its beginning are a fair sample of all. */
static bool is_sample(const Progress *progress)
{
    size_t least = larger(LEAST_SAMPLE, progress->trials / SHARE_OF_SAMPLE);
    return progress->done < progress->trials && progress->done == larger(least, progress->done_before + 1);
}

void pilot_guess(const Run *run, const Progress *progress)
{
    if (!is_sample(progress))
        return;
    char duration[32];
    const Parameters *parameters = &run->parameters;
    double done_s = pilot_took_s(&run->plan, run->tried, run_clock_s(run), parameters->time_limit_s);
    double block_s = done_s / progress->done * progress->trials;
    uint64_t of_each = blocks_of_each(parameters, blocks_fitting(parameters, block_s));
    duration_text(block_s * of_each + mode_rest_s(parameters->mode, progress->trials), duration);
    progress_clear(progress);
    fprintf(stderr, "about %s in all, going by the first %zu trials\n", duration, progress->done);
}

/* ---- The plan of all blocks ----------------------------------------------------------------------------------------- */

/* From the trials in the order of the block that is not shuffled: a tie must not be decided by chance. */
static void expect_answers(Run *run)
{
    Plan *block = &run->block;
    Trial *trial = memory_new(block->trials, sizeof *trial);
    for (size_t i = 0; i < block->trials; i++) {
        size_t at = 0;
        while (!cells_equal(&run->plan.trial[at].cell, &block->trial[i].cell))
            at++;
        trial[i] = run->tried[at];
    }
    expect_what_most_answered(block, trial, run->parameters.baseline);
    free(trial);
}

double pilot_judge(Run *run)
{
    Parameters *parameters = &run->parameters;
    double block_s = pilot_took_s(&run->plan, run->tried, run_clock_s(run), parameters->time_limit_s);
    parameters->blocks = blocks_fitting(parameters, block_s);
    pilot_expect(run);
    return block_s;
}

void pilot_expect(Run *run)
{
    expect_answers(run);
    plan_free(&run->plan);
    run->plan = plan_shuffled(&run->block, 1, run->parameters.seed);
    for (size_t i = 0; i < run->plan.trials; i++)
        verdict_on_answer(&run->tried[i], &run->plan.trial[i], &run->pool);
}

/* A block is shuffled as it would be if there were no other, so the first of the plan is the one that was tried. */
static void replace_plan(Run *run)
{
    size_t done = run->plan.trials;
    plan_free(&run->plan);
    run->plan = plan_shuffled(&run->block, run->parameters.blocks, run->parameters.seed);
    run->tried = memory_resize(run->tried, run->plan.trials, sizeof *run->tried);
    memset(run->tried + done, 0, (run->plan.trials - done) * sizeof *run->tried);
}

void pilot_write_plan(const Run *run, const char *file)
{
    Durable durable = durable_begin(file);
    plan_write(durable.out, &run->block, run->parameters.blocks, run->parameters.seed);
    durable_end(&durable);
}

/* The manifest comes last again: while it has no plan, the run goes on in its first block, whose trials make the same plan, and
 * judged once more they stay what they are. */
static void save_plan_and_verdicts(Run *run)
{
    ledger_create(run->trials_file, run->tried, run->block.trials);
    pilot_write_plan(run, run->plan_file);
    manifest_set_parameters(&run->manifest, &run->parameters);
    manifest_set_plan(&run->manifest, run->plan_file);
    manifest_save(&run->manifest);
}

static size_t failed_in_first_block(const Run *run)
{
    size_t failed = 0;
    for (size_t i = 0; i < run->block.trials; i++)
        failed += planned_failed(&run->plan.trial[i], &run->tried[i]);
    return failed;
}

static void say_estimate(const Run *run, double block_s)
{
    char duration[32];
    const Plan *plan = &run->plan;
    size_t trials = plan_runs(plan), done = plan_runs(&run->block);
    duration_text(block_s * (plan->blocks - 1) + mode_rest_s(run->parameters.mode, done), duration);
    fprintf(stderr, "block 1 of %" PRIu64 ": %zu of %zu trials done, %zu failed in this block, about %s left\n", plan->blocks,
            done, trials, failed_in_first_block(run), duration);
}

void pilot_plan_all_blocks(Run *run)
{
    double block_s = pilot_judge(run);
    replace_plan(run);
    save_plan_and_verdicts(run);
    say_estimate(run, block_s);
    plan_free(&run->block);
}

void pilot_say_shares(const Run *run, double block_s)
{
    char duration[32];
    const Parameters *parameters = &run->parameters;
    size_t trials = plan_runs(&run->block);
    duration_text(block_s * blocks_of_each(parameters, parameters->blocks - 1), duration);
    fprintf(stderr, "block 1 of %" PRIu64 ": %zu trials done, %zu failed in this block; the others take %" PRIu64
            " machine%s about %s%s\n", parameters->blocks, trials, failed_in_first_block(run), parameters->tasks,
            parameters->tasks == 1 ? "" : "s", duration, parameters->tasks == 1 ? "" : " each");
}
