#include "mode.h"

#include "bounds.h"

#include <math.h>

/* A run of all workloads, about 1,900 cells, is to end within ten minutes on two cores, a quick one within one or a little
 * more. A block takes about 150 and 25 s then. Counting runs every program twice more under each strategy, at its quick
 * size or a tenth of it, with a list and a clock in its way: 86 s of a run of 9 min 13 s, and 9 s are summing up and drawing. */
static const ModeLimits limits[MODES] = {
    [QUICK]    = { "quick", .least_blocks = 2, .most_blocks = 5, .budget_s = 40, .rest_s = 0.03, .time_limit_s = 20 },
    [STANDARD] = { "standard", .least_blocks = 3, .most_blocks = 15, .budget_s = 8 * 60, .rest_s = 0.05, .time_limit_s = 60 },
    [FULL]     = { "full", .least_blocks = 30, .most_blocks = 30, .budget_s = INFINITY, .rest_s = 0.05, .time_limit_s = 300 },
};

const ModeLimits *mode_limits(Mode mode)
{
    return &limits[mode];
}

bool mode_named(const char *name, Mode *mode)
{
    for (*mode = QUICK; *mode < MODES; ++*mode)
        if (texts_equal(name, limits[*mode].name))
            return true;
    return false;
}

uint64_t mode_size(Mode mode, const Description *variant)
{
    return mode == QUICK ? variant->quick : mode == STANDARD ? variant->standard : variant->full;
}

uint64_t mode_blocks(Mode mode, double block_s)
{
    const ModeLimits *bounds = &limits[mode];
    double fitting = floor(bounds->budget_s / fmax(block_s, 1e-3));
    return fmin(fmax(fitting, bounds->least_blocks), bounds->most_blocks);
}

uint64_t mode_shared_blocks(Mode mode, double block_s, uint64_t tasks)
{
    uint64_t of_one = mode_blocks(mode, block_s), of_all = isinf(limits[mode].budget_s) ? of_one : tasks * of_one;
    return smaller(larger(of_all, tasks * LEAST_BLOCKS_OF_TASK), BLOCKS_MAX);
}

double mode_rest_s(Mode mode, size_t cells)
{
    return fmax(1, limits[mode].rest_s * cells);
}
