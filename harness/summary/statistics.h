/* Medians, ratios and how sure they are: the percentile bootstrap of Efron (1979), in which blocks are resampled, with
 * intervals expanded for small numbers of blocks (Hesterberg 2015, "What teachers should know about the bootstrap").
 *
 * Ratios are averaged as logarithms (the geometric mean), so that swapping the two sides inverts the ratio and its interval
 * exactly. All statistics that share their Resamples see the same blocks drawn, as they came from the same blocks.
 *
 * How sure the intervals themselves are is simulated in tests/unit/statistics_test.c: of 95% intervals of a mean, 92% hold
 * the truth with 5 blocks and 93% to 97% with 8 to 100. (Not expanded, it would be 84% with 5 blocks and 92% with 15.) With
 * fewer than 4 blocks an interval is the range of what was seen, and holds less than it says. */
#ifndef RECLAIM_STATISTICS_H
#define RECLAIM_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RESAMPLES = 10000 };

/* A value with its 95% interval, all three NAN when there was nothing to estimate it from. */
typedef struct Estimate {
    double value, lo, hi;
} Estimate;

/* How often each of `n` blocks was drawn, in each of RESAMPLES drawings of `n` with replacement. */
typedef struct Resamples {
    size_t n;
    size_t beyond;   /* how many of the rows lie beyond either end of a 95% interval */
    uint16_t *drawn; /* RESAMPLES rows of n */
} Resamples;

/* The same seed draws the same. More than 65535 blocks end the program: a count might not fit. */
Resamples resamples_draw(size_t n, uint64_t seed);
void resamples_free(Resamples *resamples);

/* The middle of `n` numbers, or the mean of the two in the middle; NAN when there are none. */
double median(const double *x, size_t n);

/* The median of one value per block. */
Estimate estimate_median(const double *x, const Resamples *resamples);

/* The geometric mean of x[i] / y[i], where i is the block; both above 0. */
Estimate estimate_ratio(const double *x, const double *y, const Resamples *resamples);

/* The least relative difference (0.05: 5%) that an interval of as many such pairs would exclude in 80% of all runs: of what
 * would have to be so much larger, or 1 / (1 + that) as large. NAN with fewer than two. */
double detectable_difference(const double *x, const double *y, size_t n);

/* How many of the numbers are far from the others, by their logarithms; false where one has none, or there is no number. Of
 * fewer than five none can be told to be. */
bool count_outliers(const double *x, size_t n, uint64_t *outliers);

/* The t within which Student's t of so many degrees of freedom lies with the probability `share`. */
double student(double share, size_t freedom);

#endif
