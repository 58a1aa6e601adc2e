/* One trial: one cell, once, in a fresh process that hyperfine starts and times. */
#ifndef RECLAIM_TRIAL_H
#define RECLAIM_TRIAL_H

#include "inputs.h"
#include "parameters.h"
#include "process.h"
#include "records.h"

/* What is the same for all trials of a run. */
typedef struct Conditions {
    const Parameters *parameters;
    const char *hyperfine; /* path of the program */
    const char *build;     /* folder of the cells */
    InputFiles *inputs;    /* what the workloads read */
    int core;              /* the only one trials run on, or ANY_CORE */
    const char *host;      /* this machine's name, where rows tell it, or NULL */
    const char *profile;   /* the option that asks a counted cell for a profile, or NULL */
    const char *profile_folder; /* into which it writes */
} Conditions;

/* Runs the planned trial and judges the run; whether its answer is right is not judged here. One whose input changed before it
 * ended is unsupported: nobody knows which content it has seen. Returns 0, or the signal that asks
 * this process to end: then there is no trial. */
int trial_run(const Conditions *conditions, const Planned *planned, TextPool *pool, Trial *trial);

#endif
