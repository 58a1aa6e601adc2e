/* Live: n objects that are alive, in pairs, and the same work over them however many they are: 100,000 pairs take the place of
 * pairs drawn at random, each second one a ring. So what a pause of n = 10^6 is longer than one of n = 10^3 is the live set's.
 * replaced: that. dropped: the n objects hang from one, and are let go of with it, in a region; then a collection is asked for.
 * Figure: waited_cpu_ns, of dropped, the processor time until all was let go of and collected: what a strategy tells of its pauses
 * is held against that.
 * Stresses pauses that grow with what is alive: marking, a count's cascade, a region's end.
 * Not good for: pure counting's memory, which keeps the rings.
 * After the live heap under a steady churn of J. Fisher, "Low latency, large working set, and GHC's garbage collector". */
#include "workload.h"

#include <time.h>

#include "objects/array.h"

enum { REPLACEMENTS = 100000 /* pairs */ };

typedef struct Node Node;
struct Node { Node *peer; uint64_t number; };
refs(Node, peer);

static Node *node_of(uint64_t number)
{
    Node *node = new(Node);
    node->number = number;
    return node;
}

/* Pair i has the numbers 2 i and 2 i + 1. The one owns its peer, and in a ring is owned by it. */
static Node *pair_of(uint64_t i, bool ring)
{
    local(Node) one = node_of(2 * i);
    put(one->peer, node_of(2 * i + 1));
    if (ring)
        set(one->peer->peer, one);
    return give(one);
}

static uint64_t worth(uint64_t number, uint64_t peer)
{
    return number * 31 + (peer ^ number);
}

static uint64_t read_pair(const Node *one)
{
    return worth(one->number, one->peer->number);
}

static Array *filled(uint64_t pairs, bool rings)
{
    local(Array) places = new_of(Array, pairs);
    for (uint64_t i = 0; i < pairs; i++)
        put(places->at[i], pair_of(i, rings && i % 2));
    return give(places);
}

static uint64_t read_all(const Array *places)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < places->length; i++)
        sum += read_pair(places->at[i]);
    return sum;
}

static uint64_t pairs_of(uint64_t n)
{
    return (n + 1) / 2;
}

static uint64_t replaced(uint64_t n)
{
    Random place = random_salted(0);
    static Array *places; /* nobody lets go of it: that would be the longest pause of all */
    put(places, filled(pairs_of(n), true));
    uint64_t sum = 0;
    for (uint64_t i = places->length; i < pairs_of(n) + REPLACEMENTS; i++) {
        void **slot = &places->at[random_below(&place, places->length)];
        sum += read_pair(*slot);
        put(*slot, pair_of(i, i % 2));
    }
    operations += pairs_of(n) + REPLACEMENTS;
    return sum + read_all(places);
}

/* Of the machine's other work nothing is in it. */
static uint64_t thread_cpu_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* As many pairs, so that all variants come to the same. */
static uint64_t dropped(uint64_t n)
{
    uint64_t sum = 0, let_go_ns = 0;
    region {
        local(Array) places = filled(pairs_of(n), false);
        sum = read_all(places);
        let_go_ns = thread_cpu_ns();
    }
    collect();
    figure(waited_cpu_ns, thread_cpu_ns() - let_go_ns);
    for (uint64_t i = pairs_of(n); i < pairs_of(n) + REPLACEMENTS; i++)
        region {
            local(Node) one = pair_of(i, false);
            sum += read_pair(one);
        }
    operations += pairs_of(n) + REPLACEMENTS;
    return sum;
}

static uint64_t worth_of_pairs(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < pairs_of(n) + REPLACEMENTS; i++)
        sum += worth(2 * i, 2 * i + 1);
    return sum;
}

WORKLOAD(live, STRESS, SIZES(1000, 100000, 1000000), "n objects that are alive, replaced at random or dropped at once",
    VARIANT(replaced, STREAMS | CYCLIC),
    VARIANT(dropped, STREAMS));
REFERENCE(worth_of_pairs);
LARGEST(UINT64_C(1) << 32); /* places are drawn by random_below */
