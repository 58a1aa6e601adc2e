/* Chance: every random choice comes from the cell's seed (-s). A workload that needs several independent sequences salts them.
 * splitmix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. */
#ifndef WORDS_CHANCE_H
#define WORDS_CHANCE_H

#include <stdint.h>

#include "cell.h"

typedef struct Random {
    uint64_t state;
} Random;

static inline uint64_t random_next(Random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline Random random_salted(uint64_t salt)
{
    Random random = { cell_seed };
    random.state = random_next(&random) ^ salt;
    return random;
}

/* A number from 0 to bound - 1; bound from 1 to 2^32. By multiplication: Lemire, "Fast random integer generation in an
 * interval", 2019, without the rejection; the bias is below 2^-32. */
static inline uint64_t random_below(Random *random, uint64_t bound)
{
    return ((random_next(random) >> 32) * bound) >> 32;
}

#endif
