/* What was counted so far: objects and their bytes, which census.c tells; and footprint and pauses, which strategies tell (the
 * footprint_ and pause_ of parts/census.h are here). Bytes are those asked for, but where room is said. */
#ifndef COUNTED_H
#define COUNTED_H

#include "parts/census.h"

typedef struct Counted {
    bool recording;        /* objects are recorded; else only the clocks run: births, bytes allocated, pauses */
    uint64_t allocations, frees;
    uint64_t resizes, reused, finalized;
    uint64_t allocated_bytes, freed_bytes;
    uint64_t room_bytes;   /* of what is alive, with rounding and heads */
    uint64_t taken_bytes;  /* from the system, through system.h and what strategies told */
    uint64_t peak_live_bytes, peak_room_bytes, peak_footprint_bytes, peak_resident_kib;
    uint64_t pauses[PAUSE_KINDS]; /* at every depth, but of cascades those that are no part of another pause */
} Counted;

extern Counted counted;

/* So much more is asked for and alive, or no longer. */
void counted_grow(uint64_t bytes, uint64_t room);
void counted_shrink(uint64_t bytes, uint64_t room);

/* Takes a sample of the timeline now. */
void counted_sample(void);

/* From now on the clock is read around pauses. */
void counted_clock_pauses(void);

/* The work is over: ends the run where a pause is not. */
void counted_end(void);

#endif
