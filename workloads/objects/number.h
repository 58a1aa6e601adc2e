/* number: a boxed 64-bit integer, 8 bytes; what an int is to a Python program. */
#ifndef NUMBER_H
#define NUMBER_H

#include "objects/array.h"
#include "objects/keys.h"

typedef struct Number {
    uint64_t value;
} Number;
leaf(Number);

static inline Number *number_of(uint64_t value)
{
    Number *number = new(Number);
    number->value = value;
    return number;
}

/* The numbers from 0 to count - 1, each at its own place. */
static inline Array *numbers_below(uint64_t count)
{
    local(Array) all = new_of(Array, count);
    for (uint64_t value = 0; value < count; value++)
        put(all->at[value], number_of(value));
    return give(all);
}

/* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): by its high bits, numbers in a row are spread evenly, as
 * they are by CPython's, which is the number itself. Folded first, for large numbers at equal distances are not. */
static inline uint64_t number_hash(void *number)
{
    uint64_t value = ((Number *)number)->value;
    return (value ^ value >> 32) * 0x9E3779B97F4A7C15u;
}

static inline bool number_equal(void *number, void *other)
{
    return ((Number *)number)->value == ((Number *)other)->value;
}

static const Keys numbers = { number_hash, number_equal };

#endif
