/* The two runs of a comparison, cell by cell. */
#ifndef RECLAIM_COMPARED_H
#define RECLAIM_COMPARED_H

#include "contrast.h"
#include "count_rows.h"
#include "manifest.h"

typedef enum Side { OLD, NEW, SIDES } Side;

/* What is compared; all of it is less when it is better. Instructions do not scatter, the others do. */
typedef enum Figure { WORK_TIME, TOTAL_TIME, PEAK_MEMORY, SCATTERING, INSTRUCTION_COUNT = SCATTERING, FIGURES } Figure;
extern const char *const figure_names[FIGURES];

/* What is read of a row of trials.csv, whichever version of the suite wrote it. */
typedef struct Observed {
    uint64_t block;
    Cell cell;
    Status status;
    const char *reason;
    Count checksum, operations, repeats;
    double work_cpu_s, teardown_cpu_s, peak_rss_kib;
} Observed;

typedef struct ComparedRun {
    const char *folder;
    Manifest manifest;
    Sheet trials;             /* of Observed */
    const Observed **sorted;  /* by cell, then by block */
    uint64_t blocks;
    size_t planned;           /* trials; 0: there is no plan */
    bool counted;             /* whether it has instructions.csv */
    Sheet instructions;       /* of Instructions */
} ComparedRun;

ComparedRun compared_run_load(const char *folder, TextPool *pool);
void compared_run_free(ComparedRun *run);

/* A cell, and its trials in either run; there are none where the run does not have it. */
typedef struct Pair {
    Cell cell;                      /* never a control */
    const char *label, *class;      /* of its series, and of its workload */
    size_t series;                  /* counted from 0 */
    bool main;                      /* the largest of its variant's sizes: those in between belong to a chart */
    const Observed **trial[SIDES];
    size_t trials[SIDES];
    const Observed **control[SIDES]; /* the same cell a second time */
    size_t controls[SIDES];
} Pair;

typedef struct Pairs {
    Pair *pair;
    size_t pairs, series;
    uint64_t blocks; /* the most of either run */
} Pairs;

/* All cells of both runs, in the order of cells. */
Pairs pairs_of(const ComparedRun run[SIDES], TextPool *pool);
void pairs_free(Pairs *pairs);

/* The first of its trials that was not ok, or of its control's, which is the same program; NULL when there is none. */
const Observed *pair_failure(const Pair *pair, Side side);

/* Why a pair that both runs have cannot be compared, NULL when it can: not all trials were ok, or they did another work. */
const char *pair_obstacle(const Pair *pair);

/* NAN where it was not measured. */
double observed_figure(const Observed *observed, Figure figure);

#endif
