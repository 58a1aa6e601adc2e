/* The bootstrap (Efron 1979): n blocks are drawn from n with replacement, again and again, and what is estimated is worked out
 * of each drawing. Statistics that share their Resamples see the same blocks drawn, as they came from the same blocks. */
#ifndef RECLAIM_RESAMPLES_H
#define RECLAIM_RESAMPLES_H

#include <stddef.h>
#include <stdint.h>

enum { RESAMPLES = 10000, BEYOND = 250 }; /* at each end of a 95% interval lie 2.5% of them */

/* How often each of `n` blocks was drawn in each drawing. */
typedef struct Resamples {
    size_t n;
    double widening;          /* t / 1.96 x sqrt(n / (n - 1)), with the t of 95% and n - 1 degrees of freedom, 1 of fewer
                               * than two: what an interval of n blocks must be wider than that of their resamples. These
                               * spread too little, by sqrt((n - 1) / n), and say nothing of how well n blocks know their
                               * own spread, which is what Student's t is for */
    double detectable_errors; /* of n blocks, as student.h has it; NAN of fewer than two */
    uint16_t *drawn; /* in tiles of TILE drawings: a row of TILE counts for each block */
} Resamples;

/* A tile of up to 100 blocks stays in the first cache while it is used, and its sums in registers. */
enum { TILE = 16, TILES = RESAMPLES / TILE };

/* The same seed draws the same. More than 65535 blocks end the program: a count might not fit. */
Resamples resamples_draw(size_t n, uint64_t seed);
void resamples_free(Resamples *resamples);

/* How often the block is in that drawing. For tests. */
static inline unsigned resamples_count(const Resamples *resamples, size_t drawing, size_t block)
{
    return resamples->drawn[(drawing / TILE * resamples->n + block) * TILE + drawing % TILE];
}

/* The ends of the percentile interval of the mean of `x`, one number per block: BEYOND drawings are below `lo` or on it, and
 * as many above `hi` or on it. Of -x they are exactly -hi and -lo. */
typedef struct Percentiles {
    double lo, hi;
} Percentiles;

Percentiles resampled_mean(const double *x, const Resamples *resamples);

/* Likewise of the mean of y minus the mean of x, whose blocks have nothing to do with each other. Where x and y change places
 * the ends are exactly -hi and -lo. */
Percentiles resampled_difference(const double *x, const Resamples *of_x, const double *y, const Resamples *of_y);

/* For statistics that are made of several means: how far the mean of each of RESAMPLES drawings lies from that of `x`, which is
 * returned; and the ends, and the mean, of what came of them. `away` and `value` have RESAMPLES numbers. */
double resample_means(const double *x, const Resamples *resamples, float *away);
Percentiles resampled_ends(const float *value, double *mean);

#endif
