/* What a counted cell says of its objects: one run of it, outside of any measurement. */
#ifndef RECLAIM_COUNT_CENSUS_H
#define RECLAIM_COUNT_CENSUS_H

#include "count_rows.h"
#include "stress.h"

/* Numbers alone: parts of a mode hand them from one process to another. */
typedef struct Counts {
    bool known;                              /* the cell was counted; else `why` says what became of it */
    bool unsupported;                        /* it cannot do this, and says why */
    char why[200];
    uint64_t born, freed, alive;             /* objects; alive: at the end, after a collection */
    uint64_t born_bytes, freed_bytes, alive_bytes;
    uint64_t checksum;
} Counts;

/* Runs the counted cell of the build. `number` tells those apart that run at once. Returns 0, or the signal that asks this
 * process to end. */
int count_census(const Stress *stress, const char *build, const Cell *cell, size_t number, Counts *counts);

#endif
