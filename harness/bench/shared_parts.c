#include "shared_parts.h"

#include "fail.h"
#include "folder_clock.h"
#include "host.h"
#include "measuring.h"
#include "memory.h"
#include "stopping.h"

#include <stdlib.h>

const char *shared_command(Run *run, const char *option)
{
    const Request *request = &run->request;
    bool elsewhere = !texts_equal(request->results, "results");
    char *text = text_format("%s/reclaim bench%s%s %s --run %s", request->build, elsewhere ? " --results " : "",
                             elsewhere ? request->results : "", option, run->name);
    const char *kept = intern(&run->pool, text);
    free(text);
    return kept;
}

const char *shared_pilot_command(Run *run)
{
    return shared_command(run, "--pilot");
}

void shared_prepare(Run *run, Request request, const char *(*again)(Run *run))
{
    run_prepare(run, request);
    run->conditions.host = host_name(request.host, &run->pool);
    stopping_says("stopped; what is there is kept, go on with: %s", again(run));
}

int shared_say_stopped(const Run *run, int signal, const char *again)
{
    notice("stopped; %zu of %zu trials of this block are left; go on with: %s", run_trials_left(run), plan_runs(&run->plan),
           again);
    return STOPPED_BY_SIGNAL + signal;
}

void shared_read_manifest(Run *run)
{
    run->manifest = manifest_load(run->manifest_file);
    run->parameters = manifest_parameters(&run->manifest, &run->pool);
    if (run->parameters.tasks == NOT_ASKED)
        fail("run %s was begun on one machine, not with --pilot; name another run", run->name);
    parameters_must_suit(&run->parameters, &run->request, run->name, &run->pool);
}

bool shared_all_is_tried(const Run *run)
{
    for (size_t i = 0; i < run->plan.trials; i++)
        if (run->tried[i].block == 0)
            return false;
    return true;
}

int shared_try_block(Run *run)
{
    run_set_clock(run, folder_clock_ahead_s(run->folder));
    if (shared_all_is_tried(run))
        return 0;
    pinning_begin(&run->pinning);
    measure_machine(run, "before");
    int signal = measure_trials(run);
    if (!signal)
        measure_machine(run, "after");
    pinning_end(&run->pinning);
    return signal;
}
