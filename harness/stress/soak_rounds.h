/* The rounds of a soak: what the samples of a run of churn (workloads/stress/samples.h) come to, round by round. */
#ifndef RECLAIM_SOAK_ROUNDS_H
#define RECLAIM_SOAK_ROUNDS_H

#include "rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Means over the phases of a round, in bytes. */
typedef struct Memory {
    double live;      /* what the program holds */
    double footprint, resident;
} Memory;

typedef struct Round {
    uint64_t number;  /* from 1 */
    double seconds;   /* since the first sample, at its end */
    Memory peak, low; /* when a phase has grown, and when it has shrunk and everything was collected */
    double excess;    /* objects that the strategy has not told dead by then, and the program does not hold */
} Round;

typedef struct Rounds {
    Round *round;
    size_t count;
    double silent_s;       /* from the end of the last, or the beginning, to the end of the run */
    bool promised;         /* the strategy answers for it that they do not grow */
    const char *complaint; /* what the cell said behind its samples; or empty */
    const char *fault;     /* what is wrong with the samples; NULL: nothing */
} Rounds;

/* Of what a cell said on standard error; rounds that it did not end are left out. The caller frees them. */
Rounds rounds_read(const char *said, TextPool *pool);
void rounds_free(Rounds *rounds);

extern const Layout churn_layout; /* of the samples */

/* soak.csv: its header, and of one run at the most ROUNDS_WRITTEN rounds, each so many apart. */
enum { ROUNDS_WRITTEN = 250 };
extern const Layout soak_layout;
void rounds_write_header(FILE *out);
void rounds_write(FILE *out, const char *strategy, const char *variant, const Rounds *rounds);

#endif
