/* Mode leaks: its runs, and what is told of them. */
#ifndef RECLAIM_LEAKS_H
#define RECLAIM_LEAKS_H

#include "catalogue.h"
#include "count_census.h"
#include "trying.h"

enum { LEAVES_CYCLES, COLLECTS_CYCLES, PREDICTIONS };

/* What a strategy says that it does; of what says nothing, `told` is false. */
typedef struct Promises {
    bool told;
    int counts, collects, exact;
} Promises;

/* A variant of a workload, whatever the strategy. */
typedef struct Work {
    const Description *variant;
    Counts predicted[PREDICTIONS];
} Work;

typedef struct Run {
    const Description *variant;
    size_t work;
    bool hangs_together; /* what is born, so that one wrong guess may keep most of it */
    Promises promises;
    Counts counts;
} Run;

typedef struct Plan {
    const Stress *stress;
    char *counted;       /* the build of counted cells */
    const char *others;  /* what to call those that leave nothing */
    Catalogue catalogue;
    Work *work;
    Run *run;
    size_t works, runs, work_room, run_room;
} Plan;

/* The cell at the size that is tried. */
Cell leaks_cell(const Plan *plan, const Description *variant, const char *strategy, const char *settings);

/* Whether more than half of what must die is alive. */
bool leaks_most(const Counts *counts, const Counts *predicted);

const Counts *leaks_predicted(const Plan *plan, const Run *run);

/* Judges and tells the runs of one strategy, from the first; returns the first of another. */
const Run *leaks_tell_strategy(const Plan *plan, const Run *first);

#endif
