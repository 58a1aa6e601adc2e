#include "shared.h"

#include "attempt.h"
#include "block_folder.h"
#include "fail.h"
#include "host.h"
#include "ledger.h"
#include "measuring.h"
#include "memory.h"
#include "path.h"
#include "pilot.h"
#include "process.h"
#include "run_folder.h"
#include "stopping.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST = 1 };

/* ---- Of both -------------------------------------------------------------------------------------------------------- */

/* The command of this run with that option, as somebody types it. */
static const char *command(Run *run, const char *option)
{
    const Request *request = &run->request;
    bool elsewhere = !texts_equal(request->results, "results");
    char *text = text_format("%s/reclaim bench%s%s %s --run %s", request->build, elsewhere ? " --results " : "",
                             elsewhere ? request->results : "", option, run->name);
    const char *kept = intern(&run->pool, text);
    free(text);
    return kept;
}

static const char *pilot_command(Run *run)
{
    return command(run, "--pilot");
}

static const char *shard_command(Run *run)
{
    char option[64];
    Shard shard = run->request.shard;
    snprintf(option, sizeof option, "--shard %" PRIu64 "/%" PRIu64, shard.which, shard.of);
    return command(run, option);
}

/* A signal that comes while nothing is measured ends this process, too. */
static void prepare(Run *run, Request request, const char *(*again)(Run *run))
{
    run_prepare(run, request);
    run->conditions.host = host_name(request.host, &run->pool);
    stopping_says("stopped; what is there is kept, go on with: %s", again(run));
}

static int say_stopped(const Run *run, int signal, const char *again)
{
    notice("stopped; %zu of %zu trials of this block are left; go on with: %s", run_trials_left(run), plan_runs(&run->plan), again);
    return STOPPED_BY_SIGNAL + signal;
}

static void read_manifest(Run *run)
{
    run->manifest = manifest_load(run->manifest_file);
    run->parameters = manifest_parameters(&run->manifest, &run->pool);
    if (run->parameters.tasks == NOT_ASKED)
        fail("run %s was begun on one machine, not with --pilot; name another run", run->name);
    parameters_must_suit(&run->parameters, &run->request, run->name, &run->pool);
}

/* Also of what no process is started for: a block has a row of it. */
static bool all_is_tried(const Run *run)
{
    for (size_t i = 0; i < run->plan.trials; i++)
        if (run->tried[i].block == 0)
            return false;
    return true;
}

/* The trials of the block that are left, between two looks at the machine. Returns 0, or the signal that stopped it. */
static int try_block(Run *run)
{
    if (all_is_tried(run))
        return 0;
    run_set_clock(run);
    pinning_begin(&run->pinning);
    measure_machine(run, "before");
    int signal = measure_trials(run);
    if (!signal)
        measure_machine(run, "after");
    pinning_end(&run->pinning);
    return signal;
}

/* ---- The pilot ------------------------------------------------------------------------------------------------------ */

static void begin_pilot(Run *run)
{
    run->parameters = parameters_for(&run->request, &run->pool);
    run_read_catalogue(run);
    folder_make(run->request.results);
    folder_make(run->folder);
    if (access(run->trials_file, F_OK) == 0 || block_is_there(run->folder, FIRST))
        fail("%s has rows but no manifest.json: no run can begin there; name another", run->folder);
    pilot_open(run);
    run_say_beginning(run);
}

static void find_pilot(Run *run)
{
    read_manifest(run);
    if (manifest_has_plan(&run->manifest))
        return;
    run_read_catalogue(run);
    pilot_open(run);
}

static void open_pilot(Run *run)
{
    if (run->request.run && run_folder_has_manifest(run))
        find_pilot(run);
    else
        begin_pilot(run);
}

/* What another machine, or other cells, had begun of the first block is of no use to anybody, but for the run's parameters. */
static void begin_attempt(Run *run, const json_t *facts)
{
    if (run->manifest.json == NULL) /* what is there is of a run of this name that somebody took away */
        unlink(run->ledger.host_file);
    if (attempt_begin(run, FIRST, facts)) {
        manifest_check_inputs(&run->manifest, run->name, &run->catalogue.inputs);
        manifest_begin_session(&run->manifest);
        manifest_set_parameters(&run->manifest, &run->parameters);
    } else {
        manifest_free(&run->manifest);
        run->manifest = run_manifest(run);
    }
    manifest_save(&run->manifest);
}

/* What was measured stays here, and the manifest as it is where another's block has become the first meanwhile. */
static void keep_attempt(Run *run)
{
    manifest_end_session(&run->manifest, false);
    if (!block_is_there(run->folder, FIRST))
        manifest_save(&run->manifest);
    attempt_keep(run);
}

