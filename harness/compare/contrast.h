/* Two samples of blocks that were measured apart: what the second comes to beside the first, and how sure that is.
 *
 * All is in logarithms, so that swapping the two inverts the ratio, and its interval, exactly. Blocks of different runs have
 * nothing to do with each other, so each run's are resampled by themselves, in intervals widened as those of a single run
 * (resamples.h), with the degrees of freedom of Welch (1947) for samples of different spread. The probability is that of
 * Welch's t: a bootstrap of 10,000 knows none below 1 in 10,000, and a comparison of a thousand cells needs smaller ones. */
#ifndef RECLAIM_CONTRAST_H
#define RECLAIM_CONTRAST_H

#include "drawings.h"

/* One number per block, a logarithm. */
typedef struct Blocks {
    double *x;
    size_t n;
} Blocks;

typedef struct Contrast {
    double log, lo, hi; /* second minus first, with its 95% interval, which is NAN with fewer than 2 blocks of either */
    double error;       /* the standard error of `log`; likewise */
    double detectable;  /* the least difference told in 4 of 5 cases, of one cell looked at by itself, 0.05 for 5%, by the
                         * definition of summary.csv; likewise */
    double p;           /* how likely blocks that do not differ would be at least as far apart, on either side; likewise */
} Contrast;

Contrast contrast_of(Blocks first, Blocks second, Drawings *drawings);

extern const Contrast unknown_contrast;

#endif
