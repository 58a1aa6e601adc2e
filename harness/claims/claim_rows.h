/* The rows of claims.csv and of findings.csv; docs/files.md says what each column means. */
#ifndef RECLAIM_CLAIM_ROWS_H
#define RECLAIM_CLAIM_ROWS_H

#include "records.h"

typedef struct ClaimRow {
    uint64_t claim;         /* its number in docs/claims.md */
    const char *said;       /* what the article says */
    const char *strategy, *settings, *allocator; /* of the series; empty in a claim's first row, which is of all of them */
    const char *verdict, *condition;
    const char *figure;     /* what was measured, in words; empty in a row that has only the verdict */
    Count size;             /* of the work, or of what the figure names */
    const char *expected;   /* what the claim makes one expect of the value; empty where it is only told */
    const char *met;        /* yes, no or cannot tell; empty where nothing is expected */
    double value, lo, hi;
    const char *unit;
    Count n;
    const char *sentence;
} ClaimRow;

typedef struct FindingRow {
    const char *kind;  /* noise, strategy, choice or caution */
    const char *about; /* which programs, or what */
    const char *strategy, *settings, *allocator;
    const char *metric;
    double value, lo, hi;
    Count n;
    Difference verdict; /* of a choice: less than all others, by more than noise, or else why not */
    const char *place;  /* in which program, at which size */
    const char *programs; /* of a choice: the kind's */
    double least, most;   /* of the ratios of these; NAN where there are none */
    Count less_in, more_in; /* how many of them are less, and more, than 1, by more than noise */
    const char *needs;  /* of its program, or empty */
    const char *next;   /* the label of the second best; empty where there is none */
    double next_value, next_lo, next_hi; /* by the choice's; in the metric's own unit where that is ns */
    double band;        /* what is noise here: as a ratio of 1 or more, or in ns */
    const char *as_good; /* the labels of all that cannot be told from the choice */
    const char *sentence;
} FindingRow;

/* Cautions that have a column of their own on the page, by what they are about. */
#define MOST_TIME "most time"
#define MOST_MEMORY "most memory"
#define LONGEST_STOP "longest stop"

extern const Layout claim_row_layout, finding_row_layout;

#endif
