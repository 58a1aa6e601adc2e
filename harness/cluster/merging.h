/* Blocks of one run, measured on several machines, become that run. */
#ifndef RECLAIM_MERGING_H
#define RECLAIM_MERGING_H

#include <stdbool.h>
#include <stddef.h>

/* What came of it. */
typedef struct Merged {
    size_t blocks, hosts; /* the plan's blocks; machines that have one */
    bool *missing;        /* which blocks are not there, from 1 */
    size_t lacking;       /* how many these are */
} Merged;

/* The first folder is the run's, the others have more blocks of it; of a block that several have, that of the first stays. Takes
 * over what is new, and writes trials.csv, hiccups.csv and what the manifest says of hosts. What cannot be merged ends the
 * program with a sentence, before anything was written. */
Merged merge_folders(const char *const *folder, size_t folders);

/* What is missing in a run's folder, which stays as it is; `hosts` is not known. */
Merged merge_look(const char *folder);

void merged_free(Merged *merged);

#endif
