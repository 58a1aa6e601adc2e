/* Graph: the connected components of ten random graphs, one after the other, each of n vertices and n edges.
 * objects: vertices refer to their neighbours, and these back; every round they are built, walked and dropped.
 * edges: the same answer from the edges as they come, in memory for the vertices only: "semi-streaming", after
 * Feigenbaum et al., "On graph problems in a semi-streaming model", 2005.
 * Stresses death in cycles, and many small lists that grow. Not good for: saying which algorithm is better; they do
 * different work for the same answer. */
#include "workload.h"

#include "objects/forest.h"
#include "objects/list.h"

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

typedef struct Components {
    uint64_t count, largest;  /* largest: its vertices */
} Components;

static void add_component(Components *components, uint64_t vertices)
{
    components->count++;
    if (vertices > components->largest)
        components->largest = vertices;
}

/* The answers of all rounds in one number. */
static uint64_t fold(uint64_t checksum, Components components)
{
    return (checksum * 31 + components.count) * 31 + components.largest;
}

/* ---- objects ---------------------------------------------------------------------------------------------------- */

typedef struct Vertex {
    List *neighbours;
    bool reached;
} Vertex;
refs(Vertex, neighbours);

static List *unconnected(uint64_t n)
{
    local(List) vertices = new(List);
    for (uint64_t i = 0; i < n; i++) {
        local(Vertex) vertex = new(Vertex);
        put(vertex->neighbours, new(List));
        list_append(vertices, give(vertex));
    }
    return give(vertices);
}

static List *random_graph(uint64_t n, uint64_t round)
{
    local(List) vertices = unconnected(n);
    each (Edge, edge, Edges, .n = n, .round = round) {
        Vertex *from = list_get(vertices, edge->from), *to = list_get(vertices, edge->to);
        list_append(from->neighbours, share(to));
        list_append(to->neighbours, share(from));
    }
    return give(vertices);
}

static void reach(Vertex *vertex, List *ahead)
{
    if (!vertex->reached) {
        vertex->reached = true;
        list_append(ahead, share(vertex));
    }
}

/* How many vertices are reached from this one that were not before. */
static uint64_t walk(Vertex *first, List *ahead)
{
    uint64_t vertices = 0;
    for (reach(first, ahead); ahead->length > 0; vertices++) {
        local(Vertex) vertex = list_pop(ahead);
        for (size_t i = 0; i < vertex->neighbours->length; i++)
            reach(list_get(vertex->neighbours, i), ahead);
    }
    return vertices;
}

static Components components_by_walking(List *vertices)
{
    local(List) ahead = new(List);
    Components components = { 0 };
    for (size_t i = 0; i < vertices->length; i++) {
        Vertex *vertex = list_get(vertices, i);
        if (!vertex->reached)
            add_component(&components, walk(vertex, ahead));
    }
    return components;
}

static uint64_t objects(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t round = 0; round < ROUNDS; round++)
        region {
            local(List) vertices = random_graph(n, round);
            checksum = fold(checksum, components_by_walking(vertices));
        }
    operations += ROUNDS * n;
    return checksum;
}

/* ---- edges ------------------------------------------------------------------------------------------------------ */

static Components components_by_union(uint64_t n, uint64_t round)
{
    local(Forest) forest = forest_of(n);
    each (Edge, edge, Edges, .n = n, .round = round)
        forest_unite(forest, edge->from, edge->to);
    Components components = { 0 };
    for (uint64_t v = 0; v < n; v++)
        if (forest_is_root(forest, v))
            add_component(&components, forest->at[v].size);
    return components;
}

static uint64_t edges(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t round = 0; round < ROUNDS; round++)
        region
            checksum = fold(checksum, components_by_union(n, round));
    operations += ROUNDS * n;
    return checksum;
}

/* ---- Another way: both ends of an edge take the smaller of their labels, until no label changes ------------------ */

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

static Components components_by_relaxing(uint64_t *labels, uint64_t *vertices, uint64_t n, uint64_t round)
{
    for (uint64_t v = 0; v < n; v++) {
        labels[v] = v;
        vertices[v] = 0;
    }
    while (relax(labels, n, round))
        ;
    for (uint64_t v = 0; v < n; v++)
        vertices[labels[v]]++;
    Components components = { 0 };
    for (uint64_t v = 0; v < n; v++)
        if (vertices[v] > 0)
            add_component(&components, vertices[v]);
    return components;
}

static uint64_t relaxed(uint64_t n)
{
    size_t bytes = size_with_elements(0, 2 * sizeof(uint64_t), n);
    uint64_t *labels = malloc(bytes);
    if (!labels)
        out_of_memory(bytes);
    uint64_t checksum = 0;
    for (uint64_t round = 0; round < ROUNDS; round++)
        checksum = fold(checksum, components_by_relaxing(labels, labels + n, n, round));
    free(labels);
    return checksum;
}

WORKLOAD(graph, TECHNIQUE, SIZES(60000, 200000, 500000), "connected components of random graphs",
    VARIANT(objects, CYCLIC),
    VARIANT(edges, STREAMS));
REFERENCE(relaxed);
LARGEST(UINT64_C(1) << 32); /* random_below draws from no more */
