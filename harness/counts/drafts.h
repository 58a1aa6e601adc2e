/* The files of the counting stage in the making, in memory: each is saved whole, or not at all. */
#ifndef RECLAIM_DRAFTS_H
#define RECLAIM_DRAFTS_H

#include "twins.h"

enum { PAUSES, RUNS, TIMELINE, LEAKS, LATENCY, CENSUS, DRAFTS };

typedef struct Draft {
    const char *name; /* of the run's file; and of the twin's for TIMELINE and LEAKS */
    const Layout *cells, *runs; /* a row as the twin writes it, and as the run has it */
    FILE *out;
    char *text;
    size_t length;
} Draft;

void drafts_open(Draft draft[DRAFTS]);

/* Saves them in the run's folder if they are whole, the census last. */
void drafts_close(Draft draft[DRAFTS], const char *run_folder, bool whole);

/* Takes the twin's rows over. */
void draft_append(const Draft *draft, const Twins *twins, const Cell *cell);

#endif
