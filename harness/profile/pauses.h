/* Pauses: when the mutator waited for the strategy, by the monotonic clock.
 *
 * Invariant: the list holds every pause that is at least as long as the floor, and no shorter one. Its memory is reserved
 * before the first; when it is full the floor is doubled and what is below goes. All pauses are in the totals, however
 * short. A pause shorter than a microsecond is never listed: two readings of the clock, some 20 ns each, would be too much
 * of it. */
#ifndef PAUSES_H
#define PAUSES_H

#include <stdio.h>

#include "parts/census.h"

/* Reserves the list, and reads the clock from which pauses count. */
void pauses_begin(void);

/* Around a pause; allocated_bytes: where the allocation clock stands. */
void pauses_open(void);
void pauses_close(PauseKind kind, uint64_t allocated_bytes);

/* The work is over. */
void pauses_end(void);

/* One row for each listed pause; and one with the totals. */
void pauses_write(FILE *out);
void pauses_write_totals(FILE *out);

#endif
