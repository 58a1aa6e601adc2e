/* Shapes: an object graph of n edges is built; a full collection is asked for while all of it is alive; each edge is followed;
 * then all is let go of at once, and collected. What differs is the shape.
 * chain: each refers to the next. comb: to a tooth, and then to the next. spine: to the next, and then to a leaf, so that a
 * recursion that ends with its last reference does not end here. ring, closed_comb: the last refers to the top. closed_spine:
 * each leaf does. star: a hub of n leaves; closed_star: of half as many, which refer back. bipartite: sqrt(n) objects, each of
 * which refers to each of as many others. layers: of ten, each referring to all ten of the next: 10^(n/100) ways lead down.
 * clique: sqrt(n) objects, each of which refers to all. mourned: a chain, and each has a finalizer. watched: a star of half as many
 * leaves, each with a weak reference, to itself or to the first. shared: a star of half as many leaves, all of which refer to one
 * more.
 * Stresses marks, deaths and finalizers that recurse, that look at an object once for each edge, or that go through a long array or
 * table again and again. Cycles are one component, as large as can be.
 * After the chains, combs and cliques of Barabash and Petrank, "Tracing garbage collection on highly parallel platforms", 2010.
 * Not good for: what programs usually hold. */
#include "workload.h"

#include "objects/array.h"

/* ---- A way down, with teeth or without ---------------------------------------------------------------------------- */

typedef struct Link Link;
struct Link { Link *left, *right; uint64_t number; };
refs(Link, left, right);

enum {
    TEETH = 1,      /* every other edge leads to one that leads no further */
    LEFT_DOWN = 2,  /* the way down is the first reference, not the last */
    CLOSED = 4,     /* the last edge leads to the top */
    TEETH_BACK = 8, /* so does one of each tooth */
};

/* Edges have the numbers 1 to n, and the objects they first lead to have the same; the top has 0. */
typedef struct Edge {
    Link **slot;
    bool to_top;
    bool down;
} Edge;

static inline Edge edge_of(Link *link, uint64_t number, uint64_t n, unsigned shape)
{
    Link **down = shape & LEFT_DOWN ? &link->left : &link->right, **aside = shape & LEFT_DOWN ? &link->right : &link->left;
    uint64_t place = number % (shape & TEETH_BACK ? 3 : shape & TEETH ? 2 : 1); /* 0: the last of the link's */
    if (shape & CLOSED && number == n)
        return (Edge){ down, true, false };
    if (place == 0)
        return (Edge){ down, false, true };
    return place == 1 ? (Edge){ aside, false, false } : (Edge){ &(*aside)->left, true, false };
}

static Link *link_of(uint64_t number)
{
    Link *link = new(Link);
    link->number = number;
    return link;
}

static Link *linked(uint64_t n, unsigned shape)
{
    local(Link) top = link_of(0);
    Link *link = top;
    for (uint64_t number = 1; number <= n; number++) {
        Edge edge = edge_of(link, number, n, shape);
        put(*edge.slot, edge.to_top ? share(top) : link_of(number));
        link = edge.down ? *edge.slot : link;
    }
    return give(top);
}

/* Each edge counts by its number, and by how much it leads to another object than it should. So the answer is the same for
 * all shapes. */
static inline uint64_t fold(uint64_t checksum, uint64_t edge, uint64_t found, uint64_t expected)
{
    return checksum * 31 + edge + (found - expected);
}

static uint64_t follow_links(Link *top, uint64_t n, unsigned shape)
{
    uint64_t checksum = 0;
    Link *link = top;
    for (uint64_t number = 1; number <= n; number++) {
        Edge edge = edge_of(link, number, n, shape);
        checksum = fold(checksum, number, (*edge.slot)->number, edge.to_top ? 0 : number);
        link = edge.down ? *edge.slot : link;
    }
    return checksum;
}

/* ---- A star ------------------------------------------------------------------------------------------------------- */

typedef struct Leaf { Array *hub; uint64_t number; } Leaf;
refs(Leaf, hub);

/* Where leaves refer back, every other edge does; of an odd number of edges the last leaf has none. */
static Array *star_of(uint64_t n, bool closed)
{
    local(Array) hub = new_of(Array, closed ? n - n / 2 : n);
    for (uint64_t i = 0; i < hub->length; i++) {
        local(Leaf) leaf = new(Leaf);
        leaf->number = i;
        set(leaf->hub, closed && i < n / 2 ? hub : NULL);
        put(hub->at[i], give(leaf));
    }
    return give(hub);
}

static uint64_t follow_star(const Array *hub, uint64_t n, bool closed)
{
    uint64_t checksum = 0;
    for (uint64_t i = 0, edge = 0; edge < n; i++) {
        const Leaf *leaf = hub->at[i];
        checksum = fold(checksum, ++edge, leaf->number, i);
        if (closed && edge < n)
            checksum = fold(checksum, ++edge, leaf->hub != hub, 0);
    }
    return checksum;
}

/* ---- Rows of objects, each of which refers to all of the next row ------------------------------------------------------ */

