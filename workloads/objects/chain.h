/* chain: a doubly linked list of numbers. Every link refers to both its neighbours, so that any two neighbours are a cycle.
 * 24 bytes a number; to append is constant. Who holds one link holds all. */
#ifndef CHAIN_H
#define CHAIN_H

#include "workload.h"

typedef struct Link Link;
struct Link { Link *previous, *next; uint64_t number; };
refs(Link, previous, next);

/* Links from..from + count - 1, at least one; the first is returned. */
static inline Link *chain_of(uint64_t from, uint64_t count)
{
    local(Link) first = new(Link);
    first->number = from;
    Link *last = first; /* borrowed from its neighbour */
    for (uint64_t i = 1; i < count; i++) {
        put(last->next, new(Link));
        set(last->next->previous, last);
        last = last->next;
        last->number = from + i;
    }
    return give(first);
}

#endif
