/* What the containers of workloads/objects promise, under one strategy (-DSTRATEGY=name): each does at random what a naive
 * model of it does, and agrees with it after every step. Every test ends with as many live blocks as it began with, where the
 * checked build counts them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alone.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/lru.h"
#include "objects/number.h"
#include "objects/rb_tree.h"
#include "objects/set.h"

enum { KEYS = 96, STEPS = 4000 };

/* Few hashes, the last places' among them: long runs, which go on at the beginning of the table. */
static uint64_t crowded_hash(void *number)
{
    return ((Number *)number)->value % 5 + UINT64_MAX - 2;
}

static const Keys crowded = { crowded_hash, number_equal };

/* ---- Set and dict ----------------------------------------------------------------------------------------------- */

static void assert_same_members(const Set *members, const bool *model, Keys keys)
{
    for (uint64_t k = 0; k < KEYS; k++) {
        local(Number) key = number_of(k);
        assert_int_equal(set_has(members, key, keys), model[k]);
    }
}

#define SET_TEST(keys_)                                                                                                \
    static void a_set_of_##keys_##_is_what_was_added_and_not_removed(void **state)                                     \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        Random random = { 1 };                                                                                         \
        bool model[KEYS] = { false };                                                                                  \
        local(Set) members = new(Set);                                                                                 \
        for (int step = 0; step < STEPS; step++) {                                                                     \
            uint64_t k = random_below(&random, KEYS);                                                                  \
            local(Number) key = number_of(k);                                                                          \
            bool adds = random_below(&random, 2);                                                                      \
            bool changes = adds ? set_add(members, share(key), keys_) : set_remove(members, key, keys_);               \
            assert_int_equal(changes, model[k] != adds);                                                               \
            model[k] = adds;                                                                                           \
            assert_same_members(members, model, keys_);                                                                \
        }                                                                                                              \
        for (uint64_t k = 0; k < KEYS; k++) {                                                                          \
            local(Number) key = number_of(k);                                                                          \
            assert_int_equal(set_remove(members, key, keys_), model[k]);                                               \
        }                                                                                                              \
        assert_int_equal(members->count, 0);                                                                           \
    }
SET_TEST(numbers)
SET_TEST(crowded)

static void a_dict_has_the_last_value_of_each_key(void **state)
{
    (void)state;
    Random random = { 2 };
    uint64_t model[KEYS] = { 0 };
    local(Dict) dict = new(Dict);
    for (int step = 1; step <= STEPS; step++) {
        uint64_t k = random_below(&random, KEYS);
        local(Number) key = number_of(k);
        if (random_below(&random, 3)) {
            dict_put(dict, share(key), number_of(model[k] = (uint64_t)step), crowded);
        } else {
            assert_int_equal(dict_remove(dict, key, crowded), model[k] != 0);
            model[k] = 0;
        }
        for (uint64_t i = 0; i < KEYS; i++) {
            local(Number) asked = number_of(i);
            Number *value = dict_get(dict, asked, crowded);
            assert_int_equal(value ? value->value : 0, model[i]);
        }
    }
}

static uint64_t compared;

static bool counted_equal(void *number, void *other)
{
    compared++;
    return number_equal(number, other);
}

static const Keys counted_keys = { number_hash, counted_equal };

static Dict *dict_below(uint64_t count)
{
    local(Dict) dict = new(Dict);
    for (uint64_t k = 0; k < count; k++)
        dict_put(dict, number_of(k), number_of(k * k), numbers);
    return give(dict);
}

/* Whatever order the entries come in, they do not crowd: that a copy compares each with others is rare. */
static void a_dict_is_copied_in_linear_time(void **state)
{
    (void)state;
    enum { COPIED = 3000 };
    local(Dict) dict = dict_below(COPIED);
    local(Dict) copy = new(Dict);
    size_t next = 0;
    compared = 0;
    for (void **entry; (entry = dict_next(dict, &next));)
        dict_put(copy, share(entry[0]), share(entry[1]), counted_keys);
    assert_int_equal(copy->count, COPIED);
    assert_true(compared < 4 * COPIED);
    for (uint64_t k = 0; k < COPIED; k++) {
        local(Number) key = number_of(k);
        assert_int_equal(((Number *)dict_get(copy, key, numbers))->value, k * k);
    }
}

static Dict *watched_dict;

typedef struct Watcher {
    uint64_t number;
} Watcher;

/* When a removed value dies, the dict is as it will be. */
static void look_at_dict(Watcher *self)
{
    local(Number) own = number_of(self->number);
    local(Number) other = number_of(self->number + 1);
    assert_null(watched_dict && dict_get(watched_dict, own, crowded));
    assert_true(!watched_dict || watched_dict->count == 0 || dict_get(watched_dict, other, crowded));
}
finalized(Watcher, look_at_dict);

static void what_dies_by_removal_finds_the_dict_in_order(void **state)
{
    (void)state;
    put(watched_dict, new(Dict));
    for (uint64_t k = 0; k < 8; k++) {
        local(Watcher) watcher = new(Watcher);
        watcher->number = k;
        dict_put(watched_dict, number_of(k), give(watcher), crowded);
    }
    for (uint64_t k = 0; k < 8; k++) {
        local(Number) key = number_of(k);
        assert_true(dict_remove(watched_dict, key, crowded));
    }
    assert_int_equal(watched_dict->count, 0);
    drop(watched_dict);
    collect();
}

