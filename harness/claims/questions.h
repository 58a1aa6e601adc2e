/* A claim is taken apart into questions, each of one number that a run has measured: what it is, and what the claim makes one
 * expect of it. */
#ifndef RECLAIM_QUESTIONS_H
#define RECLAIM_QUESTIONS_H

#include "evidence.h"

/* Whom a question is asked of. What a strategy is, the census tells: who collects is a collector, and under whom deaths come in
 * cascades counts. */
typedef enum Who { ANYONE, COLLECTORS, COUNTING, COUNTING_ALONE } Who;

/* Where the number is from. */
typedef enum Source { TRIALS, CENSUS, LEAKS, PAUSES } Source;

typedef enum Expected {
    TOLD,     /* nothing: it is told beside the others */
    BELOW_ONE,     /* a ratio below 1, by more than the run's noise */
    NOT_ABOVE_ONE, /* a ratio that is not above 1 by more than the run's noise */
    AT_MOST,  /* `limit` */
    ABOVE,    /* `limit` */
} Expected;

typedef struct Question {
    const char *of;       /* the case that is looked at, as it stands in "holds when" */
    const char *figure;   /* what the number is, in words */
    Source source;
    const char *workload, *variant;
    const char *metric;   /* of the trials or of pause_summary.csv, or a column of the census */
    const char *than;     /* the variant to divide by; NULL: the same */
    const char *per;      /* the metric to divide by; NULL: the same. With neither, nor `theirs`, the number is no ratio */
    const char *ours, *theirs; /* strategies, where they are not the one that is asked */
    const char *only;     /* the strategy that is asked; NULL: all that `who` says */
    Who who;
    Expected expected;
    double limit;
    uint64_t at;          /* what the figure is taken at; 0: the sizes of the work */
    const char *at_unit;  /* NULL: the size of the work */
    const char *unit;     /* NULL: a ratio */
} Question;

enum { MOST_QUESTIONS = 20 };

typedef struct Claim {
    uint64_t number;
    const char *said;
    const char *workloads; /* that `make bench` has to run */
    Question question[MOST_QUESTIONS]; /* up to the first that has no figure */
} Claim;

extern const Claim claims[];
extern const size_t claims_count;

/* Whether the question is asked of the series at all. */
bool is_asked(const Evidence *evidence, const Question *question, const Cell *series);

/* The number at that size of the work; n = 0 where it was not measured. */
Finding answer(Evidence *evidence, const Question *question, const Cell *series, uint64_t size);

#endif
