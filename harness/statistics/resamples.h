/* The bootstrap (Efron 1979): n blocks are drawn from n with replacement, again and again, and what is estimated is worked out
 * of each drawing. Statistics that share their Resamples see the same blocks drawn, as they came from the same blocks.
 *
 * Of several hosts (hosts.h) blocks are drawn for each by itself: of fewer than LEAST_HOSTS within each of them; of more, as
 * many hosts as there are, with replacement, and of each its number of blocks (Davison and Hinkley 1997, 3.8). From WHOLE_FROM
 * hosts on these are drawn whole, which then comes to the same. */
#ifndef RECLAIM_RESAMPLES_H
#define RECLAIM_RESAMPLES_H

#include "hosts.h"

#include <stdint.h>

enum { RESAMPLES = 10000, FEWEST_RESAMPLES = 2000 };
enum { FULLY_DRAWN = 100 }; /* units, up to which there are RESAMPLES drawings */
enum { WHOLE_FROM = 30 };

/* Of more units there are fewer, for what a mean costs is drawings times units: as many as come to the same, but not below
 * FEWEST_RESAMPLES, of which an end of the interval scatters by 3% of half its width. At each end of a 95% interval lie a
 * fortieth of them. */

/* How often each of `n` blocks was drawn in each drawing, or each of their hosts. */
typedef struct Resamples {
    size_t n;
    Hosts shape;              /* of n blocks; its counts are these resamples' own */
    Drawn how;
    size_t units;             /* what is drawn: n, or the hosts */
    size_t drawings;          /* how often; a multiple of TILE and of 40 */
    size_t freedom;           /* of the shape: n - 1 of one host; 0: there is no interval */
    double student;           /* t / 1.96, with the t of 95% and that freedom: resamples say nothing of how well few numbers
                               * know their own spread. 1 without freedom */
    double detectable_errors; /* as student.h has it; NAN without freedom */
    uint16_t *drawn; /* in tiles of TILE drawings: a row of TILE counts for each unit */
    bool is_borrowed; /* whether that is another's */
} Resamples;

/* A tile of up to 100 blocks stays in the first cache while it is used, and its sums in registers. */
enum { TILE = 16 };

/* Of n blocks of one host. The same seed draws the same. More than 65535 blocks end the program: a count might not fit. */
Resamples resamples_draw(size_t n, uint64_t seed);
Resamples resamples_draw_hosts(Hosts shape, uint64_t seed);

/* The same drawings for hosts that have other numbers of blocks, where both are drawn whole and are as many: megabytes that need
 * not be there twice. `lender` must stay. */
bool resamples_can_lend(const Resamples *lender, Hosts shape);
Resamples resamples_lent(const Resamples *lender, Hosts shape);

void resamples_free(Resamples *resamples);

/* How often the unit is in that drawing. For tests. */
static inline unsigned resamples_count(const Resamples *resamples, size_t drawing, size_t unit)
{
    return resamples->drawn[(drawing / TILE * resamples->units + unit) * TILE + drawing % TILE];
}

/* How much wider an interval of the mean of `x` must be than that of its resamples: these spread too little, of n blocks of one
 * host by sqrt((n - 1) / n), and know nothing of Student. */
double widening_of(const double *x, const Resamples *resamples);

/* The ends of the percentile interval of the mean of `x`, one number per block: a fortieth of the drawings are below `lo` or on
 * it, and as many above `hi` or on it. Of -x they are exactly -hi and -lo. */
typedef struct Percentiles {
    double lo, hi;
} Percentiles;

Percentiles resampled_mean(const double *x, const Resamples *resamples);

/* Likewise of the mean of y minus the mean of x, whose blocks have nothing to do with each other. Where x and y change places
 * the ends are exactly -hi and -lo. Where one has fewer drawings, of the other as many are used. */
Percentiles resampled_difference(const double *x, const Resamples *of_x, const double *y, const Resamples *of_y);

/* For statistics that are made of several means: how far the mean of each drawing lies from that of `x`, which is returned; and
 * the ends, and the mean, of what came of so many of them. `away` has room for RESAMPLES numbers. */
double resample_means(const double *x, const Resamples *resamples, float *away);
Percentiles resampled_ends(const float *value, size_t drawings, double *mean);

#endif
