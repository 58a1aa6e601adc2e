/* Medians, ratios and how sure they are. docs/statistics.md has the formulas, what else was tried, and how often the intervals
 * hold the truth in simulations, which tests/unit/coverage_test.c repeats.
 *
 * Ratios are averaged as logarithms (the geometric mean), so that swapping the two sides inverts the ratio and its interval
 * exactly. */
#ifndef RECLAIM_STATISTICS_H
#define RECLAIM_STATISTICS_H

#include "resamples.h"

#include <stdbool.h>

/* A value with its 95% interval, all three NAN when there was nothing to estimate it from. Of one number `lo` and `hi` are NAN,
 * for nothing is known of how far the next would be from it. */
typedef struct Estimate {
    double value, lo, hi;
} Estimate;

/* Orders of numbers, for qsort. */
int rising(const void *a, const void *b);
int falling(const void *a, const void *b);

/* The middle of `n` numbers, or the mean of the two in the middle; NAN when there are none. */
double median(const double *x, size_t n);

/* The median of `n` numbers, 0 or more. */
Estimate estimate_median(const double *x, size_t n);

/* The median of `n` numbers, and in place of its interval the least and the greatest; all NAN when there are none. */
Estimate median_and_range(const double *x, size_t n);

/* The geometric mean of x[i] / y[i], where i is the block; both above 0. Of blocks of several hosts it is that of the hosts'
 * (hosts.h). It has no interval where nothing is known of the spread: of one block, and of one block each of two hosts. */
Estimate estimate_ratio(const double *x, const double *y, const Resamples *resamples);

/* Likewise of x[i], above 0, alone: of what is a ratio already. */
Estimate estimate_mean(const double *x, const Resamples *resamples);

/* The logarithms of x[i] / y[i]; the caller frees them. */
double *logs_of_ratios(const double *x, const double *y, size_t n);

/* Of a line through n points, 2 or more, by least squares; NAN where a number is. */
double slope_of(const double *x, const double *y, size_t n);

/* The least relative difference (0.05: 5%) that an interval of as many such pairs would exclude in 80% of all runs: of what
 * would have to be so much larger, or 1 / (1 + that) as large. NAN where there is no interval. */
double detectable_difference(const double *x, const double *y, const Resamples *resamples);

/* How many of the numbers are far from the others, by their logarithms; false where one has none, or there is no number. Of
 * fewer than five none can be told to be. */
bool count_outliers(const double *x, size_t n, uint64_t *outliers);

enum { MANY_CONTROLS = 20 }; /* fewer have no 95th in 100 */

/* The A/A band: what 95 in 100 of the controls stay within, whose logarithms are so far from 0. Of fewer than
 * MANY_CONTROLS the distance within which one more would lie with 95% if they scatter around 0 like a normal variable
 * (Student's t with n degrees of freedom times their root mean square, 12.7 times the distance of a single one), and no less
 * than the furthest. Sorts them; NAN when there are none. */
double band_of_distances(double *distance, size_t n);

/* What a box plot shows of numbers above 0. A number beyond the fences is far from the others, by their logarithms. */
typedef struct Quartiles {
    double lower, median, upper, low_fence, high_fence;
} Quartiles;

/* All NAN when there are none. */
Quartiles quartiles_of(const double *x, size_t n);

#endif
