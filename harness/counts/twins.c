#include "twins.h"

#include "fail.h"
#include "memory.h"
#include "path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MEMORY_FACTOR = 4 };

void twins_begin(Twins *twins, const char *run_folder, const Conditions *conditions, TextPool *pool)
{
    *twins = (Twins){
        .folder = text_format("%s/counted", run_folder), .build = text_format("%s/counted", conditions->build),
        .parameters = *conditions->parameters, .conditions = *conditions, .pool = pool,
    };
    twins->parameters.memory_limit_mib *= MEMORY_FACTOR;
    twins->conditions.parameters = &twins->parameters;
    twins->conditions.build = twins->build;
    twins->conditions.profile_folder = twins->folder;
    folder_make(twins->folder);
}

static void remove_folder(const char *folder)
{
    static const char *const names[] = {
        "census.csv", "pauses.csv", "pause_totals.csv", "timeline.csv", "leaks.csv", "latencies.csv", "latency_totals.csv",
    };
    folder_remove(folder, names, sizeof names / sizeof *names);
}

void twins_leave(Twins *twins)
{
    free(twins->folder);
    free(twins->build);
}

void twins_end(Twins *twins)
{
    remove_folder(twins->folder);
    twins_leave(twins);
}

Twins twins_apart(const Twins *twins, size_t number)
{
    Twins apart = *twins;
    apart.folder = text_format("%s/%zu", twins->folder, number);
    apart.build = text_format("%s", twins->build);
    apart.conditions.build = apart.build;
    apart.conditions.profile_folder = apart.folder;
    apart.conditions.core = ANY_CORE;
    folder_make(apart.folder);
    return apart;
}

/* A disk that is full is no fault of the cell's, and with room again it can be counted. */
static void must_have_room(const Trial *trial)
{
    const char *words = strstr(trial->reason, "cannot write the profile: ");
    if (trial->status == CRASH && words && strstr(words, strerror(ENOSPC)))
        fail("%s/%s: %s", trial->cell.strategy, trial->cell.workload, words);
}

int twins_run(Twins *twins, const Cell *cell, const char *words, Trial *trial)
{
    Planned planned = { .block = 1, .position = 1, .cell = *cell, .unsupported = "" };
    twins->conditions.profile = words;
    int signal = trial_run(&twins->conditions, &planned, twins->pool, trial);
    if (!signal)
        must_have_room(trial);
    return signal;
}

Sheet twins_file(const Twins *twins, const char *name, const Layout *layout)
{
    char *file = text_format("%s/%s", twins->folder, name);
    Sheet sheet = sheet_load(file, layout, twins->pool);
    unlink(file);
    free(file);
    return sheet;
}
