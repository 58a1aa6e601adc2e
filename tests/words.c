/* What the words promise, under one strategy (-DSTRATEGY=name). Built for every strategy, plain and checked; where the checked
 * build counts live blocks, every test ends with as many as it began with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alone.h"

typedef struct Node Node;
struct Node {
    Node *next, *other;
    uint64_t value;
};
refs(Node, next, other);

typedef struct Cell8 Cell8;
struct Cell8 {
    Node *a, *b, *c, *d, *e, *f, *g, *h;
};
refs(Cell8, a, b, c, d, e, f, g, h);

typedef struct Leaf {
    uint64_t value, more[3];
} Leaf;
leaf(Leaf);

typedef struct Bytes {
    size_t length;
    unsigned char at[];
} Bytes;
leaf_of(Bytes);

typedef struct Array {
    size_t length;
    void *at[];
} Array;
slots(Array);

static Node *node(uint64_t value)
{
    local(Node) made = new(Node);
    made->value = value;
    return give(made);
}

/* A chain of nodes length … 1, owned. */
static Node *chain(uint64_t length)
{
    local(Node) head = NULL;
    for (uint64_t i = 1; i <= length; i++) {
        local(Node) first = node(i);
        put(first->next, give(head));
        head = give(first);
    }
    return give(head);
}

/* ---- Birth ------------------------------------------------------------------------------------------------------ */

static void fresh_objects_are_zero_even_in_used_memory(void **state)
{
    (void)state;
    for (int round = 0; round < 100; round++) {
        local(Leaf) leaf_object = new(Leaf);
        assert_int_equal(leaf_object->value | leaf_object->more[0] | leaf_object->more[2], 0);
        memset(leaf_object, 0xFF, sizeof *leaf_object);
        local(Bytes) bytes = new_of(Bytes, 40);
        for (size_t i = 0; i < 40; i++)
            assert_int_equal(bytes->at[i], 0);
        memset(bytes->at, 0xFF, 40);
    }
}

static void trailing_elements_of_every_length(void **state)
{
    (void)state;
    static const size_t lengths[] = { 0, 1, 2, 61, 62, 63, 64, 65, 1000, 100000, 1000000 };
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        local(Bytes) bytes = new_of(Bytes, lengths[i]);
        assert_int_equal(bytes->length, lengths[i]);
        memset(bytes->at, 1, lengths[i]);
        local(Array) array = new_of(Array, lengths[i]);
        assert_int_equal(array->length, lengths[i]);
        for (size_t k = 0; k < lengths[i]; k++)
            assert_null(array->at[k]);
    }
}

typedef struct Tagged {
    size_t length;
    uint64_t tag;
    unsigned char at[];
} Tagged;
leaf_of(Tagged);

/* Leaves used memory behind in objects of the sizes that follow. */
static void soil(size_t length)
{
    region {
        local(Tagged) used = new_of(Tagged, length);
        used->tag = UINT64_MAX;
        memset(used->at, 0xFF, length);
    }
    collect();
}

static void demand_unset(const Tagged *tagged, size_t length)
{
    assert_int_equal(tagged->length, length);
    assert_int_equal(tagged->tag, 0);
#ifdef CHECKED
    for (size_t i = 0; i < length; i++)
        assert_int_equal(tagged->at[i], SPOILED_BYTE);
#endif
}

static void unset_objects_have_a_length_and_zeroed_fields(void **state)
{
    (void)state;
    static const size_t lengths[] = { 0, 1, 7, 8, 40, 480, 488, 489, 496, 497, 5000, 20000, 300000 };
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (int round = 0; round < 3; round++) {
            soil(lengths[i]);
            local(Tagged) tagged = new_unset(Tagged, lengths[i]);
            demand_unset(tagged, lengths[i]);
        }
}

static void unset_objects_keep_what_is_written(void **state)
{
    (void)state;
    local(Array) all = new_of(Array, 1200);
    for (size_t i = 0; i < all->length; i++) {
        put(all->at[i], new_unset(Bytes, i));
        memset(((Bytes *)all->at[i])->at, (int)(i & 0xFF), i);
        if (i % 300 == 0)
            collect();
    }
    for (size_t i = 0; i < all->length; i++)
        for (size_t k = 0; k < i; k++)
            assert_int_equal(((Bytes *)all->at[i])->at[k], i & 0xFF);
}

static void unset_objects_grow_by_zeros(void **state)
{
    (void)state;
    static const size_t lengths[] = { 3, 100, 600, 400000 };
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        local(Bytes) bytes = new_unset(Bytes, lengths[i]);
        memset(bytes->at, 1, lengths[i]);
        resize(bytes, Bytes, 2 * lengths[i]);
        for (size_t k = 0; k < 2 * lengths[i]; k++)
            assert_int_equal(bytes->at[k], k < lengths[i]);
    }
}

