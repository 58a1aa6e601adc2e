/* skew: numbers of which some are drawn far more often than others, the small ones: k about as often as 1 / (k + 1), which is
 * Zipf's law with exponent 1, in steps of powers of two. What requests for pages, words or files look like. */
#ifndef SKEW_H
#define SKEW_H

#include "workload.h"

/* From 0 to 2^doublings - 2; doublings from 1 to 32. Each doubling, 0, 1 to 2, 3 to 6, …, is as likely as another. */
static inline uint64_t random_skewed(Random *random, unsigned doublings)
{
    uint64_t numbers = UINT64_C(1) << random_below(random, doublings);
    return numbers - 1 + random_below(random, numbers);
}

#endif
