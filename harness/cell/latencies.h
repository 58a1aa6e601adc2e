/* latencies: how often an operation took how long, in plain memory that neither grows nor is anybody's heap.
 * Two instructions find a bucket. Buckets are log-linear, after G. Tene's HdrHistogram: every doubling of the time is cut into
 * 2^LATENCY_BITS parts of equal width, so that a quantile is told to within one part: by 5 bits to 3%, in 15 KiB; by 7, which a
 * file may define before, to 0.8%, in 58 KiB. Times of fewer bits than that and one are told to the ns.
 *
 * Invariant: the buckets' sum is count, and longest is exact. All zero is an empty one. */
#ifndef LATENCIES_H
#define LATENCIES_H

#include <stddef.h>
#include <stdint.h>

#ifndef LATENCY_BITS
#define LATENCY_BITS 5
#endif

enum { LATENCY_PARTS = 1 << LATENCY_BITS, LATENCY_BUCKETS = (65 - LATENCY_BITS) * LATENCY_PARTS };

typedef struct Latencies {
    uint64_t count, longest;
    uint64_t bucket[LATENCY_BUCKETS];
} Latencies;

/* How many of a time's low bits its bucket forgets. */
static inline unsigned latency_shift(uint64_t ns)
{
    unsigned bits = 64 - (unsigned)__builtin_clzll(ns | 1);
    return bits > LATENCY_BITS + 1 ? bits - LATENCY_BITS - 1 : 0;
}

static inline size_t latency_bucket(uint64_t ns)
{
    unsigned shift = latency_shift(ns);
    return shift * LATENCY_PARTS + (ns >> shift);
}

/* The longest time that falls into the bucket. */
static inline uint64_t latency_most(size_t bucket)
{
    if (bucket < 2 * LATENCY_PARTS)
        return bucket;
    unsigned shift = bucket / LATENCY_PARTS - 1;
    uint64_t part = bucket % LATENCY_PARTS + LATENCY_PARTS;
    return ((part + 1) << shift) - 1;
}

static inline void latencies_add(Latencies *latencies, uint64_t ns)
{
    latencies->count++;
    latencies->bucket[latency_bucket(ns)]++;
    if (ns > latencies->longest)
        latencies->longest = ns;
}

/* A time that this many of 1000 did not exceed, in ns; 0 of an empty one. */
static inline uint64_t latencies_per_mille(const Latencies *latencies, unsigned mille)
{
    uint64_t seen = 0, wanted = (latencies->count * mille + 999) / 1000;
    for (size_t i = 0; i < LATENCY_BUCKETS; i++) {
        seen += latencies->bucket[i];
        if (seen >= wanted && seen > 0)
            return latency_most(i) < latencies->longest ? latency_most(i) : latencies->longest;
    }
    return 0;
}

#endif
