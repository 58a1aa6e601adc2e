/* One row of findings.csv, and what several kinds of findings say alike. */
#ifndef RECLAIM_FINDING_ROW_H
#define RECLAIM_FINDING_ROW_H

#include "claim_rows.h"
#include "wording.h"

/* What one can want least of. */
typedef struct Aim {
    const char *metric, *words;
} Aim;

enum { AIMS = 2 };
extern const Aim aims[AIMS];

/* `series` may be NULL: of none. What only choices have is empty, and not measured. */
FindingRow finding_row(const char *kind, const char *about, const Cell *series, const char *metric, const Finding *finding);

void finding_write(FILE *out, const FindingRow *row);

/* "graph objects at n = 60000" */
const char *place_of(const Cell *cell, TextPool *pool);

/* A pause in ns as milliseconds, and of which run it is; with the range of all where there are several. */
void print_pause(FILE *out, const Finding *pause);

/* That the machine itself stops programs for as long, where it does. */
void print_doubt(FILE *out, const Evidence *evidence, const Finding *pause);

#endif
