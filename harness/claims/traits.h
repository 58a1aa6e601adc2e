/* What a strategy does to a program's memory, as the census shows: nobody has to know its name. */
#ifndef RECLAIM_TRAITS_H
#define RECLAIM_TRAITS_H

#include "evidence.h"

typedef struct Traits {
    bool counted;       /* the census has cells of it; else nothing else is known */
    bool frees;         /* anything */
    bool wants_regions; /* nothing is freed but at the end of a region */
    bool leaks_cycles;  /* it counts, and does nothing else */
    bool counts, traces;
    bool reuses;        /* what it would free, for the next of the same */
} Traits;

Traits traits_of(const Evidence *evidence, const Cell *series);

/* The same as the rest of a sentence that begins with the strategy's name. */
const char *traits_in_words(Traits traits);

#endif
