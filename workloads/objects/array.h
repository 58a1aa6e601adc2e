/* array: a fixed number of references, all empty at birth. What the growing containers keep their contents in.
 * 8 bytes, and 8 for each reference. */
#ifndef ARRAY_H
#define ARRAY_H

#include "workload.h"

typedef struct Array {
    size_t length;
    void *at[];
} Array;
slots(Array);

/* Into a random order: Fisher and Yates, as Knuth has it (The Art of Computer Programming 2, 3.4.2, algorithm P). The length is
 * at most 2^32. */
static inline void array_shuffle(Array *array, Random *random)
{
    for (size_t i = array->length; i > 1; i--) {
        uint64_t other = random_below(random, i);
        local(void) moved = give(array->at[i - 1]);
        put(array->at[i - 1], give(array->at[other]));
        put(array->at[other], give(moved));
    }
}

#endif
