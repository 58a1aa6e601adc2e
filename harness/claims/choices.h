/* Which strategy a run recommends for which kind of program: the one that took least, and the next to it. */
#ifndef RECLAIM_CHOICES_H
#define RECLAIM_CHOICES_H

#include "evidence.h"

/* One variant at its largest size; any of its cells. */
typedef const Cell *Program;

/* Programs that have something in common, of which a mean can be taken: those of one class, with or without cycles. */
typedef struct Programs {
    const char *about; /* in words */
    Program *program;
    size_t count;
    bool drops_cycles;
} Programs;

/* ProgramKinds without programs are left out. */
typedef struct ProgramKinds {
    Programs kind[8];
    size_t count;
} ProgramKinds;

ProgramKinds kinds_of(Evidence *evidence);
void kinds_free(ProgramKinds *kinds);

/* What a series wants of its program, or does to it, as the census shows. */
typedef struct Traits {
    bool frees;         /* anything */
    bool wants_regions; /* nothing is freed but at the end of a region */
    bool leaks_cycles;  /* it counts, and does nothing else */
} Traits;

Traits traits_of(const Evidence *evidence, const Cell *series);

/* How much of the metric one series takes for all programs of the kind by what the other takes: the geometric mean over the
 * programs and the blocks in which both were ok for all of them. */
Finding mean_ratio(Evidence *evidence, const Programs *kind, const Cell *ours, const Cell *theirs, const char *metric);

/* The two that take least of the metric, of those that free, that leak nothing of this kind and that ran all of it; NULL
 * where there is none. */
typedef struct Choice {
    const Cell *best, *next;
    Finding to_baseline, to_next;
    Difference difference; /* of the best to the next, beside what the control shows of the same programs */
} Choice;

Choice choose(Evidence *evidence, const Programs *kind, const char *metric, bool with_regions);

/* The longest that a series stopped any program for, and which. */
typedef struct Stop {
    const Cell *series;
    const Census *where; /* NULL: nothing was counted, or nothing stopped */
    Finding longest;     /* in ns */
    size_t programs;     /* that were looked at */
} Stop;

/* Of all programs that were counted. */
Stop longest_stop(const Evidence *evidence, const Cell *series);

/* The series with the shortest of these, of those that free, that leak no cycles and that ran whatever the baseline did; no
 * series where there is none. */
Stop shortest_stop(const Evidence *evidence, bool with_regions);

#endif
