/* The machine's own pauses: a process that does nothing but read the clock sees when it was kept from it (jHiccup: Gil Tene,
 * https://github.com/giltene/jHiccup, with a spin in place of a sleep). Whether a pause that is no longer than
 * the worst was the strategy's, nobody can tell. */
#ifndef RECLAIM_HICCUPS_H
#define RECLAIM_HICCUPS_H

#include "pinning.h"
#include "records.h"

enum { HICCUP_NS = 1000 }; /* between two readings of the clock, of which each takes some 20 */

/* Reads the clock for so many seconds, or until there is no room for more hiccups. */
Hiccups hiccups_spin(double seconds);

/* How long a run spins that tries so many cells in a block: a hundredth of a second for each, from 0.05 to 2 s. */
double hiccups_seconds(size_t cells);

/* Adds the row to the file, which need not be there yet. */
void hiccups_add(const char *file, const Hiccups *hiccups, TextPool *pool);

/* Seconds since the run has begun, `begun` being that time since 1970; but no fewer than the file tells, which need not be
 * there: somebody may have set the wall clock back. */
double hiccups_since_s(const char *file, double begun, TextPool *pool);

/* Spins where trials run, while so many cells are to be tried or counted, and adds a row to the file. What is told of it: moment,
 * started_s by the run's clock, host. */
void hiccups_watch(const char *file, const Pinning *pinning, const Hiccups *told, size_t cells, TextPool *pool);

#endif
