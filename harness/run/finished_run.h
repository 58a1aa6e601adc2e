/* A run that is over, whose cells are run again. */
#ifndef RECLAIM_FINISHED_RUN_H
#define RECLAIM_FINISHED_RUN_H

#include "manifest.h"

typedef struct FinishedRun {
    char *name; /* for people */
    Manifest manifest;
    Parameters parameters;
    Catalogue catalogue; /* what its cells say of themselves */
} FinishedRun;

/* The run in that folder. Ends the program when its cells, or what they read, are no longer those of the run, for others would
 * be counted under its name; or when the manifest does not name an input. */
FinishedRun finished_run_open(const char *folder, const char *build, TextPool *pool);
void finished_run_close(FinishedRun *run);

#endif
