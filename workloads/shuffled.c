/* Shuffled: a chain of n nodes is built, walked and let go; the nodes lie in memory in the chain's order, or in a random one.
 * Stresses the way to memory: from 2^17 nodes on they are more than a cache of 2 MiB holds, and in a random order each waits
 * for the one before. Walking, marking and counting's release are what it slows down; sweeping goes by addresses, and an
 * arena's end looks at no node.
 * Counterpart of Julia GCBenchmarks' list, whose nodes lie in order.
 * Not good for: the time of the whole, in which building is the most; the figures have the parts by themselves. */
#include "workload.h"

#include "objects/nodes.h"

enum { WALKS = 3, NS_PER_US = 1000 };

static uint64_t walks(const ListNode *first)
{
    uint64_t begun = clock_ns(), checksum = 0;
    for (int i = 0; i < WALKS; i++)
        checksum = checksum * 31 + nodes_fold(0, first);
    figure(walks_us, (clock_ns() - begun) / NS_PER_US);
    return checksum;
}

static uint64_t run(uint64_t n, bool in_order)
{
    uint64_t checksum = 0, begun = 0;
    region {
        local(Array) nodes = nodes_of(n);
        Random random = random_salted(0);
        if (!in_order)
            array_shuffle(nodes, &random);
        local(ListNode) first = nodes_linked(nodes);
        checksum = walks(first);
        begun = clock_ns();
    }
    collect();
    figure(release_us, (clock_ns() - begun) / NS_PER_US);
    operations += n;
    return checksum;
}

static uint64_t ordered(uint64_t n) { return run(n, true); }
static uint64_t shuffled(uint64_t n) { return run(n, false); }

static uint64_t by_counting(uint64_t n)
{
    uint64_t walk = nodes_checksum_expected(n), checksum = 0;
    for (int i = 0; i < WALKS; i++)
        checksum = checksum * 31 + walk;
    return checksum;
}

WORKLOAD(shuffled, STRESS, SIZES(150000, 600000, 10000000), "a chain of nodes, in memory in its own order or a random one",
    VARIANT(ordered, REPEATED(12)),
    VARIANT(shuffled));
REFERENCE(by_counting);
LARGEST(UINT64_C(1) << 32); /* random_below draws from no more */