/* ---- List ------------------------------------------------------------------------------------------------------- */

static void a_list_has_its_items_in_order(void **state)
{
    (void)state;
    local(List) list = new(List);
    for (uint64_t i = 0; i < 1000; i++)
        list_append(list, number_of(i));
    for (uint64_t i = 1000; i-- > 500;) {
        local(Number) last = list_pop(list);
        assert_int_equal(last->value, i);
    }
    assert_int_equal(list->length, 500);
    for (uint64_t i = 0; i < 500; i++)
        assert_int_equal(((Number *)list_get(list, i))->value, i);
}

/* ---- Red-black tree --------------------------------------------------------------------------------------------- */

/* How many black nodes are on each way down from here; what it refers to refers back. */
static int black_height(const RbNode *node, const RbNode *parent)
{
    if (!node)
        return 0;
    assert_ptr_equal(node->parent, parent);
    assert_false(node->red && rb_is_red(parent));
    int left = black_height(node->left, node), right = black_height(node->right, node);
    assert_int_equal(left, right);
    return left + !node->red;
}

static void assert_same_tree(const RbTree *tree, const bool *model)
{
    assert_false(rb_is_red(tree->root));
    black_height(tree->root, NULL);
    RbNode *node = rb_first(tree);
    for (uint64_t k = 0; k < KEYS; k++)
        if (model[k]) {
            assert_int_equal(node->key, k);
            assert_int_equal(((Number *)node->item)->value, k);
            node = rb_next(node);
        }
    assert_null(node);
}

static void a_red_black_tree_is_balanced_and_in_order(void **state)
{
    (void)state;
    Random random = { 3 };
    bool model[KEYS] = { false };
    local(RbTree) tree = new(RbTree);
    for (int step = 0; step < STEPS; step++) {
        uint64_t k = random_below(&random, KEYS);
        if (!model[k]) {
            rb_insert(tree, k, number_of(k));
        } else {
            local(Number) removed = rb_remove(tree, k);
            assert_int_equal(removed->value, k);
        }
        model[k] = !model[k];
        assert_same_tree(tree, model);
    }
    for (uint64_t k = 0; k < KEYS; k++) { /* so that counting leaves no cycle behind */
        local(Number) removed = rb_remove(tree, k);
        assert_int_equal(removed != NULL, model[k]);
    }
    assert_int_equal(tree->length, 0);
    assert_null(tree->root);
}

/* ---- LRU cache -------------------------------------------------------------------------------------------------- */

enum { LRU_ROOM = 10 };

/* The keys of the cache, the newest first. */
typedef struct Recent {
    uint64_t key[LRU_ROOM + 1];
    size_t length;
} Recent;

/* Whether it was among them; it is the first now. */
static bool recent_ask(Recent *recent, uint64_t k)
{
    size_t at = 0;
    while (at < recent->length && recent->key[at] != k)
        at++;
    bool known = at < recent->length;
    memmove(recent->key + 1, recent->key, at * sizeof k);
    recent->key[0] = k;
    recent->length += !known && recent->length < LRU_ROOM;
    return known;
}

static void assert_same_order(const Lru *lru, const Recent *recent)
{
    LruEntry *entry = lru->newest;
    for (size_t i = 0; i < recent->length; i++, entry = entry->older) {
        assert_int_equal(((Number *)entry->key)->value, recent->key[i]);
        assert_ptr_equal(entry->older ? entry->older->newer : lru->oldest, entry);
    }
    assert_null(entry);
    assert_int_equal(lru->entries->count, recent->length);
}

static void an_lru_cache_keeps_what_was_asked_for_last(void **state)
{
    (void)state;
    Random random = { 4 };
    Recent recent = { .length = 0 };
    local(Lru) lru = lru_of(LRU_ROOM);
    for (int step = 0; step < STEPS; step++) {
        uint64_t k = random_below(&random, 2 * LRU_ROOM);
        local(Number) key = number_of(k);
        Number *value = lru_get(lru, key, numbers);
        assert_int_equal(value != NULL, recent_ask(&recent, k));
        if (value)
            assert_int_equal(value->value, k * k);
        else
            lru_put(lru, share(key), number_of(k * k), numbers);
        assert_same_order(lru, &recent);
    }
    while (lru->oldest) /* so that counting leaves no cycle behind */
        lru_drop_oldest(lru, numbers);
    assert_int_equal(lru->entries->count, 0);
}

/* ---- All of them ------------------------------------------------------------------------------------------------ */

static long blocks_before;

static int remember_blocks(void **state)
{
    (void)state;
    blocks_before = live_blocks();
    return 0;
}

static int demand_nothing_left(void **state)
{
    (void)state;
    long left = live_blocks() - blocks_before;
    if (left)
        print_error("%ld blocks were left behind\n", left);
    return left != 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, remember_blocks, demand_nothing_left)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_set_of_numbers_is_what_was_added_and_not_removed),
        TEST(a_set_of_crowded_is_what_was_added_and_not_removed),
        TEST(a_dict_has_the_last_value_of_each_key),
        TEST(a_dict_is_copied_in_linear_time),
        TEST(what_dies_by_removal_finds_the_dict_in_order),
        TEST(a_list_has_its_items_in_order),
        TEST(a_red_black_tree_is_balanced_and_in_order),
        TEST(an_lru_cache_keeps_what_was_asked_for_last),
    };
    return cmocka_run_group_tests_name(STRATEGY_NAME, tests, open_strategy, close_strategy);
}
