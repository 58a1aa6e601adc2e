/* Statements 1 to 6, 12 to 14 and 17: what a collection finds, and what it leaves alone. */
#ifndef COLLECTION_H
#define COLLECTION_H

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alive.h"
#include "objects.h"

/* Objects of so many units were made `times` times and are dead: a collection says so, the next finds nothing. */
static void demand_found(uint64_t before, uint64_t objects, unsigned times)
{
    demand_near(collected(), objects * times, objects * SPARED);
    demand(collected() <= objects * SPARED, "asked again, something is found");
    demand(live() <= before + objects * SPARED, "%lu objects too many are alive", (unsigned long)(live() - before));
}

static void self_loops_are_found(void)
{
    uint64_t before = live();
    repeat(make_self_loop, 1);
    demand_found(before, 1, 1);
    repeat(make_self_loop, TIMES);
    demand_found(before, 1, TIMES);
}

static void pairs_are_found(void)
{
    uint64_t before = live();
    repeat(make_pair, 1);
    demand_found(before, 2, 1);
    repeat(make_pair, TIMES);
    demand_found(before, 2, TIMES);
}

/* Where nobody can tell how many, they are dead all the same. */
static void dead_cycles_are_freed(void)
{
    uint64_t before = live();
    repeat(make_self_loop, TIMES);
    repeat(make_pair, TIMES);
    collect_all();
    demand_near(live(), before + 4 * SPARED, 4 * SPARED);
}

/* ---- 2 ---------------------------------------------------------------------------------------------------------- */

enum { DEPTHS = 40 };

/* A chain of so many nodes that ends in a pair that holds itself. */
static Node *chain_to_a_cycle(uint64_t depth)
{
    local(Node) head = node(0);
    put(head->next, node(1));
    set(head->next->next, head);
    for (uint64_t i = 0; i < depth; i++) {
        local(Node) first = node(i + 2);
        put(first->next, give(head));
        head = give(first);
    }
    return give(head);
}

static void live_cycles_are_left_alone(void)
{
    local(Array) roots = new_of(Array, DEPTHS);
    for (uint64_t depth = 0; depth < DEPTHS; depth++)
        put(roots->at[depth], chain_to_a_cycle(depth));
    uint64_t before = live();
    demand_equal(collected(), 0);
    demand_equal(live(), before);
    for (uint64_t depth = 0; depth < DEPTHS; depth++) {
        Node *at = roots->at[depth];
        for (uint64_t i = depth; i > 0; i--, at = at->next)
            demand_equal(at->value, i + 1);
        demand(at->next->next == at && at->value == 0 && at->next->value == 1, "the cycle has changed");
    }
}

/* A slot that is no field, and nothing else refers to what it holds. */
static Node *held_by_a_variable;

static __attribute__((noinline)) void hold_by_a_variable(void)
{
    put(held_by_a_variable, chain_to_a_cycle(DEPTHS));
}

static void what_a_static_variable_holds_is_alive(void)
{
    repeat(hold_by_a_variable, 2);
    collected();
    Node *at = held_by_a_variable;
    for (uint64_t value = DEPTHS + 1; value > 1; value--, at = at->next)
        demand(census_is_live(at) && at->value == value, "what a static variable holds is gone");
    demand(census_is_live(at) && census_is_live(at->next) && at->next->next == at, "the cycle is gone");
    drop(held_by_a_variable);
}

/* ---- 3 ---------------------------------------------------------------------------------------------------------- */

enum { HANGING = 10 };

static void make_cycle_with_a_tail(void)
{
    local(Node) a = node(1);
    set(a->next, a);
    Node *last = a;
    for (int i = 0; i < HANGING; i++) {
        put(last->other, node(2));
        last = last->other;
    }
}

static void what_hangs_from_a_dead_cycle_dies(void)
{
    uint64_t before = live();
    repeat(make_cycle_with_a_tail, TIMES);
    collect_all();
    demand(live() <= before + SPARED * (1 + HANGING), "%lu objects too many are alive", (unsigned long)(live() - before));
}