static void resized_objects_keep_what_they_have(void **state)
{
    (void)state;
    local(Array) array = NULL;
    local(Bytes) bytes = NULL;
    uint64_t steps = 0, found = 0;
    for (size_t length = 1; length < 300000; length += 1 + length / 8, steps++) {
        resize(array, Array, length);
        resize(bytes, Bytes, length);
        assert_int_equal(array->length, length);
        assert_int_equal(bytes->length, length);
        assert_null(array->at[length - 1]);
        assert_int_equal(bytes->at[length - 1], 0);
        put(array->at[length - 1], node(length));
        memset(bytes->at, (int)length & 0xFF, length);
        collect();
    }
    for (size_t i = 0; i < array->length; i++)
        found += array->at[i] && ((Node *)array->at[i])->value == i + 1;
    assert_int_equal(found, steps);
    resize(bytes, Bytes, 3);
    assert_int_equal(bytes->length, 3);
    assert_int_not_equal(bytes->at[2], 0);
}

static void objects_do_not_overlap(void **state)
{
    (void)state;
    local(Array) all = new_of(Array, 2000);
    for (size_t i = 0; i < all->length; i++) {
        put(all->at[i], new_of(Bytes, i));
        memset(((Bytes *)all->at[i])->at, (int)(i & 0xFF), i);
    }
    for (size_t i = 0; i < all->length; i++) {
        Bytes *bytes = all->at[i];
        assert_int_equal(bytes->length, i);
        for (size_t k = 0; k < i; k++)
            assert_int_equal(bytes->at[k], i & 0xFF);
    }
}

/* ---- Order and ownership ---------------------------------------------------------------------------------------- */

static void the_value_is_evaluated_once_and_before_the_slot(void **state)
{
    (void)state;
    local(Array) array = new_of(Array, 4);
    size_t at = 0, calls = 0;
    put(array->at[at], (calls++, at = 2, node(7)));
    assert_int_equal(calls, 1);
    assert_null(array->at[0]);
    assert_int_equal(((Node *)array->at[2])->value, 7);
    at = 0;
    set(array->at[at++], array->at[2]);
    assert_int_equal(at, 1);
    assert_ptr_equal(array->at[0], array->at[2]);
}

static void the_old_value_may_own_the_new_one(void **state)
{
    (void)state;
    local(Node) head = chain(1000);
    for (uint64_t left = 1000; left > 1; left--) {
        assert_int_equal(head->value, left);
        set(head, head->next);
    }
    assert_int_equal(head->value, 1);
    set(head, head);
    assert_int_equal(head->value, 1);
}

static void words_nest(void **state)
{
    (void)state;
    local(Node) a = node(1);
    put(a->next, ({
            local(Node) b = node(2);
            put(b->next, node(3));
            set(b->other, share(b->next)); /* share makes an owner that set, which borrows, does not take … */
            release(b->other);             /* … so it is let go here */
            give(b);
        }));
    assert_int_equal(a->next->value, 2);
    assert_int_equal(a->next->next->value, 3);
    assert_ptr_equal(a->next->next, a->next->other);
}

static void two_locals_in_one_declaration_both_own(void **state)
{
    (void)state;
    local(Node) first = node(1), second = node(2);
    set(first->next, second);
    collect();
    assert_int_equal(first->next->value + first->value, 3);
}

static void shared_objects_outlive_their_first_owner(void **state)
{
    (void)state;
    local(Node) kept = NULL;
    {
        local(Node) first = chain(3);
        set(kept, first->next);
    }
    assert_int_equal(kept->value, 2);
    assert_int_equal(kept->next->value, 1);
}

/* Also where nothing reads it again and a collector looks for its roots on the stack. */
static void locals_own_until_their_scope_ends(void **state)
{
    (void)state;
    local(Node) unread = chain(1000);
    local(Weak) seen = weak(Node, unread);
    for (int i = 0; i < 10; i++) {
        local(Node) other = chain(1000);
        assert_int_equal(other->value, 1000);
        collect();
    }
    local(Node) again = strong(Node, seen);
    assert_non_null(again);
    assert_int_equal(again->value, 1000);
}

static void drop_empties_and_null_is_nobody(void **state)
{
    (void)state;
    local(Node) nobody = NULL;
    local(Node) somebody = node(1);
    set(somebody->next, nobody);
    assert_null(share(nobody));
    drop(nobody);
    drop(somebody);
    drop(somebody);
    assert_null(somebody);
    assert_null(give(somebody));
}

