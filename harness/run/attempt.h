/* An attempt at a block of a run that several machines share: this one has the block and itself for it, measures it into a
 * folder of its own, and then makes it a block of the run. */
#ifndef RECLAIM_ATTEMPT_H
#define RECLAIM_ATTEMPT_H

#include "run.h"

/* Takes the block and this machine, and waits for both; somebody may have been faster meanwhile. Until then a signal ends this
 * process with the words of stopping.h; afterwards it waits until process_wait sees it. */
void attempt_open(Run *run, uint64_t block);

/* Begins it, or goes on with what this machine has of it; `facts` are host_facts. run->plan is the block's, and run->tried
 * becomes what was tried of it. Returns whether it goes on. */
bool attempt_begin(Run *run, uint64_t block, const json_t *facts);

/* Nothing is measured any more: others may. */
void attempt_leave_machine(Run *run);

/* Every trial is there: makes it a block of the run; false when another attempt was first. */
bool attempt_publish(Run *run, uint64_t block);

/* The block is there without one: what this machine may have begun of it before is of no use. */
void attempt_drop(const Run *run, uint64_t block);

/* What was measured is kept, for this machine to go on with; or it is a block of the run, this attempt's or another's. */
void attempt_keep(Run *run);
void attempt_end(Run *run);

#endif
