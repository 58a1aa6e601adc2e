/* collection clock: how long the collections of a timed cell took, for the cell's row.
 *
 * The youngest generation is collected every 20 us, and reading the system's clock twice for each would be some 0.2% of the
 * work, so ticks of the processor's own counter are added up where it has one: about 8 ns a reading instead of 20. Whoever
 * prints them knows how long the work took by both clocks. */
#ifndef COLLECTION_CLOCK_H
#define COLLECTION_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct CollectionClock {
    uint64_t ticks; /* of all collections that have ended */
    uint64_t begun; /* when the last one began */
    bool untold;    /* the strategy collects and does not tell when */
} CollectionClock;

/* Ticks since some moment: of the counter, or nanoseconds. */
static inline uint64_t ticks_now(void)
{
#if defined __x86_64__
    return __builtin_ia32_rdtsc();
#else
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
#endif
}

#endif
