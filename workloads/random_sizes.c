/* Random sizes: n blocks of 16 to 8,000 bytes; in each round a tenth of the places for them is emptied, and a tenth is filled.
 * Stresses size classes, and free memory between what stays.
 * After M. Jansson's rpmalloc-benchmark (rptest in mimalloc-bench) with one thread: its 50,000 places, which the full size has,
 * 5,000 let go of and 5,000 filled in each of 20,000 rounds, sizes even; here there are 20 blocks for a place, which makes 200
 * rounds, and places are drawn at random. It touches the first byte of a block, one in each page and the last; here a word.
 * Not good for: what blocks contain; nobody reads them but to check. */
#include "workload.h"

#include "objects/array.h"
#include "objects/marked_block.h"

enum { LEAST_BYTES = 16, MOST_BYTES = 8000, BLOCKS_A_PLACE = 20, CHURN = 10 /* one place of so many, each round */ };

static size_t random_bytes(Random *random)
{
    return LEAST_BYTES + random_below(random, MOST_BYTES - LEAST_BYTES + 1);
}

static uint64_t places_for(uint64_t n)
{
    return n / BLOCKS_A_PLACE + 1;
}

static uint64_t round_of(uint64_t places)
{
    return places / CHURN + 1;
}

/* A place drawn at random comes to hold this block, or none; what was in it is read and let go of. */
static uint64_t replace_at_random(uint64_t checksum, Array *places, Random *place, MarkedBlock *block)
{
    void **slot = &places->at[random_below(place, places->length)];
    checksum = marked_block_fold(checksum, *slot);
    put(*slot, block);
    return checksum;
}

static uint64_t churned(uint64_t n)
{
    Random place = random_salted(0), size = random_salted(1);
    local(Array) places = new_of(Array, places_for(n));
    uint64_t round = round_of(places->length), checksum = 0;
    for (uint64_t born = 0; born < n; born++) {
        if (born % round == 0)
            for (uint64_t i = 0; i < round; i++)
                checksum = replace_at_random(checksum, places, &place, NULL);
        checksum = replace_at_random(checksum, places, &place, marked_block_of(random_bytes(&size), born + 1));
    }
    for (size_t i = 0; i < places->length; i++)
        checksum = marked_block_fold(checksum, places->at[i]);
    operations += n;
    return checksum;
}

static uint64_t by_shapes(uint64_t n)
{
    Random place = random_salted(0), size = random_salted(1);
    uint64_t length = places_for(n), round = round_of(length), checksum = 0;
    BlockShape *places = calloc(length, sizeof *places);
    if (!places)
        out_of_memory(length * sizeof *places);
    for (uint64_t born = 0; born < n; born++)
        for (uint64_t i = born % round == 0 ? 0 : round; i <= round; i++) { /* all but the last are emptied */
            BlockShape *shape = &places[random_below(&place, length)];
            checksum = marked_block_fold_shape(checksum, *shape);
            *shape = i < round ? (BlockShape){ 0 } : (BlockShape){ random_bytes(&size), born + 1 };
        }
    for (uint64_t i = 0; i < length; i++)
        checksum = marked_block_fold_shape(checksum, places[i]);
    free(places);
    return checksum;
}

WORKLOAD(random_sizes, CLASSIC, SIZES(25000, 210000, 1000000), "blocks of 16 to 8,000 bytes, a tenth of them replaced a round",
    VARIANT(churned));
REFERENCE(by_shapes);
LARGEST(UINT64_C(1) << 32); /* places are drawn by random_below */
