/* Statements 7 to 11: finalizers and weak references. What dies is a chain, which every owner's end frees under counting, or a
 * ring, which only a collection frees. */
#ifndef FINALIZERS_H
#define FINALIZERS_H

#include "alive.h"
#include "objects.h"

/* ---- 7 and 8 ---------------------------------------------------------------------------------------------------- */

/* The first ghost that dies is brought back, with all that it refers to. */
static void revive_first(Ghost *self)
{
    if (ghosts.died == 1)
        set(keeper()->at[0], self);
}

static void demand_each_died(uint64_t times)
{
    for (uint64_t value = 0; value < RING; value++)
        demand_equal(ghosts.times[value], times);
}

static void run_once_though_resurrected(void)
{
    local(Array) kept = new_keeper();
    uint64_t before = live();
    ghosts.behave = revive_first;
    drop_chain();
    collect_all();
    demand(kept->at[0], "the ghost did not come back");
    drop(kept->at[0]);
    collect_all();
    demand_each_died(1);
    demand(live() <= before + SPARED * RING, "the ghosts are alive after their second death");
}

static void run_once_in_a_ring_though_resurrected(void)
{
    local(Array) kept = new_keeper();
    uint64_t before = live();
    ghosts.behave = revive_first;
    drop_ring();
    collect_all();
    demand(kept->at[0], "the ghost did not come back");
    demand_equal(live(), before + RING);
    demand_each_died(1);
    drop(kept->at[0]);
    collect_all();
    demand_each_died(1);
    demand(live() <= before + SPARED * RING, "the ghosts are alive after their second death");
}

static void demand_intact(Ghost *first, uint64_t length)
{
    for (uint64_t i = 0; i < length; i++, first = first->next)
        demand(first && first->seal == SEAL, "what a resurrected ghost refers to has been cleared");
}

static void resurrection_is_transitive(void)
{
    local(Array) kept = new_keeper();
    uint64_t before = live();
    ghosts.behave = revive_first;
    drop_chain();
    clear_dead_stack();
    collect_all();
    demand_intact(kept->at[0], RING);
    demand_equal(live(), before + RING);
}

static Ghost *brought_back;

static void bring_back_to_a_variable(Ghost *self)
{
    if (ghosts.died == 1)
        put(brought_back, share(self));
}

static void the_resurrected_may_live_in_a_static_variable(void)
{
    ghosts.behave = bring_back_to_a_variable;
    drop_chain();
    clear_dead_stack();
    collect_all();
    Ghost *at = brought_back;
    for (int i = 0; i < RING; i++, at = at->next)
        demand(census_is_live(at) && at->seal == SEAL, "what a static variable holds is gone");
    drop(brought_back);
    collect_all();
    demand_each_died(1);
}

/* A ring comes back; another, and plain garbage, do not. */
static void resurrection_keeps_nothing_else(void)
{
    local(Array) kept = new_keeper();
    uint64_t before = live();
    ghosts.behave = revive_first;
    drop_ring();
    drop_ring();
    repeat(make_pair, TIMES);
    collect_all();
    demand_intact(kept->at[0], RING);
    demand(live() >= before + RING && live() <= before + RING + SPARED * 2, "%lu objects came back",
        (unsigned long)(live() - before));
}

/* ---- 9 ---------------------------------------------------------------------------------------------------------- */

static void look_at_neighbours(Ghost *self)
{
    Ghost *at = self->next;
    for (int i = 0; i < RING && at; i++, at = at->next)
        demand(at->seal == SEAL, "a finalizer saw a neighbour that had been cleared");
}

static void finalizers_see_their_neighbours(void)
{
    ghosts.behave = look_at_neighbours;
    drop_chain();
    collect_all();
    demand_each_died(1);
}

/* In a ring nothing is cleared before the last finalizer has run: each still sees the whole ring. */
static void look_around_the_ring(Ghost *self)
{
    Ghost *at = self;
    for (int i = 0; i < RING; i++, at = at->next)
        demand(at->next && at->next->seal == SEAL, "a finalizer saw a ring that had been opened");
    demand(at == self, "the ring does not close");
}

static void finalizers_run_before_any_clearing(void)
{
    ghosts.behave = look_around_the_ring;
    drop_ring();
    collect_all();
    demand_each_died(1);
}

static void parents_come_first(void)
{
    drop_chain();
    collect_all();
    demand_each_died(1);
    demand(ghosts.in_order, "a child's finalizer ran before its parent's");
}

/* ---- 10 --------------------------------------------------------------------------------------------------------- */

static void break_the_ring(Ghost *self)
{
    drop(self->next);
    drop(self->other);
}

static void a_finalizer_may_break_its_cycle(void)
{
    uint64_t before = live();
    ghosts.behave = break_the_ring;
    drop_ring();
    repeat(make_looped_ghost, TIMES);
    collect_all();
    demand(live() <= before + SPARED * RING, "the broken ring is alive");
    demand_near(ghosts.died, RING + TIMES, SPARED);
}

static void allocate_while_dying(Ghost *self)
{
    (void)self;
    repeat(make_suspect_that_dies, 20);
    drop_chain_of_nodes(20);
}

