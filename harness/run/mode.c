#include "mode.h"

#include <math.h>

static const ModeLimits limits[MODES] = {
    [QUICK]    = { "quick",    .least_blocks = 3,  .most_blocks = 5,  .budget_s = 40,       .time_limit_s = 20 },
    [STANDARD] = { "standard", .least_blocks = 3,  .most_blocks = 15, .budget_s = 8 * 60,   .time_limit_s = 60 },
    [FULL]     = { "full",     .least_blocks = 30, .most_blocks = 30, .budget_s = INFINITY, .time_limit_s = 300 },
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

/* Counting runs every cell twice, with a clock and a list in its way. */
double mode_rest_s(size_t cells)
{
    const double cell_s = 0.05, least_s = 1;
    return least_s + cell_s * cells;
}
