/* Cells counted by as many processes at a time as there are cores: instructions do not depend on who runs beside. */
#ifndef RECLAIM_SHARING_H
#define RECLAIM_SHARING_H

#include "counted_run.h"

/* How many there will be. */
size_t sharers(void);

/* Sets run[i] for each cell[i]. Returns 0, or the signal that asks this process to end; when one of the processes fails, it has
 * said why, and this one ends, too. */
int share_counting(const Conditions *conditions, const char *valgrind, const Roles *roles, const Cell *cell, CountedRun *run,
                   size_t count);

#endif
