/* The pilot: one block without its controls, not recorded, to know beforehand how long a run will take and what the right
 * answers are. */
#ifndef RECLAIM_PILOT_H
#define RECLAIM_PILOT_H

#include "plan.h"
#include "trial.h"

typedef struct Pilot {
    Trial *trial;   /* one for each of the block's; those that the pilot leaves out are unsupported */
    double *took_s; /* NAN for those */
} Pilot;

/* Tries every cell once. Returns 0, or the signal that asks this process to end. */
int pilot_run(Pilot *pilot, const Plan *block, const Conditions *conditions, TextPool *pool);

/* The seconds that the whole block will take if each cell takes as long again. */
double pilot_block_s(const Pilot *pilot, const Plan *block);

void pilot_free(Pilot *pilot);

#endif