typedef struct Vertex Vertex;
struct Vertex { size_t length; uint64_t number; Vertex *at[]; };
slots(Vertex);

static Vertex *vertex_of(uint64_t number, uint64_t edges)
{
    Vertex *vertex = new_of(Vertex, edges);
    vertex->number = number;
    return vertex;
}

/* The top has the number 0, the first row 1 to width, and so on; each has `width` edges, until there are n. */
static uint64_t edges_of(uint64_t number, uint64_t n, uint64_t width)
{
    uint64_t before = number * width;
    return before >= n ? 0 : n - before < width ? n - before : width;
}

static uint64_t first_below(uint64_t number, uint64_t width)
{
    return (number + width - 1) / width * width + 1;
}

typedef struct Rows {
    Vertex *above, *first; /* the first vertices of the row above, which refers to all of this one, and of this one */
} Rows;

/* The vertex with this number; they are asked for in turn. */
static Vertex *next_vertex(Rows *rows, uint64_t number, uint64_t width)
{
    if (number == 0)
        return rows->first;
    uint64_t place = (number - 1) % width;
    if (place == 0)
        *rows = (Rows){ rows->first, rows->first->at[0] };
    return rows->above->at[place];
}

static Vertex *rows_of(uint64_t n, uint64_t width)
{
    local(Vertex) top = vertex_of(0, edges_of(0, n, width));
    Rows rows = { NULL, top };
    for (uint64_t number = 0; number * width < n; number++) {
        Vertex *vertex = next_vertex(&rows, number, width);
        uint64_t below = first_below(number, width);
        for (size_t i = 0; i < vertex->length; i++)
            put(vertex->at[i], vertex == rows.first ? vertex_of(below + i, edges_of(below + i, n, width))
                                                    : share(rows.first->at[i]));
    }
    return give(top);
}

static uint64_t follow_rows(Vertex *top, uint64_t n, uint64_t width)
{
    uint64_t checksum = 0, edge = 0;
    Rows rows = { NULL, top };
    for (uint64_t number = 0; number * width < n; number++) {
        const Vertex *vertex = next_vertex(&rows, number, width);
        uint64_t below = first_below(number, width);
        for (size_t i = 0; i < vertex->length; i++)
            checksum = fold(checksum, ++edge, vertex->at[i]->number, below + i);
    }
    return checksum;
}

/* ---- A clique ----------------------------------------------------------------------------------------------------- */

static uint64_t root_of(uint64_t n)
{
    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 31; bit > 0; bit /= 2)
        if ((root + bit) * (root + bit) <= n)
            root += bit;
    return root;
}

/* The first refers to all, and the last has the edges that are more than a square: it refers to some again. */
static Vertex *clique_of(uint64_t n, uint64_t width)
{
    uint64_t rest = n - width * width;
    local(Vertex) first = vertex_of(0, width + (width == 1 ? rest : 0));
    set(first->at[0], first);
    for (uint64_t i = 1; i < width; i++)
        put(first->at[i], vertex_of(i, width + (i == width - 1 ? rest : 0)));
    for (uint64_t i = 0; i < width; i++)
        for (size_t j = 0; j < first->at[i]->length; j++)
            set(first->at[i]->at[j], first->at[j % width]);
    return give(first);
}

static uint64_t follow_clique(Vertex *first, uint64_t width)
{
    uint64_t checksum = 0, edge = 0;
    for (uint64_t i = 0; i < width; i++) {
        const Vertex *vertex = first->at[i];
        for (size_t j = 0; j < vertex->length; j++)
            checksum = fold(checksum, ++edge, vertex->at[j]->number, j % width);
    }
    return checksum;
}

/* ---- A star whose leaves share one more ------------------------------------------------------------------------------ */

/* Every other edge leads to what is shared, which has the number n; of an odd number the last leaf has none. */
static Array *shared_star(uint64_t n)
{
    local(Array) hub = new_of(Array, n - n / 2);
    local(Link) shared = link_of(n);
    for (uint64_t i = 0; i < hub->length; i++) {
        local(Link) leaf = link_of(i);
        set(leaf->left, i < n / 2 ? shared : NULL);
        put(hub->at[i], give(leaf));
    }
    return give(hub);
}

static uint64_t follow_shared(const Array *hub, uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t i = 0, edge = 0; edge < n; i++) {
        const Link *leaf = hub->at[i];
        checksum = fold(checksum, ++edge, leaf->number, i);
        if (edge < n)
            checksum = fold(checksum, ++edge, leaf->left->number, n);
    }
    return checksum;
}

/* ---- A chain with finalizers ---------------------------------------------------------------------------------------- */

typedef struct Mourned Mourned;
struct Mourned { Mourned *next; uint64_t number; };

static uint64_t mourners; /* finalizers that ran: some strategies run none */

static inline void mourn(Mourned *mourned)
{
    mourners += mourned->number;
}

finalized(Mourned, mourn, next);

static Mourned *mourned_of(uint64_t number)
{
    Mourned *mourned = new(Mourned);
    mourned->number = number;
    return mourned;
}

