/* What modes try that run cells: a variant at a size, and what it must answer. */
#ifndef RECLAIM_SUBJECT_H
#define RECLAIM_SUBJECT_H

#include "catalogue.h"
#include "stress.h"
#include "trying.h"

typedef struct Subject {
    const char *build;
    Cell cell;
    const char *input;     /* the file to read, or NULL for the usual one */
    Planned planned;       /* what it must answer; NA is not judged */
} Subject;

/* Whether the strategy says so in its header. */
bool collects_cycles(const char *strategy);

/* The cells that can be run, each once: those of a strategy of several allocators under the C library's. The caller frees the
 * list. What cannot be run is told in a row for each strategy and reason. */
typedef struct Subjects {
    const Description **variant;
    size_t count;
} Subjects;
Subjects subjects_of(const Stress *stress, const char *mode, const Catalogue *catalogue);

/* The variants of one workload of workloads/stress, from a build folder of its own. */
typedef struct StressCells {
    char *build;
    Catalogue catalogue;
    Subjects subjects;     /* of the catalogue */
} StressCells;

/* Those of these strategies in `folder` of the build; what cannot be run is told as by subjects_of. */
StressCells stress_cells(const Stress *stress, const char *mode, const char *folder, const char *workload, Names strategies);

void stress_cells_free(StressCells *cells);

/* The variant at that size and seed with its usual settings, and its workload's reference. */
Subject subject_of(const char *build, const Description *variant, uint64_t size, uint64_t seed);

/* Runs it once, and judges the run and its answer. Returns 0, or the signal that asks this process to end. */
int subject_try(const Subject *subject, const RunOptions *options, TextPool *pool, RunResult *result, Trial *trial);

/* The command of the same under ulimit, with its options, for a person to type; the caller frees it. */
char *subject_again(const Subject *subject, const char *limits);

#endif
