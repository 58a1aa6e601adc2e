/* Time: measured, and said. */
#ifndef RECLAIM_CLOCK_H
#define RECLAIM_CLOCK_H

#include <time.h>

/* Seconds since some fixed time, by the clock that nobody sets. */
static inline double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

/* The time, rounded to what means anything in a file. */
double whole_microseconds(double seconds);

/* "41 s", "3 min 20 s", "2 h 5 min". */
void duration_text(double seconds, char text[32]);

#endif