static void all_eight_references_are_followed(void **state)
{
    (void)state;
    local(Cell8) cell = new(Cell8);
    put(cell->a, node(1));
    put(cell->b, chain(2));
    put(cell->c, node(3));
    put(cell->d, node(4));
    put(cell->e, node(5));
    set(cell->g, cell->e);
    put(cell->h, chain(10));
    collect();
    assert_int_equal(cell->a->value + cell->b->next->value + cell->c->value + cell->g->value, 10);
    assert_int_equal(cell->h->next->value, 9);
}

/* ---- Leaving ---------------------------------------------------------------------------------------------------- */

GENERATOR(Counting, Leaf, uint64_t i, n)
{
    start;
    for (self->i = 0; self->i < self->n; self->i++) {
        renew(self->item, Leaf)->value = self->i;
        yield(self->item);
    }
    finish;
}

static void each_ends_continues_and_breaks(void **state)
{
    (void)state;
    uint64_t sum = 0;
    each (Leaf, x, Counting, .n = 10) {
        if (x->value == 3)
            continue;
        if (x->value == 6)
            break;
        sum += x->value;
    }
    assert_int_equal(sum, 0 + 1 + 2 + 4 + 5);
    each (Leaf, nothing, Counting, .n = 0)
        fail_msg("an empty generator yielded %lu", (unsigned long)nothing->value);
}

static void each_nests_and_break_leaves_the_inner_one(void **state)
{
    (void)state;
    uint64_t seen = 0;
    each (Leaf, x, Counting, .n = 5)
        each (Leaf, y, Counting, .n = 5) {
            if (y->value > x->value)
                break;
            seen++;
        }
    assert_int_equal(seen, 1 + 2 + 3 + 4 + 5);
}

static uint64_t first_above(uint64_t least)
{
    each (Leaf, x, Counting, .n = 100) {
        local(Node) unneeded = chain(3);
        if (x->value > least)
            return x->value + unneeded->value - 3;
    }
    return 0;
}

static void return_out_of_each_leaves_nothing(void **state)
{
    (void)state;
    assert_int_equal(first_above(41), 42);
}

static void a_finished_generator_stays_finished(void **state)
{
    (void)state;
    Counting counting = { .n = 1 };
    assert_non_null(Counting_next(&counting));
    assert_null(Counting_next(&counting));
    assert_null(Counting_next(&counting));
    Counting_leave(&counting);
}

static void what_a_consumer_shares_is_not_overwritten(void **state)
{
    (void)state;
    local(Array) kept = new_of(Array, 10);
    each (Leaf, x, Counting, .n = 10)
        if (x->value % 2)
            set(kept->at[x->value], x);
    for (uint64_t i = 1; i < 10; i += 2)
        assert_int_equal(((Leaf *)kept->at[i])->value, i);
}

static void renewed_objects_are_fresh(void **state)
{
    (void)state;
    local(Leaf) item = NULL;
    for (uint64_t i = 0; i < 100; i++) {
        assert_int_equal(renew(item, Leaf)->value, 0);
        memset(item, 0xFF, sizeof *item);
    }
    local(Leaf) old = share(item);
    assert_ptr_not_equal(renew(item, Leaf), old);
}

#ifdef reuse
static void renew_reuses_what_nobody_else_holds(void **state)
{
    (void)state;
    local(Leaf) item = new(Leaf);
    Leaf *before = item;
    assert_ptr_equal(renew(item, Leaf), before);
}

static void renew_lets_go_what_the_old_one_held(void **state)
{
    (void)state;
    local(Node) item = node(1);
    local(Node) kept = chain(2);
    Node *before = item;
    set(item->next, kept);
    put(item->other, chain(1000));
    assert_ptr_equal(renew(item, Node), before);
    assert_null(item->next);
    assert_null(item->other);
    assert_int_equal(item->value, 0);
    set(kept->other, item);
    assert_ptr_not_equal(renew(item, Node), before);
    assert_int_equal(kept->next->value, 1);
}

typedef struct Finder {
    uint64_t number;
} Finder;
static void share_what_is_there(Finder *self);
finalized(Finder, share_what_is_there);

static Leaf *renewed_item, *finders_item;

static void share_what_is_there(Finder *self)
{
    (void)self;
    finders_item = share(renewed_item);
}

