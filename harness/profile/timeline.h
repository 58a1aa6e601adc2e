/* The timeline: how memory moved, on the allocation clock (bytes asked for since the beginning), which runs alike on
 * every machine.
 *
 * Invariant: a sample is taken every so many bytes allocated, into memory reserved at the beginning. When it is full every
 * second sample goes, and there are twice as many bytes from one to the next: so from then on there are between half of the
 * most and the most, over the whole run. */
#ifndef TIMELINE_H
#define TIMELINE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct Sample {
    uint64_t allocated_bytes; /* the clock */
    uint64_t live_bytes;      /* asked for, and not told dead */
    uint64_t room_bytes;      /* the same with rounding and heads */
    uint64_t footprint_bytes; /* held from the system by the strategy */
    uint64_t resident_kib;    /* of the process, without the census's own memory */
} Sample;

/* Whether a sample is due when the clock stands there. */
bool timeline_is_due(uint64_t allocated_bytes);

/* When the system refuses the memory for them, the cell is out of memory. */
void timeline_add(const Sample *sample);

/* One row for each sample that is left. */
void timeline_write(FILE *out);

#endif
