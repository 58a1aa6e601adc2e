/* Shuffled: a chain of n nodes is built, walked and let go; the nodes lie in memory in the chain's order, or in a random one.
 * Stresses the way to memory: from 2^17 nodes on they are more than a cache of 2 MiB holds, and in a random order each waits
 * for the one before. Walking, marking and counting's release are what it slows down; sweeping goes by addresses, and
 * an arena's end looks at no node. Counterpart of Julia GCBenchmarks' list, whose nodes lie in order.
 * Not good for: the time of the whole, in which building is the most; the figures have the parts by themselves. */
#include "workload.h"

#include "objects/array.h"

enum { WALKS = 3, NS_PER_US = 1000 };

typedef struct Node Node;
struct Node { Node *next; uint64_t number; };
refs(Node, next);

static Array *nodes_in_order(uint64_t n)
{
    local(Array) nodes = new_of(Array, n);
    for (uint64_t i = 0; i < n; i++)
        put(nodes->at[i], new(Node));
    return give(nodes);
}

/* Fisher and Yates, as Knuth has it (The Art of Computer Programming 2, 3.4.2, algorithm P). */
static void shuffle(Array *nodes)
{
    Random random = random_salted(0);
    for (size_t i = nodes->length; i > 1; i--) {
        uint64_t other = random_below(&random, i);
        local(Node) moved = give(nodes->at[i - 1]);
        put(nodes->at[i - 1], give(nodes->at[other]));
        put(nodes->at[other], give(moved));
    }
}

/* From the last to the first, so that no node ever has two owners. */
static Node *chain_of(Array *nodes)
{
    local(Node) first = NULL;
    for (size_t i = nodes->length; i > 0; i--) {
        local(Node) node = give(nodes->at[i - 1]);
        node->number = i;
        put(node->next, give(first));
        put(first, give(node));
    }
    return give(first);
}

static uint64_t walk(const Node *node)
{
    uint64_t checksum = 0;
    for (; node; node = node->next)
        checksum = checksum * 31 + node->number;
    return checksum;
}

static uint64_t walks(Node *first)
{
    uint64_t begun = clock_ns(), checksum = 0;
    for (int i = 0; i < WALKS; i++)
        checksum = checksum * 31 + walk(first);
    figure(walks_us, (clock_ns() - begun) / NS_PER_US);
    return checksum;
}

static uint64_t run(uint64_t n, bool in_order)
{
    uint64_t checksum = 0, begun = 0;
    region {
        local(Array) nodes = nodes_in_order(n);
        if (!in_order)
            shuffle(nodes);
        local(Node) first = chain_of(nodes);
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
    uint64_t one = 0, all = 0;
    for (uint64_t i = 1; i <= n; i++)
        one = one * 31 + i;
    for (int i = 0; i < WALKS; i++)
        all = all * 31 + one;
    return all;
}

WORKLOAD(shuffled, STRESS, SIZES(150000, 1000000, 10000000), "a chain of nodes, in memory in its own order or in none",
    VARIANT(ordered),
    VARIANT(shuffled));
REFERENCE(by_counting);
LARGEST(UINT64_C(1) << 32); /* random_below draws from no more */
