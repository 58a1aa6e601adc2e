/* The one generator behind every random choice of the harness: xoshiro256** 1.0, seeded by splitmix64, after the public
 * domain code of David Blackman and Sebastiano Vigna (https://prng.di.unimi.it). */
#ifndef RECLAIM_RANDOM_H
#define RECLAIM_RANDOM_H

#include <stdint.h>

typedef struct Random {
    uint64_t state[4];
} Random;

static inline uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static inline Random random_seeded(uint64_t seed)
{
    Random random;
    for (int i = 0; i < 4; i++)
        random.state[i] = splitmix64(&seed);
    return random;
}

static inline uint64_t random_rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static inline uint64_t random_next(Random *random)
{
    uint64_t *s = random->state;
    uint64_t result = random_rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = random_rotate(s[3], 45);
    return result;
}

/* A number below `limit`, which is not 0; each is as likely as any other (Lemire 2019, "Fast random integer generation in an
 * interval"). */
static inline uint32_t random_below(Random *random, uint32_t limit)
{
    uint64_t product = (random_next(random) >> 32) * limit;
    if ((uint32_t)product < limit) {
        uint32_t threshold = -limit % limit;
        while ((uint32_t)product < threshold)
            product = (random_next(random) >> 32) * limit;
    }
    return product >> 32;
}

#endif
