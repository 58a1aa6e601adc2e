/* A cell that is tried again and again under limits, and what is kept of it. */
#ifndef RECLAIM_PROBE_H
#define RECLAIM_PROBE_H

#include "stress.h"
#include "subject.h"

typedef enum Condition {
    FREE, SMALL_STACK, FEW_FILES, SEARCHED, AT_LEAST, TENTH_MORE, HALF_MORE, TWICE, CONDITIONS
} Condition;

extern const char *const condition_names[];

typedef struct Tally {
    uint64_t tries, broken;
} Tally;

/* What can come of a run under a limit: the right answer; a row that says oom, and one sentence; or anything else. */
typedef enum Outcome { WORKS, REFUSED, BREAKS } Outcome;

typedef struct Probe {
    const Stress *stress;
    Subject subject;
    double seconds;            /* until a run counts as hanging */
    Tally tally[CONDITIONS];
    char sentence[CONDITIONS][200]; /* of the first that broke */
    char *again[CONDITIONS];   /* likewise */
    RunResult result;
    Trial trial;               /* the last */
} Probe;

Probe *probe_new(const Stress *stress, const Subject *subject);

/* Runs it once. Returns 0, or the signal that asks this process to end. */
int probe_run(Probe *probe, Condition condition, const RunOptions *options, Outcome *outcome);

/* Calls the last run broken, with a sentence. */
void probe_call_broken(Probe *probe, Condition condition, const RunOptions *options, const char *sentence);

/* Tells a row for each condition that was broken. */
void probe_tell_broken(const Probe *probe);

void probe_free(Probe *probe);

#endif
