/* How far a run is, on standard error: a bar where that is a terminal, a line per block where it is not. */
#ifndef RECLAIM_PROGRESS_H
#define RECLAIM_PROGRESS_H

#include "plan.h"

#include <stdbool.h>

typedef struct Progress {
    const Plan *plan;
    size_t trials;        /* that are run: what is unsupported is none, here and below */
    size_t done, failed;  /* of all sessions */
    uint64_t blocks;      /* of the run */
    size_t done_before;   /* by earlier sessions */
    size_t failed_before; /* before the current block */
    double began;         /* seconds of the monotonic clock */
    bool is_pilot;        /* nobody knows yet how many blocks there will be, and what is said of this one others say */
    bool bar;
} Progress;

/* `tried` says what earlier sessions have done. */
Progress progress_begin(const Plan *plan, const Trial *tried);

/* Makes room for something else to be said. */
void progress_clear(const Progress *progress);

/* A trial that was run is done. */
void progress_show(Progress *progress, const Trial *trial);

#endif
