/* The trials of a run, or of some of its workloads, sorted into cells, and into those that have the same work to do (work_order). */
#ifndef RECLAIM_GROUPS_H
#define RECLAIM_GROUPS_H

#include "records.h"

/* All trials of one cell, of all cells with the same work, or of all that there are: by cell, and in the order of blocks. */
typedef struct Group {
    const Trial **trial;
    size_t trials;
} Group;

/* All trials, in that order; the caller frees them. */
const Trial **sorted_trials(const Sheet *trials);

/* The trials from `trial` on that are of one cell; and those that are of the same work. */
Group group_at(const Trial **trial, const Trial **end);
Group work_from(const Trial **trial, const Trial **end);

/* Whether the variant has no larger size: it is the last of it among trials that end at `end`. */
bool is_largest_work(Group work, const Trial **end);

/* The cell of that series among those of a work, as the control or not; no trials where there is none, or `series` is NULL. */
Group cell_in(Group work, const Cell *series, bool control);

/* The last of the blocks that the trials are of. */
uint64_t last_block(Group trials);

#endif