/* The slot held an object of another type, whose finalizer shares the one that has come in its place. */
static void what_is_renewed_is_held_by_nobody_else(void **state)
{
    (void)state;
    renewed_item = (Leaf *)new(Finder);
    assert_ptr_not_equal(renew(renewed_item, Leaf), finders_item);
    finders_item->value = 1;
    for (int i = 0; i < 3; i++)
        renew(renewed_item, Leaf)->value = 2;
    assert_int_equal(finders_item->value, 1);
    drop(renewed_item);
    assert_int_equal(finders_item->value, 1);
    drop(finders_item);
}
#endif

static int closings;

GENERATOR_HOLDING(Values, Leaf, (first), Node *first; Node *at)
{
    start;
    for (self->at = self->first; self->at; self->at = self->at->next) {
        renew(self->item, Leaf)->value = self->at->value;
        yield(self->item);
    }
    closing;
    closings++;
    finish;
}

static void a_generator_is_closed_once_it_began(void **state)
{
    (void)state;
    closings = 0;
    local(Node) nodes = chain(5);
    uint64_t sum = 0;
    each (Leaf, x, Values, .first = share(nodes))
        sum += x->value;
    assert_int_equal(sum, 15);
    assert_int_equal(closings, 1);
    each (Leaf, x, Values, .first = share(nodes))
        if (x->value == 3)
            break;
    assert_int_equal(closings, 2);
    Values never_begun = { .first = share(nodes) };
    Values_leave(&never_begun);
    assert_int_equal(closings, 2);
}

static void a_generator_can_be_an_object(void **state)
{
    (void)state;
    local(Array) open = new_of(Array, 2);
    local(Node) nodes = chain(3);
    for (int i = 0; i < 2; i++)
        put(open->at[i], new_frame(Values, .first = share(nodes)));
    drop(nodes);
    collect();
    for (uint64_t expected = 3; expected; expected--)
        for (int i = 0; i < 2; i++)
            assert_int_equal(Values_next(open->at[i])->value, expected);
    assert_null(Values_next(open->at[0]));
}

/* ---- Regions ---------------------------------------------------------------------------------------------------- */

static uint64_t out_of_a_region(uint64_t n)
{
    region {
        local(Node) nodes = chain(n);
        region {
            local(Node) more = chain(n);
            if (nodes->value == more->value)
                return nodes->value;
        }
    }
    return 0;
}

static void regions_are_left_by_return_break_and_end(void **state)
{
    (void)state;
    local(Node) outside = chain(5);
    for (int round = 0; round < 1000; round++) {
        assert_int_equal(out_of_a_region(100), 100);
        region {
            local(Node) inside = chain(100);
            if (inside->value == 100)
                break;
            fail_msg("break did not leave the region");
        }
    }
    assert_int_equal(outside->value, 5);
    assert_int_equal(outside->next->next->next->next->value, 1);
}

#ifdef savepoint
static void a_region_gives_its_memory_to_the_next(void **state)
{
    (void)state;
    void *first = NULL, *second = NULL;
    region first = new(Leaf);
    region {
        second = new(Leaf);
        local(Bytes) oversize = new_of(Bytes, 5000000);
        memset(oversize->at, 1, 5000000);
        chain(100000);
    }
    assert_ptr_equal(first, second);
    region second = new(Leaf);
    assert_ptr_equal(first, second);
}
#endif

/* ---- Death ------------------------------------------------------------------------------------------------------ */

static void a_chain_of_a_million_dies(void **state)
{
    (void)state;
    region {
        local(Node) nodes = chain(1000000);
        assert_int_equal(nodes->value, 1000000);
        collect();
        assert_int_equal(nodes->next->value, 999999);
        drop(nodes);
        collect();
    }
}

static void a_comb_and_a_million_arrays_die(void **state)
{
    (void)state;
    region {
        local(Array) top = NULL;
        for (int i = 0; i < 1000000; i++) {
            local(Array) below = give(top);
            top = new_of(Array, 2);
            put(top->at[i % 2], give(below));
            put(top->at[1 - i % 2], new(Leaf));
        }
        drop(top);
        collect();
    }
}

static void a_wide_array_dies(void **state)
{
    (void)state;
    region {
        local(Array) wide = new_of(Array, 300000);
        local(Node) shared_by_all = node(9);
        for (size_t i = 0; i < wide->length; i++) {
            local(Node) one = node(i);
            set(one->other, shared_by_all);
            put(wide->at[i], give(one));
        }
        drop(wide);
        assert_int_equal(shared_by_all->value, 9);
    }
}

static void live_cycles_survive_collection(void **state)
{
    (void)state;
    local(Node) a = node(1);
    put(a->next, node(2));
    put(a->next->next, chain(1000));
    set(a->next->other, a);
    for (int i = 0; i < 3; i++)
        collect();
    assert_ptr_equal(a->next->other, a);
    assert_int_equal(a->next->next->value, 1000);
    drop(a->next->other);
}


