/* vertex: one of an undirected graph. It refers to its neighbours, and they refer back: whatever is connected is a cycle.
 * 16 bytes, a list of its own of 16, and an array of 8 for each place. */
#ifndef VERTEX_H
#define VERTEX_H

#include "objects/list.h"

typedef struct Vertex {
    List *neighbours;
    bool reached; /* by a walk; none begins or passes here again */
} Vertex;
refs(Vertex, neighbours);

/* One without neighbours. */
static inline Vertex *vertex_alone(void)
{
    local(Vertex) vertex = new(Vertex);
    put(vertex->neighbours, new(List));
    return give(vertex);
}

static inline void vertex_connect(Vertex *vertex, Vertex *other)
{
    list_append(vertex->neighbours, share(other));
    list_append(other->neighbours, share(vertex));
}

static inline void vertex_reach(Vertex *vertex, List *ahead)
{
    if (!vertex->reached) {
        vertex->reached = true;
        list_append(ahead, share(vertex));
    }
}

/* How many vertices are reached from this one that were not before. */
static inline uint64_t vertex_walk(Vertex *first, List *ahead)
{
    uint64_t vertices = 0;
    for (vertex_reach(first, ahead); ahead->length > 0; vertices++) {
        local(Vertex) vertex = list_pop(ahead);
        for (size_t i = 0; i < vertex->neighbours->length; i++)
            vertex_reach(list_get(vertex->neighbours, i), ahead);
    }
    return vertices;
}

#endif
