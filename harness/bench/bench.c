#include "clean.h"
#include "clock.h"
#include "commands.h"
#include "counts.h"
#include "fail.h"
#include "hiccups.h"
#include "ledger.h"
#include "machine_lock.h"
#include "memory.h"
#include "pilot.h"
#include "process.h"
#include "progress.h"
#include "run.h"
#include "series.h"
#include "stages.h"
#include "table.h"
#include "verdict.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The trials ----------------------------------------------------------------------------------------------------- */

static void show(const Run *run, Progress *progress, const Trial *trial)
{
    progress_show(progress, trial);
    if (progress->is_pilot)
        pilot_guess(run, progress);
}

/* Returns 0, or the signal that stopped it; then there is no trial. */
static int try_one(Run *run, const Planned *planned, Trial *trial)
{
    double started_s = whole_microseconds(run_clock_s(run));
    int signal = trial_run(&run->conditions, planned, &run->pool, trial);
    if (signal)
        return signal;
    trial->started_s = started_s;
    verdict_on_answer(trial, planned, &run->pool);
    if (is_pilot(run))
        pilot_refuse_unusable_input(run, planned, trial);
    return 0;
}

/* Tries every planned trial that was not tried yet. Returns 0, or the signal that stopped it. */
static int try_planned(Run *run)
{
    Ledger ledger = ledger_open(run->trials_file);
    Progress progress = progress_begin(&run->plan, run->tried);
    progress.is_pilot = is_pilot(run);
    int signal = 0;
    for (size_t i = 0; i < run->plan.trials; i++) {
        const Planned *planned = &run->plan.trial[i];
        if (run->tried[i].block != 0)
            continue;
        Trial trial;
        signal = try_one(run, planned, &trial);
        if (signal)
            break;
        run->tried[i] = trial;
        ledger_append(&ledger, &trial);
        if (planned_is_run(planned))
            show(run, &progress, &trial);
    }
    ledger_close(&ledger);
    return signal;
}

/* The first block, which makes the plan of the others, and then these. */
static int try_all(Run *run)
{
    int signal = try_planned(run);
    if (signal || !is_pilot(run))
        return signal;
    pilot_plan_all_blocks(run);
    return try_planned(run);
}

static void watch_machine(Run *run, const char *moment)
{
    size_t cells = run->plan.trials / run->plan.blocks;
    hiccups_watch(run->hiccups_file, &run->pinning, moment, run_clock_s(run), cells, &run->pool);
}

/* All trials that are left, between two looks at the machine. Returns 0, or the signal that stopped it. */
static int try_watched(Run *run)
{
    if (!is_pilot(run) && run_trials_left(run) == 0)
        return 0;
    watch_machine(run, "before");
    int signal = try_all(run);
    if (!signal)
        watch_machine(run, "after");
    return signal;
}

/* Runs the counted cells of a run that has not counted yet. Returns 0, or the signal that stopped it. */
static int count_all(Run *run)
{
    if (run->request.without_census || counts_are_there(run->folder))
        return 0;
    if (run->machine == NO_LOCK) /* there was no trial left to measure */
        run->machine = machine_lock(run->name);
    watch_machine(run, "before counting");
    int signal = counts_take(run->folder, &run->conditions, &run->pinning, &run->pool);
    if (!signal)
        watch_machine(run, "after counting");
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

int bench_main(int count, char **words)
{
    Run run = { 0 };
    Request request = request_read(count, words, &run.pool);
    processes_begin();
    run_open(&run, request);
    pinning_begin(&run.pinning);
    int signal = try_watched(&run);
    if (!signal)
        signal = count_all(&run);
    pinning_end(&run.pinning);
    run_end_measuring(&run);
    manifest_end_session(&run.manifest, !signal);
    manifest_save(&run.manifest);
    if (signal)
        return say_how_to_resume(&run, signal);
    processes_end();
    int status = report(&run);
    run_free(&run);
    return status;
}
