/* The pilot: the first block of a run. It is a block like the others, and its trials count; but how many blocks there will
 * be, and what the right answers are where no reference says, is only known when it is over. */
#ifndef RECLAIM_PILOT_H
#define RECLAIM_PILOT_H

#include "progress.h"
#include "run.h"

/* Makes the plan of the first block. The same run makes the same, so it is nowhere but in memory. */
void pilot_open(Run *run);

/* Whether the run is in its first block, so that there is no plan of the others. */
bool is_pilot(const Run *run);

/* A file that somebody named is a mistake when the trial says that it cannot be used: the program ends with a sentence, and
 * the run is removed. The usual file is a row that says so. */
void pilot_refuse_unusable_input(Run *run, const Planned *planned, const Trial *trial);

/* Says how long the whole run will take, once in a session: as soon as enough trials of the block are done. */
void pilot_guess(const Run *run, const Progress *progress);

/* How long the trials of the block took that are done, in seconds, when the run's clock says now_s. What lies between two
 * sessions of the run took no time. time_limit_s: what a trial may take. */
double pilot_took_s(const Plan *block, const Trial *tried, double now_s, uint64_t time_limit_s);

/* All trials of the block are there: what they say makes the plan of all blocks, and judges them. */
void pilot_plan_all_blocks(Run *run);

/* The same where other machines measure the other blocks. What the trials say decides how many there will be, and judges them;
 * returns how long a block takes, in seconds. */
double pilot_judge(Run *run);

/* Only judges them, as they were judged when the block was over. */
void pilot_expect(Run *run);

/* Writes the plan of all blocks into the file. */
void pilot_write_plan(const Run *run, const char *file);

void pilot_say_shares(const Run *run, double block_s);

#endif
