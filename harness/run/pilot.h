/* The pilot: the baseline's cells once, not recorded, to know beforehand how long a run will take. */
#ifndef RECLAIM_PILOT_H
#define RECLAIM_PILOT_H

#include "plan.h"
#include "trial.h"

/* Sets `*block_s` to the seconds that one block will take, as far as the baseline's cells can tell. Returns 0, or the signal
 * that asks this process to end. */
int pilot_run(const Plan *block, const char *baseline, const Conditions *conditions, Texts *texts, double *block_s);

#endif