/* The block tells how many there will be, and which plan was made of it: whoever finds it makes the same. */
static void note_plan(Run *run)
{
    pilot_write_plan(run, run->ledger.plan_file);
    manifest_set_plan(&run->manifest, run->ledger.plan_file);
    json_object_set_new(run->attempt, "plan_sha256", json_string(manifest_plan(&run->manifest)));
    json_object_set_new(run->attempt, "blocks", json_integer(run->parameters.blocks));
}

/* Of another attempt, which was first: what this one has found out is forgotten. */
static void start_over(Run *run)
{
    plan_free(&run->plan);
    plan_free(&run->block);
    free(run->tried);
    pilot_open(run);
}

/* The attempt has the block for itself. Whether there is one is asked again when the manifest was saved, lest it is one without the plan
 * that somebody has made since. Returns 0, or the signal that stopped it. */
static int measure_first(Run *run, const json_t *facts)
{
    if (!block_is_there(run->folder, FIRST))
        begin_attempt(run, facts);
    if (block_is_there(run->folder, FIRST))
        return 0;
    int signal = try_block(run);
    attempt_leave_machine(run);
    if (signal)
        return signal;
    double block_s = pilot_judge(run);
    note_plan(run);
    if (attempt_publish(run, FIRST))
        pilot_say_shares(run, block_s);
    else
        start_over(run);
    return 0;
}

/* Likewise, with all that it takes. */
static int attempt_first(Run *run)
{
    json_t *facts = host_facts(run->conditions.host, run->request.build, &run->pinning, &run->parameters, "");
    attempt_open(run, FIRST);
    int signal = measure_first(run, facts);
    attempt_leave_machine(run);
    if (signal)
        keep_attempt(run);
    else
        attempt_end(run);
    json_decref(facts);
    return signal;
}

/* What host.json of the first block says of the plan. */
static void take_plan(Run *run, const char *file, const json_t *host)
{
    json_int_t blocks = json_integer_value(json_object_get(host, "blocks"));
    const char *digest = json_string_value(json_object_get(host, "plan_sha256"));
    if (blocks < 1 || blocks > BLOCKS_MAX || digest == NULL)
        fail("%s: it does not tell which plan was made of this block", file);
    run->parameters.blocks = blocks;
    pilot_expect(run);
    pilot_write_plan(run, run->plan_file);
    manifest_set_plan(&run->manifest, run->plan_file);
    if (!texts_equal(manifest_plan(&run->manifest), digest))
        fail("%s: another plan was made of this block than is made of it now", file);
}

/* Makes the plan of the first block, whoever measured it: somebody may have been killed when he had. */
static void take_up_first(Run *run)
{
    char *trials = block_file(run->folder, FIRST, "trials.csv"), *file = block_file(run->folder, FIRST, "host.json");
    Sheet sheet = sheet_load(trials, &trial_layout, &run->pool);
    json_t *host = host_load(file);
    memset(run->tried, 0, run->plan.trials * sizeof *run->tried);
    ledger_must_suit(trials, &sheet, &run->plan, run->tried);
    if (!all_is_tried(run))
        fail("%s: rows of the first block are missing", trials);
    take_plan(run, file, host);
    manifest_take_facts(&run->manifest, host);
    manifest_set_parameters(&run->manifest, &run->parameters);
    manifest_end_session(&run->manifest, false);
    manifest_save(&run->manifest);
    json_decref(host);
    sheet_free(&sheet);
    free(trials);
    free(file);
}

static bool somebody_made_the_plan(const Run *run)
{
    Manifest now = manifest_load(run->manifest_file);
    bool made = manifest_has_plan(&now);
    manifest_free(&now);
    return made;
}

int shared_pilot(Run *run, Request request)
{
    prepare(run, request, pilot_command);
    open_pilot(run);
    if (manifest_has_plan(&run->manifest)) {
        notice("run %s has its plan, of %" PRIu64 " blocks: nothing is left for the pilot to do", run->name, run->parameters.blocks);
        run_free(run);
        return ALL_WELL;
    }
    int signal = block_is_there(run->folder, FIRST) ? 0 : attempt_first(run);
    if (signal)
        return say_stopped(run, signal, pilot_command(run));
    attempt_drop(run, FIRST);
    if (run->manifest.json == NULL)
        fail("another pilot has begun %s meanwhile; say the same again to go on with it", run->folder);
    if (!somebody_made_the_plan(run))
        take_up_first(run);
    processes_end();
    notice("the plan is made; go on, here and on other machines, with: %s", command(run, "--shard I/N"));
    run_free(run);
    return ALL_WELL;
}

/* ---- A shard -------------------------------------------------------------------------------------------------------- */

