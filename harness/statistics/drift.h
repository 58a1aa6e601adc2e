/* Drift: whether what is measured round after round grows, of numbers that may depend on those before them.
 *
 * The first half of the rounds is the warm-up, and not looked at. The rest is cut into BATCHES of equal length, whose means
 * depend on each other far less than the rounds do (Law and Carson 1979, "A sequential procedure for determining the length of
 * a steady-state simulation"). Their slope is the median of those of all pairs, with the interval of Kendall's test
 * (Theil 1950, Sen 1968): it needs no distribution, and neither a peak nor a single step is a drift. What batches still depend
 * on each other by widens it. tests/unit/drift_test.c tells how often it is wrong. */
#ifndef RECLAIM_DRIFT_H
#define RECLAIM_DRIFT_H

#include <stddef.h>

enum { BATCHES = 10, LEAST_ROUNDS = 4 * BATCHES /* two a batch, and as many to warm up */ };

typedef enum DriftVerdict { STEADY, DRIFTS, DRIFT_UNTOLD } DriftVerdict;

typedef struct Drift {
    double slope, lo, hi; /* a round, with its 95% interval; all NAN of fewer than LEAST_ROUNDS */
    size_t rounds;        /* so many were looked at, the last ones */
    double level;         /* their mean */
    DriftVerdict verdict;
} Drift;

/* The means of the batches of `n` numbers, LEAST_ROUNDS or more; returns how long a batch is. */
size_t drift_batches(const double *x, size_t n, double means[BATCHES]);

/* Of `n` numbers, one a round. `tolerance` is the growth a round, 0 or more, that is none yet: the interval of what drifts lies
 * above it, of what is steady not even its end. */
Drift drift_of(const double *x, size_t n, double tolerance);

#endif
