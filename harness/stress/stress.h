/* Stress: what a strategy promises, tried in ways that ought to break it. A mode is one such way; each is a file of its own
 * beside this one, and a line in modes.c. */
#ifndef RECLAIM_STRESS_H
#define RECLAIM_STRESS_H

#include "registry.h"
#include "statistics.h"
#include "stress_rows.h"

/* What is the same for all modes. */
typedef struct Stress {
    const char *folder;        /* of the run: where modes keep what failed, and files of their own */
    const char *build;         /* where the programs are */
    Names strategies, workloads;
    bool quick;
    bool strategies_only;      /* what else the mode tries is left out: it is the same whatever the strategies are */
    uint64_t seed;             /* of every random choice */
    double minutes;            /* how long a mode goes on that has no end of its own */
    TextPool *pool;
    int rows;                  /* the file that stress_tell appends to */
    struct json_t *facts;      /* what the manifest will tell of it */
} Stress;

typedef struct StressMode {
    const char *name;
    const char *promise;       /* what must hold, in a sentence */
    int (*run)(Stress *stress); /* returns 0, or the signal that asks this process to end */
} StressMode;

/* Has the row tell this figure, with its interval or range. */
void stress_figure(StressRow *row, const char *figure, Estimate estimate, const char *unit);

/* Appends the row to those of the run, at once and whole, whichever process does it: parts of a mode may be shared out among
 * several (sharing.h). Its sentence and subject are cleaned of what could disturb a terminal. */
void stress_tell(const Stress *stress, const StressRow *row);

/* A row of a strategy in which nothing was tried: `outcome` is CANNOT or UNTRIED, and `why` says it. */
void stress_tell_nothing(const Stress *stress, const char *mode, const char *strategy, const char *condition, const char *outcome,
                         const char *why);

#endif
