/* What the tests make: types, garbage, chains and rings, and what a dying object does. */
#ifndef OBJECTS_H
#define OBJECTS_H

#include "demand.h"

typedef struct Node Node;
struct Node {
    Node *next, *other;
    uint64_t value;
};
refs(Node, next, other);

typedef struct Array {
    size_t length;
    void *at[];
} Array;
slots(Array);

typedef struct Leaf {
    uint64_t value;
} Leaf;
leaf(Leaf);

/* What a test looks at when it dies. */
typedef struct Ghost Ghost;
struct Ghost {
    Ghost *next;
    void *other;
    uint64_t value, seal;
};
static void ghost_dies(Ghost *self);
finalized(Ghost, ghost_dies, next, other);

static struct {
    void (*behave)(Ghost *self); /* what a dying ghost does besides being noted */
    uint64_t died;               /* how many finalizers ran */
    uint64_t last;               /* the value of the last of them */
    uint64_t times[1024];        /* by value: how often its finalizer ran */
    bool in_order;               /* each had a lower value than the one before */
} ghosts;

enum { SEAL = 0x5EA1 };

static void ghost_dies(Ghost *self)
{
    demand(self->seal == SEAL, "a finalizer was given what is no ghost");
    ghosts.in_order = ghosts.died == 0 || (ghosts.in_order && self->value < ghosts.last);
    ghosts.last = self->value;
    ghosts.died++;
    ghosts.times[self->value % 1024]++;
    if (ghosts.behave)
        ghosts.behave(self);
}

static Node *node(uint64_t value)
{
    Node *made = new(Node);
    made->value = value;
    return made;
}

static Ghost *ghost(uint64_t value)
{
    Ghost *made = new(Ghost);
    made->value = value;
    made->seal = SEAL;
    return made;
}

/* Where finalizers bring things back to: a local of the test, whose address only it and this complement know. */
static uintptr_t keeper_hidden;

static Array *keeper(void)
{
    return (Array *)~keeper_hidden;
}

static Array *new_keeper(void)
{
    Array *made = new_of(Array, 16);
    keeper_hidden = ~(uintptr_t)made;
    return made;
}

/* A ghost that collects as it dies. */
static uint64_t depth_now, depth_most, found_inside;

static void collect_inside(Ghost *self)
{
    (void)self;
    if (++depth_now > depth_most)
        depth_most = depth_now;
    found_inside += collect();
    depth_now--;
}

/* ---- Garbage ---------------------------------------------------------------------------------------------------- */

static void make_self_loop(void)
{
    local(Node) a = node(1);
    set(a->next, a);
}

static void make_pair(void)
{
    local(Node) a = node(1);
    put(a->next, node(2));
    set(a->next->next, a);
}

/* It lost an owner and kept another, so it is suspected of a cycle; then it lost the other. */
static void make_suspect_that_dies(void)
{
    local(Node) a = node(1);
    local(Node) b = share(a);
    drop(b);
}

static void make_looped_ghost(void)
{
    local(Ghost) one = ghost(0);
    set(one->next, one);
}

static void make_pair_of_ghosts(void)
{
    local(Ghost) a = ghost(1);
    put(a->next, ghost(2));
    set(a->next->next, a);
}

/* ---- Chains and rings ------------------------------------------------------------------------------------------- */

/* A chain of so many nodes; closed to a ring where `ring` says so. Owned. */
static __attribute__((noinline)) Node *chain_of_nodes(uint64_t length, bool ring)
{
    local(Node) last = node(0);
    local(Node) head = share(last);
    for (uint64_t i = 1; i < length; i++) {
        local(Node) first = node(i);
        put(first->next, give(head));
        head = give(first);
    }
    if (ring)
        set(last->next, head);
    return give(head);
}

static __attribute__((noinline)) void drop_chain_of_nodes(uint64_t length)
{
    local(Node) chain = chain_of_nodes(length, false);
}

static __attribute__((noinline)) void drop_ring_of_nodes(uint64_t length)
{
    local(Node) ring = chain_of_nodes(length, true);
}

enum { RING = 16 };

/* A chain of ghosts with the values length - 1 down to 0, each seeing the next; closed to a ring where `ring` says so. */
static Ghost *chain_of_ghosts(uint64_t length, bool ring)
{
    local(Ghost) last = ghost(0);
    local(Ghost) head = share(last);
    for (uint64_t i = 1; i < length; i++) {
        local(Ghost) first = ghost(i);
        put(first->next, give(head));
        head = give(first);
    }
    if (ring)
        set(last->next, head);
    return give(head);
}

static __attribute__((noinline)) void drop_chain(void)
{
    local(Ghost) chain = chain_of_ghosts(RING, false);
}

static __attribute__((noinline)) void drop_ring(void)
{
    local(Ghost) ring = chain_of_ghosts(RING, true);
}

#endif
