#include "attempt.h"

#include "block_folder.h"
#include "fail.h"
#include "host.h"
#include "ledger.h"
#include "machine_lock.h"
#include "memory.h"
#include "process.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void set_file(char **file, const char *path)
{
    free(*file);
    *file = text_format("%s", path);
}

void attempt_open(Run *run, uint64_t block)
{
    processes_end();
    run->ledger = ledger_folder_open(run->folder, run->parameters.seed, run->conditions.host, block);
    run->machine = machine_lock_wait(run->name);
    processes_begin();
    set_file(&run->trials_file, run->ledger.trials_file);
    set_file(&run->hiccups_file, run->ledger.hiccups_file);
}

/* host.json comes last: where it is, trials.csv is whole. */
static void begin_anew(Run *run, uint64_t block, const json_t *facts)
{
    if (run->attempt)
        notice("what was begun of block %" PRIu64 " here is of other cells, or of another commit or plan: it is begun anew",
               block);
    json_decref(run->attempt);
    unlink(run->ledger.host_file);
    unlink(run->hiccups_file);
    ledger_create(run->trials_file, NULL, 0);
    run->attempt = host_begin_block(facts, block);
    host_save(run->ledger.host_file, run->attempt);
}

static void go_on(Run *run, uint64_t block)
{
    ledger_recover(run->trials_file, &run->plan, run->tried, &run->pool);
    notice("block %" PRIu64 " goes on: %zu of %zu trials are left", block, run_trials_left(run), plan_runs(&run->plan));
}

bool attempt_begin(Run *run, uint64_t block, const json_t *facts)
{
    memset(run->tried, 0, run->plan.trials * sizeof *run->tried);
    run->attempt = host_load(run->ledger.host_file);
    bool goes_on = run->attempt && host_goes_on(run->attempt, facts);
    if (goes_on)
        go_on(run, block);
    else
        begin_anew(run, block, facts);
    return goes_on;
}

void attempt_leave_machine(Run *run)
{
    run_end_measuring(run);
}

bool attempt_publish(Run *run, uint64_t block)
{
    host_end_block(run->attempt);
    return block_publish(run->folder, &(Block){
        .number = block, .tried = run->tried, .trials = run->plan.trials, .hiccups_file = run->hiccups_file,
        .attempt = run->attempt,
    }, &run->pool);
}

void attempt_drop(const Run *run, uint64_t block)
{
    ledger_folder_drop(run->folder, run->parameters.seed, run->conditions.host, block);
    block_remove_dead_drafts(run->folder, block, run->conditions.host);
}

static void forget(Run *run)
{
    json_decref(run->attempt);
    run->attempt = NULL;
}

void attempt_keep(Run *run)
{
    ledger_folder_close(&run->ledger);
    forget(run);
}

void attempt_end(Run *run)
{
    ledger_folder_remove(&run->ledger);
    forget(run);
}
