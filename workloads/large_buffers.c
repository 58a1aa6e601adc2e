/* Large buffers: 2,000 of them, one after the other, each in one of 20 places, whose buffer it replaces.
 * Stresses memory that goes back and forth between the program and the system.
 * After malloc-large of mimalloc-bench (Leonid Stolyarov, Daan Leijen): 5 to 25 MiB each, which is the full size here; n is the
 * largest in KiB, the smallest a fifth of it. Every page is touched, as there; here the zeroing of new memory is the strategy's
 * or the system's.
 * Not good for: small objects, and quick runs, whose buffers are no larger than many a program's small ones. */
#include "workload.h"

#include "objects/array.h"
#include "objects/marked_block.h"

enum { PLACES = 20, BUFFERS = 2000 };

static size_t random_bytes(Random *random, uint64_t n)
{
    uint64_t most = n << 10, least = most / 5;
    return least + random_below(random, most - least + 1);
}

static uint64_t replaced(uint64_t n)
{
    Random place = random_salted(0), size = random_salted(1);
    local(Array) buffers = new_of(Array, PLACES);
    uint64_t checksum = 0;
    for (uint64_t mark = 1; mark <= BUFFERS; mark++) {
        void **slot = &buffers->at[random_below(&place, PLACES)];
        checksum = marked_block_fold(checksum, *slot);
        put(*slot, marked_block_of(random_bytes(&size, n), mark));
    }
    for (int i = 0; i < PLACES; i++)
        checksum = marked_block_fold(checksum, buffers->at[i]);
    operations += n * BUFFERS;
    return checksum;
}

static uint64_t by_shapes(uint64_t n)
{
    Random place = random_salted(0), size = random_salted(1);
    BlockShape there[PLACES] = { 0 };
    uint64_t checksum = 0;
    for (uint64_t mark = 1; mark <= BUFFERS; mark++) {
        BlockShape *shape = &there[random_below(&place, PLACES)];
        checksum = marked_block_fold_shape(checksum, *shape);
        *shape = (BlockShape){ random_bytes(&size, n), mark };
    }
    for (int i = 0; i < PLACES; i++)
        checksum = marked_block_fold_shape(checksum, there[i]);
    return checksum;
}

WORKLOAD(large_buffers, CLASSIC, SIZES(80, 850, 25600), "buffers of up to n KiB that replace each other",
    VARIANT(replaced, REPEATED(2)));
REFERENCE(by_shapes);
LARGEST(UINT64_C(1) << 21); /* 2 GiB: random_below draws from no more than 2^32 */
