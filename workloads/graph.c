/* Graph: ten random graphs, one after the other, each of n vertices and n edges; how many ordered pairs of vertices are
 * connected in them?
 * objects: vertices refer to their neighbours, and these back; every round they are built, walked and dropped.
 * edges: the same answer from the edges as they come, in memory for the vertices only: "semi-streaming", after Feigenbaum et
 * al., "On graph problems in a semi-streaming model", 2005.
 * Stresses death in cycles, and many small lists that grow.
 * Not good for: saying which algorithm is better; they do different work for the same answer. */
#include "workload.h"

#include "objects/forest.h"
#include "objects/vertex.h"

enum { ROUNDS = 10 };

typedef struct Edge {
    uint64_t from, to;
} Edge;
leaf(Edge);

static Edge random_edge(Random *random, uint64_t n)
{
    uint64_t from = random_below(random, n);
    return (Edge){ from, random_below(random, n) };
}

/* The edges of one round's graph: loops and repeated ones among them. */
GENERATOR(Edges, Edge, uint64_t n, round, i; Random random)
{
    start;
    self->random = random_salted(self->round);
    for (self->i = 0; self->i < self->n; self->i++) {
        *renew(self->item, Edge) = random_edge(&self->random, self->n);
        yield(self->item);
    }
    finish;
}

static uint64_t square(uint64_t vertices)
{
    return vertices * vertices;
}

static List *random_graph(uint64_t n, uint64_t round)
{
    local(List) vertices = new(List);
    for (uint64_t i = 0; i < n; i++)
        list_append(vertices, vertex_alone());
    each (Edge, edge, Edges, .n = n, .round = round)
        vertex_connect(list_get(vertices, edge->from), list_get(vertices, edge->to));
    return give(vertices);
}

static uint64_t objects(uint64_t n)
{
    uint64_t pairs = 0;
    for (uint64_t round = 0; round < ROUNDS; round++)
        region {
            local(List) vertices = random_graph(n, round);
            local(List) ahead = new(List);
            for (uint64_t v = 0; v < n; v++)
                pairs += square(vertex_walk(list_get(vertices, v), ahead));
        }
    operations += ROUNDS * n;
    return pairs;
}

static uint64_t edges(uint64_t n)
{
    uint64_t pairs = 0;
    for (uint64_t round = 0; round < ROUNDS; round++)
        region {
            local(Forest) forest = forest_of(n);
            each (Edge, edge, Edges, .n = n, .round = round)
                forest_unite(forest, edge->from, edge->to);
            for (uint64_t v = 0; v < n; v++)
                pairs += forest_is_root(forest, v) ? square(forest->at[v].size) : 0;
        }
    operations += ROUNDS * n;
    return pairs;
}

/* Another way: both ends of an edge take the smaller of their labels, until no label changes. */
static bool relax(uint64_t *labels, uint64_t n, uint64_t round)
{
    Random random = random_salted(round);
    bool changed = false;
    for (uint64_t i = 0; i < n; i++) {
        Edge edge = random_edge(&random, n);
        uint64_t *from = &labels[edge.from], *to = &labels[edge.to];
        changed |= *from != *to;
        *from = *to = *from < *to ? *from : *to;
    }
    return changed;
}

static uint64_t pairs_by_labels(uint64_t n)
{
    uint64_t pairs = 0, *labels = calloc(n, 2 * sizeof *labels), *vertices = labels + n;
    if (!labels)
        out_of_memory(2 * n * sizeof *labels);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        for (uint64_t v = 0; v < n; v++) {
            labels[v] = v;
            vertices[v] = 0;
        }
        while (relax(labels, n, round))
            ;
        for (uint64_t v = 0; v < n; v++)
            pairs += 2 * vertices[labels[v]]++ + 1; /* each finds those before it, is found by them, and finds itself */
    }
    free(labels);
    return pairs;
}

WORKLOAD(graph, TECHNIQUE, SIZES(10000, 60000, 500000), "connected vertices of random graphs",
    VARIANT(objects, CYCLIC),
    VARIANT(edges, STREAMS, REPEATED(6)));
REFERENCE(pairs_by_labels);
LARGEST(UINT64_C(1) << 32); /* random_below draws from no more */
