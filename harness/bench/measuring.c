#include "measuring.h"

#include "clock.h"
#include "hiccups.h"
#include "ledger.h"
#include "pilot.h"
#include "progress.h"
#include "verdict.h"

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

int measure_trials(Run *run)
{
    Ledger ledger = ledger_open(run->trials_file);
    Progress progress = progress_begin(&run->plan, run->tried);
    progress.blocks = run->parameters.blocks;
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

void measure_machine(Run *run, const char *moment)
{
    size_t cells = run->plan.trials / run->plan.blocks;
    Hiccups told = { .moment = moment, .started_s = run_clock_s(run), .host = run->conditions.host ?: "" };
    hiccups_watch(run->hiccups_file, &run->pinning, &told, cells, &run->pool);
}
