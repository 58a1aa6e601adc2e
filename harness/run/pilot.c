#include "pilot.h"

#include "clock.h"
#include "progress.h"
#include "request.h"

#include <math.h>
#include <stdio.h>

enum { LEAST_SAMPLE = 20, SHARE_OF_SAMPLE = 20 };

static double seconds_passed(const Pilot *pilot)
{
    return seconds_now() - pilot->began;
}

/* The block is shuffled, so the trials at its beginning are a fair sample of all. */
static bool is_sample(size_t done, size_t runs)
{
    return done < runs && done == fmax(LEAST_SAMPLE, runs / SHARE_OF_SAMPLE);
}

static void say_guess(const Pilot *pilot, const Progress *progress)
{
    char duration[32];
    double block_s = seconds_passed(pilot) / progress->done * progress->trials;
    uint64_t blocks = pilot->blocks == NOT_ASKED ? mode_blocks(pilot->mode, block_s) : pilot->blocks;
    duration_text(block_s * blocks + mode_rest_s(pilot->mode, progress->trials), duration);
    progress_clear(progress);
    fprintf(stderr, "about %s in all, going by the first %zu trials\n", duration, progress->done);
}

int pilot_run(Pilot *pilot, const Conditions *conditions, TextPool *pool)
{
    Progress progress = progress_begin(pilot->block, pilot->trial);
    size_t runs = progress.trials;
    progress.is_pilot = true;
    int signal = 0;
    pilot->began = seconds_now();
    for (size_t i = 0; i < pilot->block->trials && !signal; i++) {
        const Planned *planned = &pilot->block->trial[i];
        double started_s = seconds_passed(pilot);
        signal = trial_run(conditions, planned, pool, &pilot->trial[i]);
        pilot->trial[i].started_s = whole_microseconds(started_s);
        if (signal || !planned_is_run(planned))
            continue;
        progress_show(&progress, &pilot->trial[i]);
        if (is_sample(progress.done, runs))
            say_guess(pilot, &progress);
    }
    pilot->took_s = seconds_passed(pilot);
    return signal;
}
