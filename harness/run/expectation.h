/* What the right answers are. A reference says; where a workload has none, most of its cells do. */
#ifndef RECLAIM_EXPECTATION_H
#define RECLAIM_EXPECTATION_H

#include "plan.h"

/* Fills in what the block's cells must come to, from one trial of each (`pilot`; those that are not ok have no say). What the
 * block expects already stays. Else it is the checksum that most trials of a workload at a size had, whatever their strategies
 * and variants, where a strategy's configurations that answer the same count as one; of several that as many had, the
 * baseline's. Operations likewise, by the trials that have the right checksum. So one strategy that is broken is wrong itself,
 * and makes no other wrong. */
void expect_what_most_answered(Plan *block, const Trial *pilot, const char *baseline);

#endif
