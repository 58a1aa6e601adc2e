#include "pause_growth.h"

#include <math.h>

const uint64_t pause_sizes[PAUSE_SIZES] = { 1000, 10000, 100000, 1000000 };

enum { LEAST_OBJECTS = 10000, SEED = 1 /* of the bootstrap */ };
/* Of a wait that is held against the pauses: as long as this, and so many parts at the most. */
enum { LONG_NS = 1000000, PARTS = 4 };

/* What is called level, and in proportion. */
#define LEVEL_SLOPE 0.3
#define LIVE_SLOPE 0.7

Estimate pause_at(const PauseGrowth *growth, size_t size)
{
    return median_and_range(growth->longest_ns[size], growth->runs);
}

Estimate pause_floor(const PauseGrowth *growth)
{
    return median_and_range(growth->floor_ns, growth->runs);
}

bool pause_is_hidden(const PauseGrowth *growth, size_t size)
{
    double waited_ns = median_and_range(growth->waited_ns[size], growth->runs).value;
    return waited_ns >= LONG_NS && pause_at(growth, size).value < waited_ns / PARTS;
}

/* The sizes that count, in `size`; returns how many. */
static size_t sizes_above_floor(const PauseGrowth *growth, size_t size[PAUSE_SIZES])
{
    size_t count = 0;
    double floor_ns = pause_floor(growth).value;
    for (size_t i = 0; i < PAUSE_SIZES; i++)
        if (pause_sizes[i] >= LEAST_OBJECTS && pause_at(growth, i).value > floor_ns)
            size[count++] = i;
    return count;
}

static double slope_in_run(const PauseGrowth *growth, size_t run, const size_t *size, size_t count)
{
    double x[PAUSE_SIZES], y[PAUSE_SIZES];
    for (size_t i = 0; i < count; i++) {
        x[i] = log((double)pause_sizes[size[i]]);
        y[i] = log(fmax(growth->longest_ns[size[i]][run], 1));
    }
    return slope_of(x, y, count);
}

/* A mean of slopes is a geometric mean of factors. */
static Estimate slope_over_runs(const PauseGrowth *growth, const size_t *size, size_t count)
{
    double factor[PAUSE_RUNS_MOST];
    for (size_t run = 0; run < growth->runs; run++)
        factor[run] = exp(slope_in_run(growth, run, size, count));
    Resamples resamples = resamples_draw(growth->runs, SEED);
    Estimate mean = estimate_mean(factor, &resamples);
    resamples_free(&resamples);
    return (Estimate){ log(mean.value), log(mean.lo), log(mean.hi) };
}

static PauseVerdict verdict_of(Estimate slope)
{
    if (slope.lo > LIVE_SLOPE)
        return AS_LIVE;
    if (slope.hi < LEVEL_SLOPE)
        return LEVEL;
    return slope.lo > 0 && slope.hi < 1 ? LESS_THAN_LIVE : GROWTH_UNTOLD;
}

static bool never_pauses(const PauseGrowth *growth)
{
    for (size_t i = 0; i < PAUSE_SIZES; i++)
        if (pause_at(growth, i).hi > 0)
            return false;
    return true;
}

PauseSlope pause_slope_of(const PauseGrowth *growth)
{
    size_t size[PAUSE_SIZES], count = sizes_above_floor(growth, size);
    PauseSlope none = { BELOW_FLOOR, { NAN, NAN, NAN } };
    if (never_pauses(growth))
        none.verdict = NO_PAUSE;
    else if (count == 1)
        none.verdict = ONE_SIZE_ALONE;
    if (count < 2)
        return none;
    Estimate slope = slope_over_runs(growth, size, count);
    return (PauseSlope){ verdict_of(slope), slope };
}
