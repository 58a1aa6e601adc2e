/* The larger and the smaller of two whole numbers. fmax and fmin would take them through double, which has 53 bits. */
#ifndef RECLAIM_BOUNDS_H
#define RECLAIM_BOUNDS_H

#include <stdint.h>

static inline uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static inline uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

#endif
