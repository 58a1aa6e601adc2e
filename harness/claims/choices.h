/* Which strategy a run recommends for a kind of programs: the one that took least, and those that may be as good. */
#ifndef RECLAIM_CHOICES_H
#define RECLAIM_CHOICES_H

#include "kinds.h"
#include "traits.h"

/* A mean hides that the same strategy may take much less in one program and much more in another. */
typedef struct Spread {
    double least, most;      /* of the programs' ratios to the baseline; NAN where there is none */
    size_t less_in, more_in; /* in how many of them it takes less, or more, by more than noise */
} Spread;

/* The two that take least of the metric, of those that free, that leak nothing of this kind and that ran all of it; NULL
 * where there is none. A mean is the geometric one, over the programs and the blocks in which both were ok for all of them. */
typedef struct Choice {
    const Cell *best, *next;
    Finding to_baseline, from_next; /* the best by the baseline, the next by the best */
    Spread spread;                  /* of the best; of the baseline none */
    double band;                    /* how far the control's mean over the same programs goes from 1, as a ratio of 1 or more */
    const char *as_good;            /* labels of all that cannot be told from the best, with ", " between them */
    Difference difference;          /* LESS: the best takes less than each of the others, by more than noise */
} Choice;

Choice choose(Evidence *evidence, const Programs *kind, const char *metric, bool with_regions);

/* Whether the series is one to choose for such programs. */
bool can_be_chosen(Traits traits, bool drops_cycles, bool with_regions);

#endif
