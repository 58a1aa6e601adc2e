#include "shared.h"

#include "attempt.h"
#include "block_folder.h"
#include "fail.h"
#include "host.h"
#include "memory.h"
#include "process.h"
#include "run_folder.h"
#include "shared_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST = 1 };

static const char *shard_command(Run *run)
{
    char option[64];
    Shard shard = run->request.shard;
    snprintf(option, sizeof option, "--shard %" PRIu64 "/%" PRIu64, shard.which, shard.of);
    return shared_command(run, option);
}

static void open_shared(Run *run)
{
    if (!run_folder_has_manifest(run))
        fail("%s has no plan: begin with: %s", run->folder, shared_pilot_command(run));
    shared_read_manifest(run);
    if (!manifest_has_plan(&run->manifest))
        fail("%s has no plan yet: wait until its first block is measured, or go on with: %s", run->folder,
             shared_pilot_command(run));
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

/* Another machine may have compiled the same files to other cells, and the manifest tells it apart; but what a machine
 * measured of a run is of one build, as far as can be told from the first block and those of the shard. */
static void check_cells(const Run *run, json_t *facts)
{
    Shard shard = run->request.shard;
    bool commit_tells = manifest_settle_commit(&run->manifest, run->name, facts);
    if (!commit_tells && !manifest_has_cells(&run->manifest, &run->parameters, run->request.build))
        fail("the cells are others than those that run %s was begun with, and no commit says that they are of the same files, for "
             "there is none, or files differ from it; commit what differs, and name another run", run->name);
    bool changed = was_of_other_cells(run, FIRST, facts);
    for (uint64_t block = shard.which; block <= run->parameters.blocks && !changed; block += shard.of)
        changed = was_of_other_cells(run, block, facts);
    if (changed)
        fail("the cells changed since this machine measured a block of run %s; name another run, or build those again",
             run->name);
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
        signal = shared_try_block(run);
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

/* The next block of the shard that is not there yet, after that one; what this machine may have begun of those that are is
 * dropped. 0: there is none. */
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
    shared_prepare(run, request, shard_command);
    open_shared(run);
    uint64_t block = next_block(run, 0);
    int signal = block ? measure_blocks(run, block) : 0;
    if (signal)
        return shared_say_stopped(run, signal, shard_command(run));
    processes_end();
    say_shard(run);
    run_free(run);
    return ALL_WELL;
}
