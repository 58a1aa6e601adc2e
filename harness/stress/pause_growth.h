/* How the longest pause grows with what is alive: what the runs of one variant under one strategy come to. */
#ifndef RECLAIM_PAUSE_GROWTH_H
#define RECLAIM_PAUSE_GROWTH_H

#include "statistics.h"

#include <stddef.h>
#include <stdint.h>

enum { PAUSE_SIZES = 4, PAUSE_RUNS_MOST = 15 };

/* Of live objects, in ascending order. */
extern const uint64_t pause_sizes[PAUSE_SIZES];

typedef struct PauseGrowth {
    double longest_ns[PAUSE_SIZES][PAUSE_RUNS_MOST]; /* of each run */
    size_t runs;
    double floor_ns[PAUSE_RUNS_MOST]; /* the machine's own longest hiccup in as long a time, beside each run */
} PauseGrowth;

/* What the slope of longest pause against live objects, both as logarithms, says. */
typedef enum PauseVerdict { NO_PAUSE, BELOW_FLOOR, ONE_SIZE_ALONE, LEVEL, LESS_THAN_LIVE, AS_LIVE, GROWTH_UNTOLD } PauseVerdict;

typedef struct PauseSlope {
    PauseVerdict verdict;
    Estimate slope;          /* 0: constant, 1: in proportion; NAN where there is none */
} PauseSlope;

/* Of the sizes from 10^4 on, for below what is paid once hides what is paid for each, and of these where the median is longer
 * than that of the floors. In each run a line by least squares; the mean over runs with its bootstrap interval. */
PauseSlope pause_slope_of(const PauseGrowth *growth);

/* Median and range of the runs at that size, and of the floors beside them. */
Estimate pause_at(const PauseGrowth *growth, size_t size);
Estimate pause_floor(const PauseGrowth *growth);

#endif