/* Makes a pair that holds itself, with ten nodes hanging from it and something live that it refers to. */
static void make_dead_cycle(Node *live)
{
    local(Node) a = node(1);
    put(a->next, node(2));
    set(a->next->next, a);
    put(a->other, chain(10));
    set(a->next->other, live);
}

enum { DEAD_CYCLES = 10000, NODES_OF_A_CYCLE = 12, LIVE_NODES = 10 };

static void dead_cycles_do_no_harm(void **state)
{
    (void)state;
    local(Node) live = chain(LIVE_NODES);
    region {
        for (int i = 0; i < DEAD_CYCLES; i++)
            make_dead_cycle(live);
        collect();
    }
    assert_int_equal(live->value, LIVE_NODES);
    assert_int_equal(live->next->value, LIVE_NODES - 1);
}

/* ---- Chance ----------------------------------------------------------------------------------------------------- */

static void chance_is_splitmix64(void **state)
{
    (void)state;
    Random random = { 1234567 }; /* the sequence published with the algorithm for this seed */
    assert_true(random_next(&random) == UINT64_C(6457827717110365317));
    assert_true(random_next(&random) == UINT64_C(3203168211198807973));
    assert_true(random_next(&random) == UINT64_C(9817491932198370423));
    for (int i = 0; i < 1000; i++)
        assert_true(random_below(&random, 7) < 7);
}

/* ---- All of them ------------------------------------------------------------------------------------------------ */

static long blocks_before;

static int remember_blocks(void **state)
{
    (void)state;
    blocks_before = live_blocks();
    return 0;
}

static int demand_left_behind(long expected)
{
    long left = live_blocks() - blocks_before;
    if (left == expected)
        return 0;
    fprintf(stderr, "%ld blocks were left behind where %ld are expected\n", left, expected);
    return 1;
}

static int demand_nothing_left(void **state)
{
    (void)state;
    return demand_left_behind(0);
}

/* Counting alone keeps every dead cycle, all that hangs from it, and the live nodes that it refers to: no more, no less. */
static int demand_cycles_left(void **state)
{
    (void)state;
#if defined(POOL_H) && defined(CHECKED) && !collects_cycles
    return demand_left_behind(DEAD_CYCLES * NODES_OF_A_CYCLE + LIVE_NODES);
#else
    return demand_left_behind(0);
#endif
}

#define TEST(f) { #f, f, remember_blocks, demand_nothing_left, NULL }
#define TEST_OF_CYCLES(f) { #f, f, remember_blocks, demand_cycles_left, NULL }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fresh_objects_are_zero_even_in_used_memory),
        TEST(trailing_elements_of_every_length),
        TEST(unset_objects_have_a_length_and_zeroed_fields),
        TEST(unset_objects_keep_what_is_written),
        TEST(unset_objects_grow_by_zeros),
        TEST(resized_objects_keep_what_they_have),
        TEST(objects_do_not_overlap),
        TEST(the_value_is_evaluated_once_and_before_the_slot),
        TEST(the_old_value_may_own_the_new_one),
        TEST(words_nest),
        TEST(two_locals_in_one_declaration_both_own),
        TEST(shared_objects_outlive_their_first_owner),
        TEST(locals_own_until_their_scope_ends),
        TEST(drop_empties_and_null_is_nobody),
        TEST(all_eight_references_are_followed),
        TEST(each_ends_continues_and_breaks),
        TEST(each_nests_and_break_leaves_the_inner_one),
        TEST(return_out_of_each_leaves_nothing),
        TEST(a_finished_generator_stays_finished),
        TEST(a_generator_is_closed_once_it_began),
        TEST(a_generator_can_be_an_object),
        TEST(what_a_consumer_shares_is_not_overwritten),
        TEST(renewed_objects_are_fresh),
#ifdef reuse
        TEST(renew_reuses_what_nobody_else_holds),
        TEST(renew_lets_go_what_the_old_one_held),
        TEST(what_is_renewed_is_held_by_nobody_else),
#endif
        TEST(regions_are_left_by_return_break_and_end),
#ifdef savepoint
        TEST(a_region_gives_its_memory_to_the_next),
#endif
        TEST(a_chain_of_a_million_dies),
        TEST(a_comb_and_a_million_arrays_die),
        TEST(a_wide_array_dies),
        TEST(live_cycles_survive_collection),
        TEST_OF_CYCLES(dead_cycles_do_no_harm),
        TEST(chance_is_splitmix64),
    };
    return cmocka_run_group_tests_name(STRATEGY_NAME, tests, open_strategy, close_strategy);
}
