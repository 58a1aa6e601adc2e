#include "bench.h"

#include "charts.h"
#include "clock.h"
#include "fail.h"
#include "ledger.h"
#include "process.h"
#include "progress.h"
#include "run.h"
#include "summary.h"
#include "table.h"
#include "verdict.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- The trials ----------------------------------------------------------------------------------------------------- */

/* Tries every planned trial that was not tried yet. Returns 0, or the signal that stopped it. */
static int try_all(Run *run)
{
    Ledger ledger = ledger_open(run->trials_file);
    Progress progress = progress_begin(&run->plan, run->tried);
    double offset_s = run_clock_offset_s(run);
    int signal = 0;
    for (size_t i = 0; i < run->plan.trials && !signal; i++) {
        const Planned *planned = &run->plan.trial[i];
        if (run->tried[i].block != 0)
            continue;
        double started_s = round((seconds_now() + offset_s) * 1e6) / 1e6; /* finer than that means nothing */
        Trial trial;
        signal = trial_run(&run->conditions, planned, &run->texts, &trial);
        if (signal)
            break;
        run->tried[i] = trial;
        run->tried[i].started_s = started_s;
        verdict_on_answer(&run->tried[i], planned, &run->texts);
        ledger_append(&ledger, &run->tried[i]);
        progress_show(&progress, &run->tried[i]);
    }
    ledger_close(&ledger);
    return signal;
}

/* ---- What came of it ------------------------------------------------------------------------------------------------ */

static bool same_failure(const Trial *a, const Trial *b)
{
    return a->status == b->status && a->reason == b->reason && cells_equal(&a->cell, &b->cell);
}

/* How often trial `i` failed in this way; 0 when an earlier one speaks for it already. */
static size_t times_failed(const Run *run, size_t i)
{
    size_t times = 0;
    for (size_t j = 0; j < run->plan.trials; j++) {
        if (!trial_failed(&run->tried[j]) || !same_failure(&run->tried[i], &run->tried[j]))
            continue;
        if (j < i)
            return 0;
        times++;
    }
    return times;
}

/* Returns how many trials failed. */
static size_t list_failures(const Run *run)
{
    size_t failures = 0;
    for (size_t i = 0; i < run->plan.trials; i++) {
        const Trial *trial = &run->tried[i];
        size_t times = trial_failed(trial) ? times_failed(run, i) : 0;
        if (times == 0)
            continue;
        if (failures == 0)
            fputs("\nFailed:\n", stdout);
        failures += times;
        printf("  %s/%s %s, n = %" PRIu64 "%s: %s: %s (%zu of %" PRIu64 " trials)\n", trial->cell.strategy,
               trial->cell.workload, trial->cell.variant, trial->cell.size, trial->cell.control ? ", control" : "",
               status_name(trial->status), trial->reason, times, run->plan.blocks);
    }
    return failures;
}

static int report(const Run *run)
{
    summary_write(run->folder);
    table_print(stdout, run->folder, false);
    size_t failures = list_failures(run);
    printf("\nplan.csv, trials.csv, summary.csv and manifest.json are in %s\n", run->folder);
    if (fflush(stdout) != 0)
        fail("cannot write to standard output: %s", strerror(errno));
    int drawn = run->request.without_charts ? ALL_WELL : charts_draw(run->folder);
    if (drawn == ALL_WELL && !run->request.without_charts)
        printf("The charts are in %s/charts; time_memory.svg is the one to begin with\n", run->folder);
    return drawn != ALL_WELL ? drawn : failures ? CELLS_FAILED : ALL_WELL;
}

static int say_how_to_resume(const Run *run, int signal)
{
    notice("stopped; %zu of %zu trials are left; go on with: make bench RUN=%s", run_trials_left(run), run->plan.trials,
           run->name);
    return STOPPED_BY_SIGNAL + signal;
}

static int stopped_before_the_first(int signal)
{
    notice("stopped before the first trial; nothing was recorded");
    return STOPPED_BY_SIGNAL + signal;
}

int bench_main(int count, char **words)
{
    Run run = { 0 };
    Request request = request_read(count, words, &run.texts);
    processes_begin();
    int signal = run_open(&run, request, count, words);
    if (signal)
        return stopped_before_the_first(signal);
    pinning_begin(&run.pinning);
    signal = try_all(&run);
    pinning_end(&run.pinning);
    manifest_end_session(&run.manifest, !signal);
    if (signal)
        return say_how_to_resume(&run, signal);
    processes_end();
    int status = report(&run);
    run_free(&run);
    return status;
}
