/* The lines of a table, of whatever form: one for each cell. */
#ifndef RECLAIM_ENTRIES_H
#define RECLAIM_ENTRIES_H

#include "noise.h"

#include <jansson.h>

/* Both are measured of every cell. */
typedef enum Measure { TIME, MEMORY, MEASURES } Measure;

typedef struct Entry {
    const char *label; /* of its series */
    const char *class; /* of its workload, empty where it is not known */
    const Summary *of[MEASURES]; /* its rows */
    const Summary *figure;       /* the first of its figures' rows, ... */
    size_t figures;              /* ... which stand together */
} Entry;

typedef struct Entries {
    TextPool pool; /* of all texts here */
    Sheet summary;
    json_t *manifest;
    Entry *entry;  /* by class, then by work, the fastest first; controls are among them */
    size_t entries;
    const char *baseline; /* the label of its series */
    Noise noise[MEASURES];
    uint64_t blocks;      /* in which the cell that was ok most often was ok */
    const char *measured_on; /* whose absolute numbers they are where those of all machines were not put together; else NULL */
    size_t unfinished;    /* how many trials it was made from where the run is not finished; else 0 */
} Entries;

/* From the folder's summary.csv, or from its trials.csv where the run is not finished. */
Entries entries_read(const char *run_folder);

void entries_free(Entries *entries);

/* Whether the entry is of its variant's largest size, or failed: smaller sizes belong to a chart. */
bool is_main(const Entries *entries, size_t i);

/* Whether the cell can be told from the baseline's, by the row's verdict. */
bool differs(const Entry *entry, Measure measure);

/* A figure's own name. */
const char *figure_name(const Summary *figure);

#endif
