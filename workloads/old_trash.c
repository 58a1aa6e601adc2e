/* Old trash: n pairs of objects in cycles are born, and die beside a large live heap, which holds a quarter of them at a time.
 * young_trash: the first quarter stays, and every other pair is dropped as soon as it is made. slow_trash: each takes the place
 * of the oldest, so that all that dies is old; a collector that looks at the young finds nothing, and one that waits until
 * its old generation has grown by a quarter (in CPython's: and 85,000 are born) keeps as much garbage. nepotism: the same,
 * and each is given a young child before it dies; that could be found soon, but for the dead parent that refers to it.
 * Stresses generations, and whatever else waits with a large heap. After the rule by which CPython's oldest generation waits
 * (Modules/gcmodule.c), and "nepotism" in D. Ungar and F. Jackson, "An adaptive tenuring policy for generation
 * scavengers", 1992. Not good for: pure counting, which frees none of it. */
#include "workload.h"

enum { PAIRS_A_PLACE = 4 };

typedef struct Node Node;
struct Node { Node *peer, *child; uint64_t number; };
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
static Node *pair_of(uint64_t number)
{
    local(Node) one = node_of(number);
    put(one->peer, node_of(number));
    set(one->peer->peer, one);
    return give(one);
}

static uint64_t read_pair(Node *one)
{
    return one ? one->number + one->peer->number : 0;
}

static uint64_t read_all(const Heap *heap)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < heap->length; i++)
        sum += read_pair(heap->at[i]);
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
            sum += read_pair(pair);
    }
    operations += n;
    return sum + read_all(heap);
}

static uint64_t adopt(Node *one)
{
    if (!one)
        return 0;
    put(one->child, node_of(one->number));
    return one->child->number + one->peer->number;
}

static uint64_t replace_oldest(uint64_t n, uint64_t last_act(Node *))
{
    local(Heap) heap = empty_heap(n);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        Node **oldest = &heap->at[i % heap->length];
        sum += last_act(*oldest);
        put(*oldest, pair_of(i));
    }
    operations += n;
    return sum + read_all(heap);
}

static uint64_t slow_trash(uint64_t n)
{
    return replace_oldest(n, read_pair);
}

static uint64_t nepotism(uint64_t n)
{
    return replace_oldest(n, adopt);
}

/* 0 + 0 + 1 + 1 + … + (n - 1) + (n - 1) */
static uint64_t sum_by_formula(uint64_t n)
{
    return n * (n - 1);
}

WORKLOAD(old_trash, STRESS, SIZES(250000, 1000000, 20000000), "cycles that die young, old, or as the young of the old",
    VARIANT(young_trash, CYCLIC),
    VARIANT(slow_trash, CYCLIC),
    VARIANT(nepotism, CYCLIC));
REFERENCE(sum_by_formula);
