/* Old trash: n pairs of objects in cycles are born, and die beside a large live heap, which holds a quarter of them at a time.
 * young_trash: the first quarter stays, and all other pairs are dropped as soon as they are made. slow_trash: each takes the
 * place of the oldest, so that all that dies is old; a collector that looks at the young finds nothing, and one that waits
 * until its old generation has grown by a quarter (in CPython's: and 85,000 are born) keeps as much garbage. nepotism: the
 * same, and each is given a young child before it dies; that could be found soon, but for the dead parent that refers to it.
 * Stresses generations, and whatever else waits with a large heap.
 * After the rule by which CPython's oldest generation waits (Modules/gcmodule.c), and "nepotism" in D. Ungar and F. Jackson,
 * "An adaptive tenuring policy for generation scavengers", 1992.
 * Not good for: pure counting, which frees none of it. */
#include "workload.h"

enum { PAIRS_A_PLACE = 4 };

typedef struct Node Node;
struct Node { Node *peer, *child; uint64_t number; }; /* pair i has the numbers 2 i and 2 i + 1 */
refs(Node, peer, child);

typedef struct Heap {
    size_t length;
    Node *at[];
} Heap;
slots(Heap);

static Heap *empty_heap(uint64_t n)
{
    return new_of(Heap, n / PAIRS_A_PLACE + 1);
}

static Node *node_of(uint64_t number)
{
    Node *node = new(Node);
    node->number = number;
    return node;
}

/* Two that refer to each other. */
static Node *pair_of(uint64_t i)
{
    local(Node) one = node_of(2 * i);
    put(one->peer, node_of(2 * i + 1));
    set(one->peer->peer, one);
    return give(one);
}

/* What pair i is worth. Pairs die in another order in each variant; i is a factor, so that two that changed places are seen. */
static uint64_t worth(uint64_t i, uint64_t one, uint64_t peer)
{
    return (i + 1) * (one * 31 + peer);
}

static uint64_t read_pair(uint64_t i, Node *one)
{
    return worth(i, one->number, one->peer->number);
}

/* The heap, full of pairs: each place has the latest pair that it was for, the oldest of all being `first`. */
static uint64_t read_all(const Heap *heap, uint64_t first)
{
    uint64_t sum = 0;
    for (uint64_t i = first; i < first + heap->length; i++)
        sum += read_pair(i, heap->at[i % heap->length]);
    return sum;
}

static uint64_t young_trash(uint64_t n)
{
    local(Heap) heap = empty_heap(n);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        local(Node) pair = pair_of(i);
        if (i < heap->length)
            set(heap->at[i], pair);
        else
            sum += read_pair(i, pair);
    }
    operations += n;
    return sum + read_all(heap, 0);
}

static uint64_t adopt(uint64_t i, Node *one)
{
    put(one->child, node_of(one->number));
    return worth(i, one->child->number, one->peer->number);
}

static uint64_t replace_oldest(uint64_t n, uint64_t last_act(uint64_t i, Node *))
{
    local(Heap) heap = empty_heap(n);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        Node **oldest = &heap->at[i % heap->length];
        if (*oldest)
            sum += last_act(i - heap->length, *oldest);
        put(*oldest, pair_of(i));
    }
    operations += n;
    return sum + read_all(heap, n - heap->length);
}

static uint64_t slow_trash(uint64_t n)
{
    return replace_oldest(n, read_pair);
}

static uint64_t nepotism(uint64_t n)
{
    return replace_oldest(n, adopt);
}

static uint64_t worth_of_all(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += worth(i, 2 * i, 2 * i + 1);
    return sum;
}

WORKLOAD(old_trash, STRESS, SIZES(250000, 1450000, 20000000), "cycles that die young, old, or as the young of the old",
    VARIANT(young_trash, CYCLIC, REPEATED(4)),
    VARIANT(slow_trash, CYCLIC, REPEATED(3)),
    VARIANT(nepotism, CYCLIC, REPEATED(3)));
REFERENCE(worth_of_all);
