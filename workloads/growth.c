/* Growth: n small objects are born and stay alive; then a full collection is asked for, all are read, and let go of at once.
 * deep_list: a chain. Each keeps the one before it, so that no two can be marked side by side, and a death that recursed
 * would need a stack as deep as the chain. growing_list: they are appended to a list. flood: the same, and each loses an
 * owner on the way, for which a collector of cycles suspects it. many_refs: the list has places for all from the start.
 * Stresses collections that find nothing: none of these objects is in a cycle, and none dies before all do. After list, append
 * and many_refs of Julia's GCBenchmarks (128 * 2^20 objects in the list; full here is a quarter); figures are what a
 * collection of all takes and how long the program waits for their death. SET="refcount_cycle.divisor=0" shows what it saves
 * that the oldest generation waits until it has grown by a quarter: without, the time grows with the square of n.
 * Not good for: programs whose objects die. */
#include "workload.h"

#include "objects/list.h"

typedef struct Node Node;
struct Node { Node *next; uint64_t key; };
refs(Node, next);

static Node *node_of(uint64_t key)
{
    Node *node = new(Node);
    node->key = key;
    return node;
}

static void *chain(uint64_t n)
{
    local(Node) first = NULL;
    for (uint64_t i = 0; i < n; i++) {
        Node *node = node_of(i);
        put(node->next, give(first));
        first = node;
    }
    return give(first);
}

static uint64_t chain_sum(const void *first)
{
    uint64_t sum = 0;
    for (const Node *node = first; node; node = node->next)
        sum += node->key;
    return sum;
}

static void append_all(List *nodes, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        list_append(nodes, node_of(i));
}

static void *appended(uint64_t n)
{
    local(List) nodes = new(List);
    append_all(nodes, n);
    return give(nodes);
}

static void *placed(uint64_t n)
{
    local(List) nodes = new(List);
    resize(nodes->places, Array, n);
    append_all(nodes, n);
    return give(nodes);
}

static void *suspected(uint64_t n)
{
    local(List) nodes = new(List);
    for (uint64_t i = 0; i < n; i++) {
        local(Node) node = node_of(i);
        list_append(nodes, share(node));
    }
    return give(nodes);
}

static uint64_t list_sum(const void *nodes)
{
    const List *list = nodes;
    uint64_t sum = 0;
    for (size_t i = 0; i < list->length; i++)
        sum += ((const Node *)list_get(list, i))->key;
    return sum;
}

static uint64_t grow(void *build(uint64_t), uint64_t sum_of(const void *), uint64_t n)
{
    uint64_t sum = 0, before = 0;
    region {
        local(void) all = build(n);
        before = clock_ns();
        collect();
        figure(full_collection_ns, clock_ns() - before);
        sum = sum_of(all);
        before = clock_ns();
    }
    figure(death_of_all_ns, clock_ns() - before);
    operations += n;
    return sum;
}

static uint64_t deep_list(uint64_t n)
{
    return grow(chain, chain_sum, n);
}

static uint64_t growing_list(uint64_t n)
{
    return grow(appended, list_sum, n);
}

static uint64_t flood(uint64_t n)
{
    return grow(suspected, list_sum, n);
}

static uint64_t many_refs(uint64_t n)
{
    return grow(placed, list_sum, n);
}

/* 0 + 1 + … + (n - 1) */
static uint64_t sum_by_formula(uint64_t n)
{
    return n % 2 ? (n - 1) / 2 * n : n / 2 * (n - 1);
}

WORKLOAD(growth, STRESS, SIZES(500000, 3000000, 33554432), "n objects that stay alive, in four shapes, and die together",
    VARIANT(deep_list),
    VARIANT(growing_list),
    VARIANT(flood),
    VARIANT(many_refs));
REFERENCE(sum_by_formula);