static Mourned *mourned_chain(uint64_t n)
{
    local(Mourned) top = mourned_of(0);
    Mourned *last = top;
    for (uint64_t number = 1; number <= n; number++) {
        put(last->next, mourned_of(number));
        last = last->next;
    }
    return give(top);
}

static uint64_t follow_mourned(const Mourned *mourned, uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t number = 1; number <= n; number++) {
        mourned = mourned->next;
        checksum = fold(checksum, number, mourned->number, number);
    }
    return checksum;
}

/* ---- A star with weak references ------------------------------------------------------------------------------------ */

typedef struct Watched { Weak *watch; uint64_t number; } Watched;
refs(Watched, watch);

/* Every other edge is weak; of an odd number the last leaf has none. */
static uint64_t watched_by(uint64_t i)
{
    return i % 2 ? i : 0;
}

static Array *watched_star(uint64_t n)
{
    local(Array) hub = new_of(Array, n - n / 2);
    for (uint64_t i = 0; i < hub->length; i++) {
        local(Watched) leaf = new(Watched);
        leaf->number = i;
        set(hub->at[i], leaf);
        if (i < n / 2)
            put(leaf->watch, weak(Watched, hub->at[watched_by(i)]));
    }
    return give(hub);
}

static uint64_t follow_watched(const Array *hub, uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t i = 0, edge = 0; edge < n; i++) {
        const Watched *leaf = hub->at[i];
        checksum = fold(checksum, ++edge, leaf->number, i);
        if (edge == n)
            break;
        local(Watched) watched = strong(Watched, leaf->watch);
        checksum = fold(checksum, ++edge, watched ? watched->number : n, watched_by(i));
    }
    return checksum;
}

/* ---- All of them --------------------------------------------------------------------------------------------------- */

/* Builds, collects, follows and lets go. */
#define LIVE_AND_DIE(T, build, follow)                                                                                 \
    ({                                                                                                                 \
        uint64_t checksum = 0;                                                                                         \
        region {                                                                                                       \
            local(T) top = build;                                                                                      \
            collect();                                                                                                 \
            checksum = follow;                                                                                         \
        }                                                                                                              \
        collect();                                                                                                     \
        operations += n;                                                                                               \
        checksum;                                                                                                      \
    })

static uint64_t links(uint64_t n, unsigned shape)
{
    return LIVE_AND_DIE(Link, linked(n, shape), follow_links(top, n, shape));
}

static uint64_t leaves(uint64_t n, bool closed)
{
    return LIVE_AND_DIE(Array, star_of(n, closed), follow_star(top, n, closed));
}

static uint64_t rows(uint64_t n, uint64_t width)
{
    return LIVE_AND_DIE(Vertex, rows_of(n, width), follow_rows(top, n, width));
}

static uint64_t chain(uint64_t n) { return links(n, 0); }
static uint64_t ring(uint64_t n) { return links(n, CLOSED); }
static uint64_t comb(uint64_t n) { return links(n, TEETH); }
static uint64_t closed_comb(uint64_t n) { return links(n, TEETH | CLOSED); }
static uint64_t spine(uint64_t n) { return links(n, TEETH | LEFT_DOWN); }
static uint64_t closed_spine(uint64_t n) { return links(n, TEETH | LEFT_DOWN | TEETH_BACK); }
static uint64_t star(uint64_t n) { return leaves(n, false); }
static uint64_t closed_star(uint64_t n) { return leaves(n, true); }
static uint64_t bipartite(uint64_t n) { return rows(n, root_of(n)); }
static uint64_t layers(uint64_t n) { return rows(n, 10); }

static uint64_t clique(uint64_t n)
{
    return LIVE_AND_DIE(Vertex, clique_of(n, root_of(n)), follow_clique(top, root_of(n)));
}

static uint64_t mourned(uint64_t n)
{
    return LIVE_AND_DIE(Mourned, mourned_chain(n), follow_mourned(top, n));
}

static uint64_t watched(uint64_t n)
{
    return LIVE_AND_DIE(Array, watched_star(n), follow_watched(top, n));
}

static uint64_t shared(uint64_t n)
{
    return LIVE_AND_DIE(Array, shared_star(n), follow_shared(top, n));
}

static uint64_t by_counting(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t edge = 1; edge <= n; edge++)
        checksum = checksum * 31 + edge;
    return checksum;
}

WORKLOAD(shapes, STRESS, SIZES(100000, 1000000, 10000000), "n edges in fourteen shapes that are deep, wide or dense",
    VARIANT(chain),
    VARIANT(ring, CYCLIC),
    VARIANT(comb),
    VARIANT(closed_comb, CYCLIC),
    VARIANT(spine),
    VARIANT(closed_spine, CYCLIC),
    VARIANT(star),
    VARIANT(closed_star, CYCLIC),
    VARIANT(bipartite),
    VARIANT(layers),
    VARIANT(clique, CYCLIC),
    VARIANT(mourned),
    VARIANT(watched),
    VARIANT(shared));
REFERENCE(by_counting);
LARGEST(UINT64_C(1) << 40);