static void open_shared(Run *run)
{
    if (!run_folder_has_manifest(run))
        fail("%s has no plan: begin with: %s", run->folder, pilot_command(run));
    read_manifest(run);
    if (!manifest_has_plan(&run->manifest))
        fail("%s has no plan yet: wait until its first block is measured, or go on with: %s", run->folder, pilot_command(run));
    run_read_catalogue(run);
    manifest_check_inputs(&run->manifest, run->name, &run->catalogue.inputs);
    manifest_check_plan(&run->manifest, run->name, run->plan_file);
}

/* Whether the block is there, from this machine, and of other cells than it has now. */
static bool was_of_other_cells(const Run *run, uint64_t block, const json_t *facts)
{
    char *file = block_file(run->folder, block, "host.json");
    json_t *there = host_load(file);
    bool is_ours = there && json_equal(json_object_get(there, "host"), json_object_get(facts, "host"));
    bool of_others = is_ours && !json_equal(json_object_get(there, "cells_sha256"), json_object_get(facts, "cells_sha256"));
    json_decref(there);
    free(file);
    return of_others;
}

/* Another machine may have compiled the same files to other cells, and the manifest tells it apart; but what a machine measured of a run is
 * of one build, as far as can be told from the first block and those of the shard. */
static void check_cells(const Run *run, json_t *facts)
{
    Shard shard = run->request.shard;
    bool commit_tells = manifest_settle_commit(&run->manifest, run->name, facts);
    if (!commit_tells)
        manifest_check_cells(&run->manifest, run->name, &run->parameters, run->request.build);
    bool changed = was_of_other_cells(run, FIRST, facts);
    for (uint64_t block = shard.which; block <= run->parameters.blocks && !changed; block += shard.of)
        changed = was_of_other_cells(run, block, facts);
    if (changed)
        fail("the cells changed since this machine measured a block of run %s; name another run, or build those again", run->name);
}

static void draw_block(Run *run, const Plan *order, uint64_t block)
{
    plan_free(&run->plan);
    free(run->tried);
    run->plan = plan_drawn(order, block, run->parameters.seed);
    run->tried = memory_new(run->plan.trials, sizeof *run->tried);
}

/* Returns 0, or the signal that stopped it. */
static int measure_block(Run *run, const json_t *facts, uint64_t block)
{
    attempt_open(run, block);
    int signal = 0;
    if (!block_is_there(run->folder, block)) {
        attempt_begin(run, block, facts);
        signal = try_block(run);
        attempt_leave_machine(run);
        if (signal) {
            attempt_keep(run);
            return signal;
        }
        attempt_publish(run, block);
    }
    attempt_leave_machine(run);
    attempt_end(run);
    return 0;
}

/* The next block of the shard that is not there yet, after that one; what this machine may have begun of those that are is dropped.
 * 0: there is none. */
static uint64_t next_block(const Run *run, uint64_t after)
{
    Shard shard = run->request.shard;
    for (uint64_t block = after ? after + shard.of : shard.which; block <= run->parameters.blocks; block += shard.of) {
        if (!block_is_there(run->folder, block))
            return block;
        attempt_drop(run, block);
    }
    return 0;
}

/* Every block of the shard, from that one on, that is not there yet. Returns 0, or the signal that stopped it. */
static int measure_blocks(Run *run, uint64_t block)
{
    json_t *facts = host_facts(run->conditions.host, run->request.build, &run->pinning, &run->parameters,
                               manifest_plan(&run->manifest));
    check_cells(run, facts);
    Plan first = plan_load_first(run->plan_file, &run->pool), order = plan_unshuffled(&first, run->parameters.seed);
    int signal = 0;
    for (; block && !signal; block = next_block(run, block)) {
        draw_block(run, &order, block);
        signal = measure_block(run, facts, block);
    }
    plan_free(&first);
    plan_free(&order);
    json_decref(facts);
    return signal;
}

static void say_shard(const Run *run)
{
    Shard shard = run->request.shard;
    uint64_t blocks = run->parameters.blocks;
    if (shard.which > blocks)
        notice("shard %" PRIu64 "/%" PRIu64 " of run %s has nothing to do: there are %" PRIu64 " blocks", shard.which, shard.of,
               run->name, blocks);
    else
        notice("shard %" PRIu64 "/%" PRIu64 " of run %s: its blocks are there; when those of all shards are, go on with: "
               "%s/reclaim merge %s", shard.which, shard.of, run->name, run->request.build, run->folder);
}

int shared_shard(Run *run, Request request)
{
    prepare(run, request, shard_command);
    open_shared(run);
    uint64_t block = next_block(run, 0);
    int signal = block ? measure_blocks(run, block) : 0;
    if (signal)
        return say_stopped(run, signal, shard_command(run));
    processes_end();
    say_shard(run);
    run_free(run);
    return ALL_WELL;
}
