/* Collecting cycles: n times, a hundred rings of 21 nodes, linked in both directions, are built, walked and dropped, and a
 * collection is asked for.
 * Stresses what a collection costs that finds only garbage.
 * After pyperformance's gc_collect (100 cycles of 20 links and one, `next` and `prev`), which times the collection alone: here
 * the figure collect_ns, of all n together. found_objects is what they found, where objects are counted: exactly 2,100 each
 * where counting has freed the rest; a tracing one finds the list and its array, too.
 * Not good for: collections that come by themselves, or find life. */
#include "workload.h"

#include "objects/chain.h"
#include "objects/list.h"
#include "objects/own_frame.h"

enum { RINGS = 100, LINKS = 21, NUMBERS = RINGS * LINKS };

/* The numbers once forward and once backward. */
static uint64_t walk(uint64_t checksum, const ChainLink *first)
{
    checksum = checksum * 31 + first->number;
    for (const ChainLink *link = first->next; link != first; link = link->next)
        checksum = checksum * 31 + link->number;
    for (const ChainLink *link = first->previous; link != first; link = link->previous)
        checksum = checksum * 31 + link->number;
    return checksum;
}

static IN_OWN_FRAME uint64_t build_and_drop(uint64_t checksum, uint64_t round)
{
    local(List) rings = new(List);
    for (uint64_t i = 0; i < RINGS; i++)
        list_append(rings, ring_of(round + i * LINKS, LINKS));
    for (uint64_t i = 0; i < RINGS; i++)
        checksum = walk(checksum, list_get(rings, i));
    return checksum;
}

static uint64_t rounds(uint64_t n)
{
    uint64_t checksum = 0, found = 0, collect_ns = 0;
    for (uint64_t round = 0; round < n; round++) {
        region
            checksum = build_and_drop(checksum, round);
        uint64_t begun = clock_ns();
        found += collect();
        collect_ns += clock_ns() - begun;
    }
    figure(found_objects, found);
    figure(collect_ns, collect_ns);
    operations += n * NUMBERS;
    return checksum;
}

/* In each round the numbers are those from the round's own on; a ring's are met up from its first, and down to its second. */
static uint64_t by_counting(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t round = 0; round < n; round++)
        for (uint64_t first = round; first < round + NUMBERS; first += LINKS) {
            for (uint64_t i = 0; i < LINKS; i++)
                checksum = checksum * 31 + first + i;
            for (uint64_t i = LINKS - 1; i > 0; i--)
                checksum = checksum * 31 + first + i;
        }
    return checksum;
}

WORKLOAD(gc_collect, CLASSIC, SIZES(400, 3600, 20000), "rings of nodes, dropped and collected",
    VARIANT(rounds, CYCLIC, REPEATED(4)));
REFERENCE(by_counting);
