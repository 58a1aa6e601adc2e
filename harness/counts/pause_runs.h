/* The pauses of each run of each cell: pause_runs.csv and pauses.csv, held against each other. */
#ifndef RECLAIM_PAUSE_RUNS_H
#define RECLAIM_PAUSE_RUNS_H

#include "count_rows.h"

/* The floor of a list of pauses that had room for all (harness/profile/pauses.c). */
enum { LOWEST_FLOOR_NS = 1000 };

/* Those of one run that are listed, in order; none begins before the one before has ended. */
typedef struct RunPauses {
    const PauseRun *run;
    const Pause *pause;
    size_t count;
} RunPauses;

/* Pairs the rows of both files, which complaints call by the run's folder: as many as `runs` has rows, in their order, which
 * the caller frees. Rows that do not belong together end the program with a sentence that names file, line and column. */
RunPauses *pause_runs_pair(const char *run_folder, const Sheet *runs, const Sheet *pauses);

/* Whether all pauses of a microsecond and more are listed: where there were more than the list has room for, its floor rose. */
bool pauses_are_whole(const RunPauses *pauses);

/* How long a pause that so many others exceed was; NAN of one that was too short to be listed. `lengths`: of the listed ones,
 * the longest first. */
double pause_length_at(const double *lengths, size_t listed, uint64_t longer);

/* The lengths of the listed pauses in ns, the longest first, which the caller frees. */
double *pause_lengths(const RunPauses *pauses);

#endif
