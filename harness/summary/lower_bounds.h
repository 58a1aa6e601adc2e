/* trials.csv and instructions.csv -> lower_bounds.csv: how much more than it must a strategy costs, at least. What a program
 * would cost without any memory management nobody can run; but no more than the cheapest strategy takes, less what it does for
 * memory management (Cai, Blackburn, Bond and Maas 2022, "Distilling the real cost of production garbage collectors"). */
#ifndef RECLAIM_LOWER_BOUNDS_H
#define RECLAIM_LOWER_BOUNDS_H

#include "costs.h"

#include <jansson.h>

/* A row of lower_bounds.csv. */
typedef struct LowerBound {
    Cell cell;
    const char *by;          /* what cost is counted in */
    uint64_t n;              /* blocks; 1 of instructions, which repeat; 0 where the cell was not ok in one of them */
    double overhead, lo, hi; /* its cost by the least that could be; `lo` and `hi` are NAN of one block */
    const char *cheapest;    /* the series of which that is; empty for a class */
} LowerBound;

extern const Layout lower_bound_layout;

/* Of every cell, then of every series and class, as in classes.csv: with MEAN_VARIANT. `baseline` is a cell of its series, or NULL;
 * `instructions` may be without rows. */
Sheet lower_bounds_of(const AllCosts *by_time, const Cell *baseline, const Sheet *instructions, const json_t *manifest,
                      TextPool *pool);

#endif
