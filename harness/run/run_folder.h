/* A run's folder, and which of its files there are. */
#ifndef RECLAIM_RUN_FOLDER_H
#define RECLAIM_RUN_FOLDER_H

#include "run.h"

/* Names the run, after the time unless the request names it, and its files. */
void run_folder_name(Run *run);

/* Whether the run was begun before. */
bool run_folder_has_manifest(const Run *run);

/* Two runners on one run would take each other's rows for damage. The lock goes with this process, however it ends. */
void run_folder_lock(Run *run);

/* Makes the folder of a new run, and locks it. Ends the program when there is a run in it by now. */
void run_folder_make(Run *run);

/* Of a run that ought not to have begun: nothing is left of it. */
void run_folder_remove(Run *run);

void run_folder_free(Run *run);

#endif
