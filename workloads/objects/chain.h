/* chain: a doubly linked list of numbers, open, or closed into a ring. Every link refers to both its neighbours, so that any
 * two neighbours are a cycle. 24 bytes a number; to append is constant. Who holds one link holds all. */
#ifndef CHAIN_H
#define CHAIN_H

#include "workload.h"

typedef struct ChainLink ChainLink;
struct ChainLink { ChainLink *previous, *next; uint64_t number; };
refs(ChainLink, previous, next);

static inline ChainLink *link_of(uint64_t number)
{
    ChainLink *link = new(ChainLink);
    link->number = number;
    return link;
}

/* Links from..from + count - 1, at least one; the first is returned. */
static inline ChainLink *chain_of(uint64_t from, uint64_t count)
{
    local(ChainLink) first = link_of(from);
    ChainLink *last = first; /* borrowed from its neighbour */
    for (uint64_t i = 1; i < count; i++) {
        put(last->next, link_of(from + i));
        set(last->next->previous, last);
        last = last->next;
    }
    return give(first);
}

/* The order of its numbers counts. */
static inline uint64_t chain_checksum(const ChainLink *first)
{
    uint64_t sum = 0;
    for (const ChainLink *link = first; link; link = link->next)
        sum = sum * 3 + link->number;
    return sum;
}

/* A chain is made, walked and dropped. */
static inline uint64_t chain_passing(uint64_t from, uint64_t count)
{
    local(ChainLink) first = chain_of(from, count);
    return chain_checksum(first);
}

static inline void link_next(ChainLink *link, ChainLink *next)
{
    set(link->next, next);
    set(next->previous, link);
}

/* The same, closed, so that the last link's next is the first. Each is held by a variable when it is linked, as in Python. */
static inline ChainLink *ring_of(uint64_t from, uint64_t count)
{
    local(ChainLink) first = link_of(from);
    ChainLink *last = first; /* borrowed: each owns the next */
    for (uint64_t i = 1; i < count; i++) {
        local(ChainLink) link = link_of(from + i);
        link_next(last, link);
        last = link;
    }
    link_next(last, first);
    return give(first);
}

#endif
