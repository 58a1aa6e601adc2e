#include "clean.h"
#include "commands.h"
#include "counts.h"
#include "fail.h"
#include "machine_lock.h"
#include "measuring.h"
#include "memory.h"
#include "pilot.h"
#include "process.h"
#include "run.h"
#include "series.h"
#include "shared.h"
#include "stages.h"
#include "table.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The trials ----------------------------------------------------------------------------------------------------- */

/* The first block, which makes the plan of the others, and then these. */
static int try_all(Run *run)
{
    int signal = measure_trials(run);
    if (signal || !is_pilot(run))
        return signal;
    pilot_plan_all_blocks(run);
    return measure_trials(run);
}

/* All trials that are left, between two looks at the machine. Returns 0, or the signal that stopped it. */
static int try_watched(Run *run)
{
    if (!is_pilot(run) && run_trials_left(run) == 0)
        return 0;
    measure_machine(run, "before");
    int signal = try_all(run);
    if (!signal)
        measure_machine(run, "after");
    return signal;
}

/* Runs the counted cells of a run that has not counted yet. Returns 0, or the signal that stopped it. */
static int count_all(Run *run)
{
    if (run->request.without_census || counts_are_there(run->folder))
        return 0;
    if (run->machine == NO_LOCK) /* there was no trial left to measure */
        run->machine = machine_lock(run->name);
    measure_machine(run, "before counting");
    int signal = counts_take(run->folder, &run->conditions, &run->pinning, &run->pool);
    if (!signal)
        measure_machine(run, "after counting");
    return signal;
}

/* ---- What came of it ------------------------------------------------------------------------------------------------ */

static int by_failure(const void *a, const void *b)
{
    const Trial *x = *(const Trial *const *)a, *y = *(const Trial *const *)b;
    int order = cell_order(&x->cell, &y->cell);
    if (order == 0)
        order = (int)x->status - (int)y->status;
    return order ? order : strcmp(x->reason, y->reason);
}

/* The failed trials, equal failures side by side; the caller frees them. */
static const Trial **failed_trials(const Run *run, size_t *failures)
{
    const Trial **failed = memory_new(run->plan.trials, sizeof *failed);
    *failures = 0;
    for (size_t i = 0; i < run->plan.trials; i++)
        if (planned_failed(&run->plan.trial[i], &run->tried[i]))
            failed[(*failures)++] = &run->tried[i];
    qsort(failed, *failures, sizeof *failed, by_failure);
    return failed;
}

static void print_failure(Run *run, const Trial *trial, size_t times)
{
    CellsOf cells = CELLS_OF(Planned, run->plan.trial, run->plan.trials);
    const char *configuration = series_configuration(&trial->cell, cells, &run->pool);
    print_clean(stdout, "  %s/%s %s, n = %" PRIu64 "%s%s%s: %s: %s (%zu of %" PRIu64 " trials)", trial->cell.strategy,
                trial->cell.workload, trial->cell.variant, trial->cell.size, *configuration ? ", " : "", configuration,
                trial->cell.control ? ", control" : "", status_name(trial->status), trial->reason, times, run->plan.blocks);
    putchar('\n');
}

/* Returns how many trials failed. */
static size_t list_failures(Run *run)
{
    size_t failures;
    const Trial **failed = failed_trials(run, &failures);
    if (failures > 0)
        fputs("\nFailed:\n", stdout);
    for (size_t first = 0, next = 0; first < failures; first = next) {
        while (next < failures && by_failure(&failed[first], &failed[next]) == 0)
            next++;
        print_failure(run, failed[first], next - first);
    }
    free(failed);
    return failures;
}

static int report(Run *run)
{
    stages_sum_up(run->folder);
    table_print(stdout, run->folder);
    size_t failures = list_failures(run);
    if (counts_are_there(run->folder))
        failures += counts_report(stdout, run->folder);
    printf("\nplan.csv, trials.csv, summary.csv and manifest.json are in %s\n", run->folder);
    if (fflush(stdout) != 0)
        fail("cannot write to standard output: %s", strerror(errno));
    if (!run->request.without_charts) {
        stages_draw(run->folder);
        printf("The page to read all of it by is %s/index.html\n", run->folder);
    }
    return failures ? CELLS_FAILED : ALL_WELL;
}

static int say_how_to_resume(const Run *run, int signal)
{
    if (run_trials_left(run) == 0)
        notice("stopped; all trials are done, and counting is left; go on with: make bench RUN=%s", run->name);
    else
        notice("stopped; %zu of %zu trials are left%s; go on with: make bench RUN=%s", run_trials_left(run),
               plan_runs(&run->plan), is_pilot(run) ? " in the first block" : "", run->name);
    return STOPPED_BY_SIGNAL + signal;
}

/* The whole run, on this machine. */
static int run_whole(Run *run, Request request)
{
    run_open(run, request);
    pinning_begin(&run->pinning);
    int signal = try_watched(run);
    if (!signal)
        signal = count_all(run);
    pinning_end(&run->pinning);
    run_end_measuring(run);
    manifest_end_session(&run->manifest, !signal);
    manifest_save(&run->manifest);
    if (signal)
        return say_how_to_resume(run, signal);
    processes_end();
    int status = report(run);
    run_free(run);
    return status;
}

int bench_main(int count, char **words)
{
    Run run = { 0 };
    Request request = request_read(count, words, &run.pool);
    processes_begin();
    if (request.is_pilot)
        return shared_pilot(&run, request);
    if (request.shard.of != NOT_ASKED)
        return shared_shard(&run, request);
    return run_whole(&run, request);
}
