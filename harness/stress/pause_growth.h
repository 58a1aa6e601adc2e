/* How the longest pause grows with what is alive: what the runs of one variant under one strategy come to. */
#ifndef RECLAIM_PAUSE_GROWTH_H
#define RECLAIM_PAUSE_GROWTH_H

#include "statistics.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PAUSE_SIZES = 4, PAUSE_RUNS_MOST = 15 };

/* Of live objects, in ascending order. */
extern const uint64_t pause_sizes[PAUSE_SIZES];

typedef struct PauseGrowth {
    double longest_ns[PAUSE_SIZES][PAUSE_RUNS_MOST]; /* of each run */
    double waited_ns[PAUSE_SIZES][PAUSE_RUNS_MOST];  /* what the program itself says of one of them; NAN: nothing */
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

/* Whether the program waited for a millisecond or more, and no pause was told that is a fourth of it: for one wait is a cascade and
 * two collections at the most. Medians, for in one run the machine may have been away. */
bool pause_is_hidden(const PauseGrowth *growth, size_t size);

/* Median and range of the runs at that size, and of the floors beside them. */
Estimate pause_at(const PauseGrowth *growth, size_t size);
Estimate pause_floor(const PauseGrowth *growth);

#endif
