/* Seconds since some fixed time, by the clock that nobody sets. */
#ifndef RECLAIM_CLOCK_H
#define RECLAIM_CLOCK_H

#include <time.h>

static inline double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

#endif
