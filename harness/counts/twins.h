/* The counted twins of a run's cells: each run of one is a process like a trial's, and leaves files in a folder of its own,
 * which are taken from there. */
#ifndef RECLAIM_TWINS_H
#define RECLAIM_TWINS_H

#include "trial.h"

typedef struct Twins {
    char *folder, *build; /* of their files, and of the counted cells */
    Parameters parameters;
    Conditions conditions;
    TextPool *pool;
} Twins;

/* conditions: those of the trials. The limit of memory is raised fourfold, for records of objects take up to 100 bytes each. */
void twins_begin(Twins *twins, const char *run_folder, const Conditions *conditions, TextPool *pool);

/* What a twin that failed may have left goes, too. */
void twins_end(Twins *twins);

/* The same twins with a folder of their own in that of these, so that several can run at once, on any core; they end by one of
 * the two before these do. twins_leave leaves what the last twin left, for twins_apart with the same number to take. */
Twins twins_apart(const Twins *twins, size_t number);
void twins_leave(Twins *twins);

/* Runs the cell's twin with these words before the folder's name: `--pauses`, or `--period 5000 --latency`. Returns 0, or the
 * signal that asks this process to end: then there is no trial. */
int twins_run(Twins *twins, const Cell *cell, const char *words, Trial *trial);

/* Takes a file that the last twin left. */
Sheet twins_file(const Twins *twins, const char *name, const Layout *layout);

#endif