static void a_finalizer_may_allocate(void)
{
    uint64_t before = live();
    ghosts.behave = allocate_while_dying;
    drop_chain();
    drop_chain();
    collect_all();
    demand_each_died(2);
    demand(live() <= before + SPARED * 2 * RING, "%lu objects that finalizers made are alive",
        (unsigned long)(live() - before));
}

static void a_finalizer_may_collect(void)
{
    uint64_t before = live();
    ghosts.behave = collect_inside;
    drop_chain();
    collect_all();
    demand_each_died(1);
    demand(live() <= before + SPARED * RING, "the chain is alive");
}

/* ---- 11 --------------------------------------------------------------------------------------------------------- */

static bool reads_empty(void *weak_reference)
{
    local(void) found = strong(void, (Weak *)weak_reference);
    return !found;
}

static __attribute__((noinline)) void refer_weakly(Array *kept, bool ring)
{
    local(Ghost) chain = chain_of_ghosts(RING, ring);
    Ghost *at = chain;
    for (size_t i = 0; i < kept->length; i++, at = at->next)
        put(kept->at[i], weak(Ghost, at));
    for (size_t i = 0; i < kept->length; i++)
        demand(!reads_empty(kept->at[i]), "a weak reference to the living reads empty");
}

static void demand_empty(Array *kept)
{
    unsigned full = 0;
    for (size_t i = 0; i < kept->length; i++)
        full += !reads_empty(kept->at[i]);
    demand(full <= (EXACT ? 0 : kept->length / 2), "%u weak references to the dead are not empty", full);
}

static void weak_references_to_the_dead_are_empty(void)
{
    local(Array) kept = new_keeper();
    refer_weakly(kept, false);
    collect_all();
    demand_empty(kept);
}

/* What a weak reference still finds while finalizers run has not been cleared. */
static void look_through_weak_references(Ghost *self)
{
    (void)self;
    for (size_t i = 0; i < keeper()->length; i++) {
        local(Ghost) found = strong(Ghost, (Weak *)keeper()->at[i]);
        demand(!found || (found->seal == SEAL && found->next), "a weak reference gave out what had been cleared");
    }
}

static void weak_references_show_nothing_cleared(void)
{
    local(Array) kept = new_keeper();
    refer_weakly(kept, true);
    ghosts.behave = look_through_weak_references;
    collect_all();
    demand_empty(kept);
}

/* All weak references to a dead ring are empty as the first of its finalizers runs. */
static void demand_all_empty(Ghost *self)
{
    (void)self;
    for (size_t i = 0; i < keeper()->length; i++)
        demand(reads_empty(keeper()->at[i]), "a finalizer found its garbage through a weak reference");
}

static void weak_references_are_emptied_before_finalizers(void)
{
    local(Array) kept = new_keeper();
    refer_weakly(kept, true);
    ghosts.behave = demand_all_empty;
    collected();
    demand_each_died(1);
}

static __attribute__((noinline)) void refer_and_forget(Node *target)
{
    for (int i = 0; i < TIMES; i++) {
        local(Weak) one = weak(Node, target);
        local(Weak) two = weak(Node, target);
        demand(!reads_empty(one) && !reads_empty(two), "a weak reference to the living reads empty");
    }
}

/* In any order: the reference first, the target first, both in one cycle. */
static void weak_references_die_in_any_order(void)
{
    uint64_t before = live();
    local(Node) target = node(3);
    refer_and_forget(target);
    collect_all();
    local(Weak) last = weak(Node, target);
    demand(!reads_empty(last), "a weak reference to the living reads empty");
    drop(target);
    collect_all();
    demand(reads_empty(last) || !EXACT, "a weak reference to the dead is not empty");
    drop(last);
    collect_all();
    demand(live() <= before + 2 * SPARED, "weak references are alive");
}

static __attribute__((noinline)) void make_ring_with_a_weak_reference(void)
{
    local(Ghost) one = ghost(0);
    set(one->next, one);
    put(one->other, weak(Ghost, one));
}

static void weak_references_inside_the_garbage(void)
{
    uint64_t before = live();
    repeat(make_ring_with_a_weak_reference, TIMES);
    collect_all();
    demand(live() <= before + 2 * SPARED, "%lu objects are alive", (unsigned long)(live() - before));
}

/* ---- The end ---------------------------------------------------------------------------------------------------- */

/* A ring, so that a last collection has to look at it. The frame is there while the heap closes. */
static void the_living_are_not_finalized_at_the_end(void)
{
    Ghost *volatile kept = chain_of_ghosts(RING, true);
    heap_close();
    demand(kept && ghosts.died == 0, "%lu of the living were finalized as the heap was closed", (unsigned long)ghosts.died);
    _exit(0);
}

/* ---- Regions ---------------------------------------------------------------------------------------------------- */

static void finalizers_run_at_the_regions_end(void)
{
    ghosts.behave = look_at_neighbours;
    region {
        drop_chain();
        region drop_chain();
        demand_each_died(1);
    }
    demand_each_died(2);
}

static void weak_references_out_of_a_region(void)
{
    local(Array) kept = new_keeper();
    region {
        refer_weakly(kept, false);
    }
    demand_empty(kept);
}

#endif
