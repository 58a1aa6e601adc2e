/* The pilot: the first block of a run. It is a block like the others, and its trials count; but how many blocks there will
 * be, and what the right answers are where no reference says, is only known when it is over. */
#ifndef RECLAIM_PILOT_H
#define RECLAIM_PILOT_H

#include "mode.h"
#include "plan.h"
#include "trial.h"

typedef struct Pilot {
    const Plan *block;
    Trial *trial; /* one for each of the block's */
    Mode mode;
    uint64_t blocks; /* NOT_ASKED, or how many there will be */
    double began, took_s;
} Pilot;

/* Tries every cell of the block once, and says as soon as it can guess how long the whole run will take. Returns 0, or the
 * signal that asks this process to end. */
int pilot_run(Pilot *pilot, const Conditions *conditions, TextPool *pool);

#endif
