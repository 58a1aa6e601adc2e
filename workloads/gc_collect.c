/* Collecting cycles: n times, a hundred rings of 21 nodes, linked in both directions, are built, walked and dropped, and a
 * collection is asked for.
 * Stresses what a collection costs that finds only garbage. After pyperformance's gc_collect (100 cycles of 20 links and one,
 * `next` and `prev`), which times the collection alone: here that is the figure collect_ns, of all n together. found_objects
 * is what the collections found, where they count objects: exactly 2,100 each where counting has freed the rest; a tracing one
 * finds the list and its array, too. Not good for: collections that come by themselves, or that find anything alive. */
#include "workload.h"

#include "objects/list.h"

enum { RINGS = 100, LINKS = 20 };

typedef struct Node Node;
struct Node {
    Node *next, *prev;
    uint64_t number;
};
refs(Node, next, prev);

static Node *numbered(uint64_t number)
{
    Node *node = new(Node);
    node->number = number;
    return node;
}

static void link_next(Node *node, Node *next)
{
    set(node->next, next);
    set(next->prev, node);
}

static Node *ring(uint64_t first_number)
{
    local(Node) first = numbered(first_number);
    Node *last = first; /* borrowed: each owns the next */
    for (uint64_t i = 1; i <= LINKS; i++) {
        local(Node) node = numbered(first_number + i);
        link_next(last, node);
        last = node;
    }
    link_next(last, first);
    return give(first);
}

/* The sum of the numbers once forward and once backward. */
static uint64_t walk(Node *first)
{
    uint64_t sum = first->number + first->number;
    for (Node *node = first->next; node != first; node = node->next)
        sum += node->number;
    for (Node *node = first->prev; node != first; node = node->prev)
        sum += node->number;
    return sum;
}

/* Never inlined: a collector that scans the stack would find the list's variable in its caller's frame. */
static __attribute__((noinline)) uint64_t build_and_drop(uint64_t round)
{
    uint64_t sum = 0;
    local(List) rings = new(List);
    for (uint64_t i = 0; i < RINGS; i++)
        list_append(rings, ring(round + i * (LINKS + 1)));
    for (uint64_t i = 0; i < RINGS; i++)
        sum += walk(list_get(rings, i));
    return sum;
}

static uint64_t rounds(uint64_t n)
{
    uint64_t sum = 0, found = 0, collect_ns = 0;
    for (uint64_t round = 0; round < n; round++) {
        region
            sum += build_and_drop(round);
        uint64_t begun = clock_ns();
        found += collect();
        collect_ns += clock_ns() - begun;
    }
    figure(found_objects, found);
    figure(collect_ns, collect_ns);
    operations += n * RINGS * (LINKS + 1);
    return sum;
}

/* In each round the numbers are those from the round's own on, each is met twice. */
static uint64_t sum_by_formula(uint64_t n)
{
    uint64_t nodes = RINGS * (LINKS + 1);
    return n * nodes * (nodes - 1) + nodes * n * (n - 1);
}

WORKLOAD(gc_collect, CLASSIC, SIZES(500, 4500, 20000), "rings of nodes, dropped and collected",
    VARIANT(rounds, CYCLIC));
REFERENCE(sum_by_formula);
