#include "progress.h"

#include "clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { WIDTH = 79, LINE_ROOM = 160 };

Progress progress_begin(const Plan *plan, const Trial *tried)
{
    Progress progress = {
        .plan = plan, .trials = plan_runs(plan), .began = seconds_now(), .bar = isatty(STDERR_FILENO),
    };
    for (size_t i = 0; i < plan->trials; i++) {
        progress.done += tried[i].block != 0 && planned_is_run(&plan->trial[i]);
        progress.failed += tried[i].block != 0 && planned_failed(&plan->trial[i], &tried[i]);
    }
    progress.done_before = progress.done;
    progress.failed_before = progress.failed;
    return progress;
}

/* At the pace of this session. */
static void time_left(const Progress *progress, char text[32])
{
    double passed = seconds_now() - progress->began;
    size_t done = progress->done - progress->done_before;
    duration_text(passed / done * (progress->trials - progress->done), text);
}

static int bar_text(const Progress *progress, const Trial *trial, char text[LINE_ROOM])
{
    char left[32];
    time_left(progress, left);
    if (progress->is_pilot)
        return snprintf(text, LINE_ROOM, "first block, trial %zu/%zu, %zu failed, %s left of it", progress->done,
                        progress->trials, progress->failed, left);
    return snprintf(text, LINE_ROOM, "block %" PRIu64 "/%" PRIu64 ", trial %zu/%zu, %zu failed, %s left", trial->block,
                    progress->blocks, progress->done, progress->trials, progress->failed, left);
}

/* Ends where it begins, so that whatever is said next takes its place. */
static void draw_bar(const Progress *progress, const Trial *trial)
{
    char text[LINE_ROOM];
    int room = WIDTH - bar_text(progress, trial, text) - 3, full = room * progress->done / progress->trials;
    fprintf(stderr, "\r[%.*s%*s] %s\033[K\r", full, "#############################################################",
            room - full, "", text);
    if (progress->done == progress->trials)
        progress_clear(progress);
}

void progress_clear(const Progress *progress)
{
    if (progress->bar)
        fputs("\033[K", stderr);
}

static void say_block_is_done(Progress *progress, const Trial *trial)
{
    char left[32];
    time_left(progress, left);
    fprintf(stderr, "block %" PRIu64 " of %" PRIu64 ": %zu of %zu trials done, %zu failed in this block, %s left\n",
            trial->block, progress->blocks, progress->done, progress->trials,
            progress->failed - progress->failed_before, left);
    progress->failed_before = progress->failed;
}

/* The last one that is run. */
static bool is_last_of_block(const Progress *progress, const Trial *trial)
{
    size_t next;
    for (uint64_t position = trial->position + 1; plan_find(progress->plan, trial->block, position, &next); position++)
        if (planned_is_run(&progress->plan->trial[next]))
            return false;
    return true;
}

void progress_show(Progress *progress, const Trial *trial)
{
    progress->done++;
    progress->failed += trial->status != OK;
    if (progress->bar)
        draw_bar(progress, trial);
    else if (!progress->is_pilot && is_last_of_block(progress, trial))
        say_block_is_done(progress, trial);
}
