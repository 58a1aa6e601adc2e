#include "clock.h"
#include "commands.h"
#include "counts.h"
#include "fail.h"
#include "finished_run.h"
#include "hiccups.h"
#include "hyperfine.h"
#include "machine_lock.h"
#include "memory.h"
#include "pause_summary.h"
#include "pinning.h"
#include "process.h"

#include <getopt.h>
#include <stdlib.h>

static const char help[] =
    "Usage: reclaim profile RUN_FOLDER [--build DIR], in the project's root\n"
    "\n"
    "Counts what the cells of a run allocate, free and leave alive, and how long their pauses are:\n"
    "RUN_FOLDER/trials.csv -> census.csv, pauses.csv, pause_runs.csv, pause_summary.csv, timeline.csv, leaks.csv and\n"
    "latency.csv, two rows more in hiccups.csv. What else was there is replaced.\n";

typedef struct Asked {
    const char *folder, *build;
} Asked;

static Asked read_options(int count, char **words)
{
    static const struct option options[] = {
        { "build", required_argument, NULL, 'b' }, { "help", no_argument, NULL, 'h' }, { 0 },
    };
    Asked asked = { NULL, "build" };
    for (int option; (option = getopt_long(count, words, "", options, NULL)) != -1;) {
        if (option == 'h')
            fputs(help, stdout);
        if (option != 'b')
            exit(option == 'h' ? ALL_WELL : CANNOT_GO_ON);
        asked.build = optarg;
    }
    if (count - optind != 1)
        fail("profile: name one folder of a run, as in `reclaim profile results/NAME`");
    asked.folder = words[optind];
    return asked;
}

/* What is told of the machine, and since when: the run's beginning, by the clock that nobody sets. */
typedef struct Watch {
    char *file;
    double begun_s;
    size_t cells;
} Watch;

static Watch watch_begin(const char *folder, const FinishedRun *run, TextPool *pool)
{
    Watch watch = { .file = text_format("%s/hiccups.csv", folder), .cells = run->catalogue.variants };
    watch.begun_s = seconds_now() - hiccups_since_s(watch.file, manifest_started(&run->manifest), pool);
    return watch;
}

static void watch_machine(const Watch *watch, const Pinning *pinning, const char *moment, TextPool *pool)
{
    Hiccups told = { .moment = moment, .started_s = seconds_now() - watch->begun_s, .host = "" };
    hiccups_watch(watch->file, pinning, &told, watch->cells, pool);
}

static int profile(const Asked *asked, TextPool *pool)
{
    FinishedRun run = finished_run_open(asked->folder, asked->build, pool);
    int lock = machine_lock(run.name);
    Pinning pinning = pinning_choose();
    Conditions conditions = {
        .parameters = &run.parameters, .hyperfine = hyperfine_find(), .build = asked->build, .inputs = &run.catalogue.inputs,
        .core = pinning.trials,
    };
    Watch watch = watch_begin(asked->folder, &run, pool);
    pinning_begin(&pinning);
    watch_machine(&watch, &pinning, "before counting", pool);
    int signal = counts_take(asked->folder, &conditions, &pinning, pool);
    if (!signal)
        watch_machine(&watch, &pinning, "after counting", pool);
    pinning_end(&pinning);
    machine_unlock(lock);
    free(watch.file);
    free((char *)conditions.hyperfine);
    finished_run_close(&run);
    return signal;
}

int profile_main(int count, char **words)
{
    TextPool pool = { 0 };
    Asked asked = read_options(count, words);
    processes_begin();
    int signal = profile(&asked, &pool);
    processes_end();
    text_pool_free(&pool);
    if (signal)
        return STOPPED_BY_SIGNAL + signal;
    pause_summary_write(asked.folder);
    return counts_report(stdout, asked.folder) ? CELLS_FAILED : ALL_WELL;
}
