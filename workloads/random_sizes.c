/* Random sizes: n blocks of 16 to 8,000 bytes; in each round a tenth of the places for them is emptied, and a tenth is filled.
 * Stresses size classes, and free memory between what stays. After M. Jansson's rpmalloc-benchmark (rptest in mimalloc-bench)
 * with one thread: its 50,000 places, 5,000 let go of and 5,000 filled in each of 20,000 rounds, sizes even; here there are
 * 20 blocks for a place, and places are drawn at random. It touches the first byte of a block, one in each page and the last.
 * Not good for: what blocks contain; nobody reads them but to check. */
#include "workload.h"

#include "objects/array.h"
#include "objects/extent.h"

enum { LEAST_BYTES = 16, MOST_BYTES = 8000, BLOCKS_A_PLACE = 20, CHURN = 10 /* one place of so many, each round */ };

static size_t random_bytes(Random *random)
{
    return LEAST_BYTES + random_below(random, MOST_BYTES - LEAST_BYTES + 1);
}

/* A place drawn at random comes to hold this block, or none; what was in it is let go of, and summed up. */
static uint64_t replace_at_random(Array *places, Random *place, Extent *block)
{
    void **slot = &places->at[random_below(place, places->length)];
    uint64_t sum = extent_sum(*slot);
    put(*slot, block);
    return sum;
}

static uint64_t churned(uint64_t n)
{
    Random place = random_salted(0), size = random_salted(1);
    local(Array) places = new_of(Array, n / BLOCKS_A_PLACE + 1);
    uint64_t round = places->length / CHURN + 1, sum = 0;
    for (uint64_t born = 0; born < n; born++) {
        if (born % round == 0)
            for (uint64_t i = 0; i < round; i++)
                sum += replace_at_random(places, &place, NULL);
        sum += replace_at_random(places, &place, extent_of(random_bytes(&size), born));
    }
    for (size_t i = 0; i < places->length; i++)
        sum += extent_sum(places->at[i]);
    operations += n;
    return sum;
}

static uint64_t sum_of_marks(uint64_t n)
{
    Random size = random_salted(1);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += extent_sum_expected(random_bytes(&size), i);
    return sum;
}

WORKLOAD(random_sizes, CLASSIC, SIZES(25000, 200000, 700000), "blocks of 16 to 8,000 bytes, a tenth of them replaced a round",
    VARIANT(churned));
REFERENCE(sum_of_marks);
LARGEST(UINT64_C(1) << 32); /* places are drawn by random_below */
