/* A stress run's folder: made, or that of a run which it adds to; its rows in the making, and in the end whole. */
#ifndef RECLAIM_STRESS_RUN_H
#define RECLAIM_STRESS_RUN_H

#include "request.h"
#include "stress.h"

/* What was asked for on the command line. */
typedef struct StressRequest {
    Request request;     /* the command line, and its folders: build, results, and the run's name or NULL */
    Names modes, strategies, workloads;
    bool only_some_workloads; /* those were named */
    bool quick;
    uint64_t seed;
    double minutes;
} StressRequest;

/* Makes the folder, or finds it, and locks it; what an earlier stress left there is removed; rows are appended to a draft from
 * here on. What stands against it ends the program with a sentence. */
Stress stress_begin(const StressRequest *request, TextPool *pool);

/* The draft becomes stress.csv, sorted; the manifest tells of it. */
void stress_end(Stress *stress);

/* Stopped before its end: the draft stays, as stress.csv.unfinished. */
void stress_abandon(Stress *stress);

#endif
