/* When refcount_cycle collects, against what CPython 3.11 does with the same program, `[[] for _ in range(n)]`: how often
 * it collected each generation. Its figures are kept here, and asked for again where python3 is a 3.11
 * (tests/twins/generations.py).
 *
 * CPython is not at zero when the program begins, for it has made objects of its own: hence the tolerance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alone.h"

enum { TOLERANCE = 2 }; /* collections */

/* Of CPython 3.11.2. */
static const struct Fact {
    uint64_t lists, threshold;
    uint64_t collections[CYCLE_GENERATIONS];
} facts[] = {
    { 100000, 700, { 130, 11, 1 } },   { 1000000, 700, { 1300, 118, 8 } },  { 4000000, 700, { 5218, 474, 14 } },
    { 100000, 2000, { 45, 4, 0 } },    { 1000000, 2000, { 455, 41, 3 } },   { 4000000, 2000, { 1825, 165, 9 } },
};

typedef struct List {
    size_t length;
    void *at[];
} List;
slots(List);

typedef struct Link Link;
struct Link {
    Link *other;
};
refs(Link, other);

static void use_thresholds(uint64_t threshold, uint64_t divisor)
{
    setting_threshold = threshold;
    setting_divisor = divisor;
    heap_open();
}

static List *list_of_lists(uint64_t n)
{
    local(List) lists = new_of(List, n);
    for (uint64_t i = 0; i < n; i++)
        put(lists->at[i], new_of(List, 0));
    return give(lists);
}

static uint64_t collections(void)
{
    uint64_t sum = 0;
    for (int generation = CYCLE_YOUNG; generation <= CYCLE_OLD; generation++)
        sum += cycle.statistics[generation].collections;
    return sum;
}

static void assert_near(uint64_t actual, uint64_t expected)
{
    assert_in_range(actual + TOLERANCE, expected, expected + 2 * TOLERANCE);
}

static void collections_are_those_of_cpython(void **state)
{
    (void)state;
    for (const struct Fact *fact = facts; fact < facts + sizeof facts / sizeof *facts; fact++) {
        use_thresholds(fact->threshold, 4);
        local(List) lists = list_of_lists(fact->lists);
        for (int generation = CYCLE_YOUNG; generation <= CYCLE_OLD; generation++)
            assert_near(cycle.statistics[generation].collections, fact->collections[generation]);
        assert_near(collections(), fact->lists / (fact->threshold + 1));
        drop(lists);
        heap_close();
    }
}

/* false: there is no python3, or it is another than 3.11, whose collector is another one. */
static bool ask_cpython(const struct Fact *fact, uint64_t *collections)
{
    char command[96];
    unsigned minor = 0;
    snprintf(command, sizeof command, "python3 tests/twins/generations.py %lu %lu 2>/dev/null", (unsigned long)fact->lists,
             (unsigned long)fact->threshold);
    FILE *answer = popen(command, "r");
    if (!answer)
        return false;
    int found = fscanf(answer, "%lu %lu %lu 3.%u", collections, collections + 1, collections + 2, &minor);
    return pclose(answer) == 0 && found == 4 && minor == 11;
}

static void cpython_says_the_same_today(void **state)
{
    (void)state;
    for (const struct Fact *fact = facts; fact < facts + sizeof facts / sizeof *facts; fact++) {
        uint64_t collections[CYCLE_GENERATIONS];
        if (!ask_cpython(fact, collections))
            skip();
        for (int generation = CYCLE_YOUNG; generation <= CYCLE_OLD; generation++)
            assert_near(collections[generation], fact->collections[generation]);
    }
}

static void the_oldest_does_not_wait_without_a_divisor(void **state)
{
    (void)state;
    use_thresholds(700, 0);
    local(List) lists = list_of_lists(1000000);
    assert_near(cycle.statistics[CYCLE_OLD].collections, 1000000 / 701 / 11 / 11);
    drop(lists);
    heap_close();
}

static void births_that_die_call_for_nothing(void **state)
{
    (void)state;
    use_thresholds(700, 4);
    for (int i = 0; i < 100000; i++) {
        local(Link) link = new(Link);
    }
    assert_int_equal(collections(), 0);
    heap_close();
}

static void switched_off_nothing_is_collected(void **state)
{
    (void)state;
    setting_collector = 0;
    use_thresholds(700, 4);
    for (int i = 0; i < 10000; i++) {
        local(Link) link = new(Link);
        set(link->other, link);
    }
    assert_int_equal(collections(), 0);
    assert_int_equal(collect(), 10000);
    setting_collector = 1;
    heap_close();
}

/* A ring of two, one of each generation: only a collection of all finds it. */
static void survivors_move_one_generation(void **state)
{
    (void)state;
    use_thresholds(700, 4);
    local(Link) old = new(Link);
    Link *first = old; /* borrowed, once old is dropped */
    assert_int_equal(suspects.young, 0);
    cycle_collect(CYCLE_YOUNG);
    assert_int_equal(suspects.young, 1);
    assert_int_equal(suspects.middle, 0);
    cycle_collect(CYCLE_YOUNG);
    assert_int_equal(suspects.middle, 0);
    cycle_collect(CYCLE_MIDDLE);
    assert_int_equal(suspects.middle, 1);
    assert_int_equal(cycle.pending, 1);
    put(old->other, new(Link));
    set(first->other->other, first);
    drop(old);
    assert_int_equal(cycle_collect(CYCLE_YOUNG), 0);
    assert_int_equal(cycle_collect(CYCLE_MIDDLE), 0);
    assert_int_equal(cycle_collect(CYCLE_OLD), 2);
    assert_int_equal(cycle.statistics[CYCLE_OLD].collected, 2);
    assert_int_equal(cycle_collect(CYCLE_OLD), 0);
    assert_int_equal(suspects.length, 0);
    heap_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(collections_are_those_of_cpython),
        cmocka_unit_test(cpython_says_the_same_today),
        cmocka_unit_test(the_oldest_does_not_wait_without_a_divisor),
        cmocka_unit_test(births_that_die_call_for_nothing),
        cmocka_unit_test(switched_off_nothing_is_collected),
        cmocka_unit_test(survivors_move_one_generation),
    };
    return cmocka_run_group_tests_name("generations", tests, NULL, NULL);
}
