/* vector: 64-bit words that are no references; 8 bytes, and 8 for each word. */
#ifndef VECTOR_H
#define VECTOR_H

#include "objects/array.h"

typedef struct Vector {
    size_t length;
    uint64_t at[];
} Vector;
leaf_of(Vector);

/* Of fewer words than this, each number of them as likely as another; the first word is drawn at random, too. */
static inline Vector *vector_random(Random *random, size_t words)
{
    Vector *vector = new_of(Vector, random_below(random, words));
    uint64_t value = random_next(random);
    if (vector->length > 0)
        vector->at[0] = value;
    return vector;
}

/* So many of them, drawn from a sequence of their own. */
static inline Array *vectors_random(size_t count, size_t words, uint64_t salt)
{
    local(Array) vectors = new_of(Array, count);
    Random random = random_salted(salt);
    for (size_t i = 0; i < count; i++)
        put(vectors->at[i], vector_random(&random, words));
    return give(vectors);
}

/* How many words it has, and what is in the first. */
static inline uint64_t vector_content(const Vector *vector)
{
    return vector->length + (vector->length > 0 ? vector->at[0] : 0);
}

#endif
