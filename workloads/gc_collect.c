/* Collecting cycles: n times, a hundred rings of 21 nodes, linked in both directions, are built, walked and dropped, and a
 * collection is asked for. Stresses what a collection costs that finds only garbage. After pyperformance's gc_collect (100
 * cycles of 20 links and one, `next` and `prev`), which times the collection alone: here the figure collect_ns, of all n
 * together. found_objects is what they found, where objects are counted: exactly 2,100 each where counting has freed the rest;
 * a tracing one finds the list and its array, too. Not good for: collections that come by themselves, or find life. */
#include "workload.h"

#include "objects/chain.h"
#include "objects/list.h"
#include "objects/own_frame.h"

enum { RINGS = 100, LINKS = 21, NUMBERS = RINGS * LINKS };

/* The sum of the numbers once forward and once backward. */
static uint64_t walk(const Link *first)
{
    uint64_t sum = first->number + first->number;
    for (const Link *link = first->next; link != first; link = link->next)
        sum += link->number;
    for (const Link *link = first->previous; link != first; link = link->previous)
        sum += link->number;
    return sum;
}

static IN_OWN_FRAME uint64_t build_and_drop(uint64_t round)
{
    uint64_t sum = 0;
    local(List) rings = new(List);
    for (uint64_t i = 0; i < RINGS; i++)
        list_append(rings, ring_of(round + i * LINKS, LINKS));
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
    operations += n * NUMBERS;
    return sum;
}

/* In each round the numbers are those from the round's own on, each is met twice. */
static uint64_t sum_by_formula(uint64_t n)
{
    return n * NUMBERS * (NUMBERS - 1) + NUMBERS * n * (n - 1);
}

WORKLOAD(gc_collect, CLASSIC, SIZES(500, 4500, 20000), "rings of nodes, dropped and collected",
    VARIANT(rounds, CYCLIC));
REFERENCE(sum_by_formula);
