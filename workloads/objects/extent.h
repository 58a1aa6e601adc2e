/* extent: bytes of which the program touches as much as makes the system provide them: the first, one in each page, the last.
 * 8 bytes, and the bytes. All of them are zero at birth, which is the strategy's or the system's work. */
#ifndef EXTENT_H
#define EXTENT_H

#include "workload.h"

enum { EXTENT_STEP = 4096 }; /* bytes; the smallest page */

typedef struct Extent {
    size_t length;
    unsigned char at[];
} Extent;
leaf_of(Extent);

/* An extent of this many bytes, 1 or more, which bears the mark wherever it is touched. */
static inline Extent *extent_of(size_t bytes, unsigned char mark)
{
    Extent *extent = new_of(Extent, bytes);
    for (size_t i = 0; i < bytes; i += EXTENT_STEP)
        extent->at[i] = mark;
    extent->at[bytes - 1] = mark;
    return extent;
}

/* The sum of the marks; 0 where there is none. */
static inline uint64_t extent_sum(const Extent *extent)
{
    if (!extent)
        return 0;
    uint64_t sum = extent->at[extent->length - 1];
    for (size_t i = 0; i < extent->length; i += EXTENT_STEP)
        sum += extent->at[i];
    return sum;
}

/* What extent_sum finds in one so made. */
static inline uint64_t extent_sum_expected(size_t bytes, unsigned char mark)
{
    return mark * (UINT64_C(2) + (bytes - 1) / EXTENT_STEP);
}

#endif