static void make_cycle_that_holds_the_kept(void)
{
    local(Node) a = node(1);
    set(a->next, a);
    set(a->other, keeper()->at[0]);
}

static void the_live_survive_the_garbage_that_holds_them(void)
{
    local(Array) kept = new_keeper();
    put(kept->at[0], node(7));
    uint64_t before = live(), owners = owners_of(kept->at[0]);
    repeat(make_cycle_that_holds_the_kept, TIMES);
    if (COUNTS)
        demand_equal(owners_of(kept->at[0]), owners + TIMES);
    collect_all();
    demand_equal(((Node *)kept->at[0])->value, 7);
    demand(live() <= before + SPARED, "the garbage is alive");
    if (COUNTS)
        demand_equal(owners_of(kept->at[0]), owners);
}

/* ---- 4 and 13 --------------------------------------------------------------------------------------------------- */

/* Bears containers that stay until the garbage of a young generation is found: a young collection has taken place. */
static void collect_young(Array *witnesses, size_t *used)
{
    local(Ghost) witness = ghost(0);
    set(witness->next, witness);
    uint64_t died = ghosts.died;
    drop(witness);
    while (ghosts.died == died) {
        demand(*used < witnesses->length, "no young collection takes place by itself");
        put(witnesses->at[*used], node(*used));
        ++*used;
    }
}

enum { WITNESSES = 100000 };

static void cycles_across_generations_wait_for_a_full_collection(void)
{
    size_t used = 0;
    local(Array) witnesses = new_of(Array, WITNESSES);
    local(Node) old = node(1);
    collected();
    put(old->next, node(2));
    set(old->next->next, old);
    drop(old);
    uint64_t before = live();
    collect_young(witnesses, &used);
    demand_equal(live(), before + used);
    collected();
    demand_equal(live(), before + used - 2);
}

/* It survived one young collection, so the next young one leaves it alone; and it went no further than the middle generation,
 * which is collected with every eleventh. */
static void survivors_move_one_generation(void)
{
    size_t used = 0;
    local(Array) witnesses = new_of(Array, WITNESSES);
    collected();
    local(Node) moved = node(1);
    set(moved->next, moved);
    collect_young(witnesses, &used);
    drop(moved);
    uint64_t before = live() - used;
    collect_young(witnesses, &used);
    demand_equal(live(), before + used);
    for (int i = 0; i < 12; i++)
        collect_young(witnesses, &used);
    demand_equal(live(), before + used - 1);
}

/* ---- 5 ---------------------------------------------------------------------------------------------------------- */

enum { KNOT = 300 };

/* Nodes that refer to one another at random, all of them in the array. */
static void tie_a_knot(Array *knot)
{
    Random random = random_salted(5);
    for (size_t i = 0; i < knot->length; i++)
        put(knot->at[i], node(i));
    for (size_t i = 0; i < knot->length; i++) {
        Node *at = knot->at[i];
        set(at->next, knot->at[random_below(&random, knot->length)]);
        set(at->other, knot->at[random_below(&random, knot->length)]);
    }
}

static void counts_are_the_same_after_a_collection(void)
{
    uint64_t before[KNOT];
    local(Array) knot = new_of(Array, KNOT);
    tie_a_knot(knot);
    for (size_t i = 0; i < KNOT; i++)
        before[i] = owners_of(knot->at[i]);
    repeat(make_pair, TIMES);
    collect_all();
    for (size_t i = 0; i < KNOT; i++)
        demand_equal(owners_of(knot->at[i]), before[i]);
}

/* ---- 6 ---------------------------------------------------------------------------------------------------------- */

static void revive(Ghost *self)
{
    set(keeper()->at[0], self);
}

static void the_resurrected_are_not_counted(void)
{
    local(Array) kept = new_keeper();
    ghosts.behave = revive;
    repeat(make_looped_ghost, 1);
    repeat(make_self_loop, TIMES);
    demand_near(collected(), TIMES, SPARED);
    demand_equal(ghosts.died, 1);
    demand_equal(((Ghost *)kept->at[0])->seal, SEAL);
}

/* ---- 12 --------------------------------------------------------------------------------------------------------- */

