/* filler: 64-bit words that are no references: what a class of sizes is tried with. 8 bytes, and 8 for each word. */
#ifndef FILLER_H
#define FILLER_H

#include "objects/array.h"

typedef struct Filler {
    size_t length;
    uint64_t at[];
} Filler;
leaf_of(Filler);

/* Of fewer words than this, each number of them as likely as another; the first word is drawn at random, too. */
static inline Filler *filler_random(Random *random, size_t words)
{
    Filler *filler = new_of(Filler, random_below(random, words));
    uint64_t value = random_next(random);
    if (filler->length > 0)
        filler->at[0] = value;
    return filler;
}

/* So many of them, drawn from a sequence of their own. */
static inline Array *fillers_random(size_t count, size_t words, uint64_t salt)
{
    local(Array) fillers = new_of(Array, count);
    Random random = random_salted(salt);
    for (size_t i = 0; i < count; i++)
        put(fillers->at[i], filler_random(&random, words));
    return give(fillers);
}

/* How many words it has, and what is in the first. */
static inline uint64_t filler_content(const Filler *filler)
{
    return filler->length + (filler->length > 0 ? filler->at[0] : 0);
}

#endif
