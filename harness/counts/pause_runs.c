#include "pause_runs.h"

#include "fail.h"
#include "memory.h"
#include "statistics.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* Two files that are read side by side. */
typedef struct Reading {
    const char *run_folder;
    const Sheet *runs, *pauses;
    size_t next; /* pause */
} Reading;

static _Noreturn void fail_at(const Reading *reading, size_t pause, const char *column, const char *what)
{
    fail("%s/pauses.csv:%zu: column %s: %s", reading->run_folder, reading->pauses->line[pause], column, what);
}

static bool is_of(const Pause *pause, const PauseRun *run)
{
    return pause->run == run->run && cells_equal(&pause->cell, &run->cell);
}

static void check_times(const Reading *reading, const RunPauses *pauses)
{
    uint64_t end_ns = 0;
    for (size_t i = 0; i < pauses->count; i++) {
        const Pause *pause = &pauses->pause[i];
        if (pause->start_ns < end_ns)
            fail_at(reading, reading->next + i, "start_ns", "the pause before had not ended");
        if (pause->end_ns < pause->start_ns)
            fail_at(reading, reading->next + i, "end_ns", "it ends before it begins");
        if (pause->end_ns > pauses->run->pause_run_ns.value)
            fail_at(reading, reading->next + i, "end_ns", "the run was over by then");
        end_ns = pause->end_ns;
    }
}

static RunPauses take_run(Reading *reading, size_t i)
{
    const PauseRun *run = (const PauseRun *)reading->runs->row + i;
    const Pause *pause = reading->pauses->row;
    RunPauses taken = { .run = run, .pause = pause + reading->next };
    while (reading->next + taken.count < reading->pauses->rows && is_of(&taken.pause[taken.count], run))
        taken.count++;
    if (!run->listed_pauses.known || !run->pauses.known || !run->pause_run_ns.known || taken.count != run->listed_pauses.value)
        fail("%s/pause_runs.csv:%zu: column listed_pauses: pauses.csv lists %zu of that run", reading->run_folder,
             reading->runs->line[i], taken.count);
    check_times(reading, &taken);
    reading->next += taken.count;
    return taken;
}

RunPauses *pause_runs_pair(const char *run_folder, const Sheet *runs, const Sheet *pauses)
{
    Reading reading = { run_folder, runs, pauses, 0 };
    RunPauses *paired = memory_new(runs->rows + 1, sizeof *paired);
    for (size_t i = 0; i < runs->rows; i++)
        paired[i] = take_run(&reading, i);
    if (reading.next < pauses->rows)
        fail_at(&reading, reading.next, "run", "pause_runs.csv has no such run, or not at that place");
    return paired;
}

bool pauses_are_whole(const RunPauses *pauses)
{
    return pauses->run->pause_floor_ns.value <= LOWEST_FLOOR_NS;
}

double pause_length_at(const double *lengths, size_t listed, uint64_t longer)
{
    return longer < listed ? lengths[longer] : NAN;
}

double *pause_lengths(const RunPauses *pauses)
{
    double *lengths = memory_new(pauses->count + 1, sizeof *lengths);
    for (size_t i = 0; i < pauses->count; i++)
        lengths[i] = (double)(pauses->pause[i].end_ns - pauses->pause[i].start_ns);
    qsort(lengths, pauses->count, sizeof *lengths, falling);
    return lengths;
}
