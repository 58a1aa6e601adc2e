/* Which cores do what: trials have one for themselves when there are two. */
#ifndef RECLAIM_PINNING_H
#define RECLAIM_PINNING_H

#include <sched.h>

typedef struct Pinning {
    cpu_set_t allowed; /* what this process was given */
    int trials;        /* the last core of these, or ANY_CORE (process.h) when there is only one */
    int runner;        /* the first, likewise */
} Pinning;

Pinning pinning_choose(void);

/* This process keeps to the runner's core, with all that it starts and does not pin elsewhere. */
void pinning_begin(const Pinning *pinning);

/* It goes to the trials' core, to see for itself how it is there, until it begins again. */
void pinning_visit_trials(const Pinning *pinning);

/* It may use all its cores again. */
void pinning_end(const Pinning *pinning);

#endif
