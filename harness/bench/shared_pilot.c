#include "shared.h"

#include "attempt.h"
#include "block_folder.h"
#include "fail.h"
#include "host.h"
#include "ledger.h"
#include "path.h"
#include "pilot.h"
#include "process.h"
#include "run_folder.h"
#include "shared_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST = 1 };

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
    shared_read_manifest(run);
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

/* The attempt has the block for itself. Whether there is one is asked again when the manifest was saved, lest it is one
 * without the plan that somebody has made since. Returns 0, or the signal that stopped it. */
static int measure_first(Run *run, const json_t *facts)
{
    if (!block_is_there(run->folder, FIRST))
        begin_attempt(run, facts);
    if (block_is_there(run->folder, FIRST))
        return 0;
    int signal = shared_try_block(run);
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
    if (!shared_all_is_tried(run))
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
    shared_prepare(run, request, shared_pilot_command);
    open_pilot(run);
    if (manifest_has_plan(&run->manifest)) {
        notice("run %s has its plan, of %" PRIu64 " blocks: nothing is left for the pilot to do", run->name,
               run->parameters.blocks);
        run_free(run);
        return ALL_WELL;
    }
    int signal = block_is_there(run->folder, FIRST) ? 0 : attempt_first(run);
    if (signal)
        return shared_say_stopped(run, signal, shared_pilot_command(run));
    attempt_drop(run, FIRST);
    if (run->manifest.json == NULL)
        fail("another pilot has begun %s meanwhile; say the same again to go on with it", run->folder);
    if (!somebody_made_the_plan(run))
        take_up_first(run);
    processes_end();
    notice("the plan is made; go on, here and on other machines, with: %s", shared_command(run, "--shard I/N"));
    run_free(run);
    return ALL_WELL;
}
