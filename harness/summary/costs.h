/* What the cells of a work cost, and what would be left of it without what can be attributed to memory management: by processor
 * time, in each block, or by instructions, once. */
#ifndef RECLAIM_COSTS_H
#define RECLAIM_COSTS_H

#include "run_hosts.h"

/* One cell's, as logarithms, one for each block of its work, those of one host side by side; NULL where the cell was not ok in
 * one of them. */
typedef struct Cost {
    Cell cell;
    double *whole;
    double *bare;
} Cost;

/* The cells of one work, without the control. */
typedef struct WorkCosts {
    Cost *cost;
    size_t costs;
    size_t blocks; /* those in which the cell was ok that was so most often */
    Arrangement arranged; /* of these */
} WorkCosts;

typedef struct AllCosts {
    const char *by;
    bool repeat;     /* the same comes of each block, so one is enough for an interval */
    WorkCosts *work; /* in the order of works */
    size_t works, room;
} AllCosts;

/* By total_cpu_s, of sorted trials. Collections that the strategy told of, and giving all back, are attributed. */
AllCosts costs_of_trials(Group trials, const RunHosts *hosts);

/* Works of trials behind these; their texts are of `pool` from now on, and `more` has none left. */
void costs_append(AllCosts *all, AllCosts *more, TextPool *pool);

/* By instructions, of rows of Instructions: all but the start's, of which all but `work` are attributed. No cost is where
 * they are not told apart. */
AllCosts costs_of_instructions(const Sheet *instructions);

void costs_free(AllCosts *all);

#endif