static void collect_while_dying(Ghost *self)
{
    (void)self;
    (void)collect();
    make_pair();
}

enum { FALLING = 500 };

/* A tree of ghosts, every one of which collects as it dies, while its children and siblings are dying. */
static Ghost *tree_of_ghosts(uint64_t nodes)
{
    local(Ghost) root = ghost(nodes);
    if (nodes > 1)
        put(root->next, tree_of_ghosts(nodes / 2));
    if (nodes > 2)
        put(root->other, tree_of_ghosts(nodes - 1 - nodes / 2));
    return give(root);
}

static void collections_see_nothing_that_is_dying(void)
{
    uint64_t before = live();
    local(Ghost) root = tree_of_ghosts(FALLING);
    ghosts.behave = collect_while_dying;
    drop(root);
    demand_equal(ghosts.died, FALLING);
    collect_all();
    demand_equal(live(), before);
}

/* Ends the process with a sentence, or, where the damage stays, goes on; in a process of its own. */
static void lower_a_count(void)
{
    local(Node) a = node(1);
    put(a->next, node(2));
    put(a->next->next, share(a));
    set(a->other, a->next);
    Node *b = a->next;
    release(b); /* owned by two fields, counted once */
    collected();
}

static void a_count_too_low_is_detected(void)
{
    int ends[2];
    demand(pipe(ends) == 0, "no pipe");
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        lower_a_count();
        _exit(0);
    }
    close(ends[1]);
    char said[4096] = { 0 };
    size_t length = 0;
    for (ssize_t more; (more = read(ends[0], said + length, sizeof said - 1 - length)) > 0;)
        length += (size_t)more;
    int status;
    waitpid(child, &status, 0);
    demand(status != 0, "a count that was too low went unnoticed");
    demand(strstr(said, "damaged heap: "), "it ended without saying why: %s", said);
}

/* ---- 14 --------------------------------------------------------------------------------------------------------- */

static void collect_inside_a_collection_does_nothing(void)
{
    uint64_t before = live();
    ghosts.behave = collect_inside;
    repeat(make_pair_of_ghosts, TIMES);
    collect_all();
    demand_equal(found_inside, 0);
    demand_equal(depth_most, 1);
    demand_near(ghosts.died, 2 * TIMES, 2 * SPARED);
    demand(live() <= before + 2 * SPARED, "the ghosts are alive");
}

static void make_many(void)
{
    for (int i = 0; i < 10000; i++) {
        local(Node) a = node(1);
        set(a->other, a->next);
    }
}

static void switched_off_it_does_not_collect(void)
{
    uint64_t before = live();
    repeat(make_self_loop, TIMES);
    repeat(make_many, 1);
    demand_equal(live(), before + TIMES);
    demand_equal(counted.pauses[PAUSE_COLLECTION], 0);
    collected();
    demand_equal(live(), before);
}

/* ---- 17 --------------------------------------------------------------------------------------------------------- */

static void suspects_that_die_are_freed_once(void)
{
    uint64_t before = live();
    repeat(make_suspect_that_dies, TIMES);
    demand_equal(live(), before);
    demand_equal(collected(), 0);
    demand_equal(live(), before);
}

/* Makes suspects of the kept ones: each gains an owner and loses it. */
static void make_suspects(Ghost *self)
{
    (void)self;
    for (size_t i = 0; i < keeper()->length; i++) {
        local(void) one = share(keeper()->at[i]);
        drop(one);
    }
    repeat(make_suspect_that_dies, 10);
}

static void finalizers_may_make_suspects(void)
{
    local(Array) kept = new_keeper();
    for (size_t i = 0; i < kept->length; i++)
        put(kept->at[i], node(i));
    uint64_t before = live();
    ghosts.behave = make_suspects;
    repeat(make_looped_ghost, TIMES);
    repeat(make_pair_of_ghosts, TIMES);
    collect_all();
    demand_equal(ghosts.died, 3 * TIMES);
    demand_equal(live(), before);
    for (size_t i = 0; i < kept->length; i++)
        demand_equal(((Node *)kept->at[i])->value, i);
}

#endif
