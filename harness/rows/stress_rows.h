/* A row of stress.csv: what was tried on one strategy, or on the runner, how often, and whether it kept what was promised.
 * docs/files.md says what each column means. */
#ifndef RECLAIM_STRESS_ROWS_H
#define RECLAIM_STRESS_ROWS_H

#include "rows.h"

typedef struct StressRow {
    const char *mode;      /* oracle, zeal, … (harness/stress/modes.c) */
    const char *strategy;  /* or NOT_A_STRATEGY */
    const char *subject;   /* what was tried: "ring churn", "chain", a planted fault; empty for all there is */
    const char *condition; /* under which: "once", "1.5 x the least heap"; empty where there is none */
    Count size;            /* of the subject */
    uint64_t tries;        /* how often */
    uint64_t broken;       /* how many of these broke a promise */
    const char *outcome;   /* one of the four below */
    const char *figure;    /* what is told as a number, or empty */
    double value, lo, hi;  /* NAN: not measured; lo and hi: its interval or range, where it has one */
    const char *unit;      /* of the figure: s, ns, KiB, bytes, objects, x; empty for a number */
    const char *sentence;  /* what happened, for a reader; empty where nothing did */
    const char *again;     /* the command that does it again, in the project's root; or empty */
} StressRow;

/* Whose rows are about the harness itself. */
#define NOT_A_STRATEGY "runner"

#define KEPT "kept"               /* every try kept its promises */
#define BROKEN "broken"           /* at least one did not */
#define CANNOT "unsupported"      /* the strategy has nothing that could be tried; the sentence says why */
#define UNTRIED "untried"         /* nobody tried; the sentence says why: time was over, the system forbids it */

/* A row that is kept, with nothing to tell: the start of any other. */
StressRow stress_row(const char *mode, const char *strategy, const char *subject, const char *condition);

/* Whether the two are the same thing tried: what differs is the figure. */
bool same_trying(const StressRow *a, const StressRow *b);

extern const Layout stress_layout;

#endif
