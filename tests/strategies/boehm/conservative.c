/* What boehm promises beside the words: that numbers in records are not taken for references, that it manages with the
 * kinds that libgc has, and in which order finalizers run. The stack is scanned conservatively, so of many objects a few
 * may stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alone.h"

enum { MANY = 1000, FEW = MANY / 20 };

typedef struct Leaf {
    uint64_t value[2];
} Leaf;
leaf(Leaf);

typedef struct Array {
    size_t length;
    void *at[];
} Array;
slots(Array);

/* ---- Numbers ---------------------------------------------------------------------------------------------------- */

/* The number stands before the reference in one, behind it in the other, and is met with typed=0 in the third. */
typedef struct Before {
    uint64_t number;
    Leaf *leaf;
    uint64_t more;
} Before;
refs(Before, leaf);

typedef struct Behind {
    Leaf *leaf;
    uint64_t number;
} Behind;
refs(Behind, leaf);

typedef struct Scanned {
    Leaf *leaf;
    uint64_t number;
} Scanned;
refs(Scanned, leaf);

/* Records that hold a leaf as a number, and weak references that tell whether it is still there. */
#define FILL(T)                                                                                                        \
    static __attribute__((noinline)) void fill_##T(Array *records, Array *weaks)                                       \
    {                                                                                                                  \
        for (size_t i = 0; i < MANY; i++) {                                                                            \
            local(T) record = new(T);                                                                                  \
            put(record->leaf, new(Leaf));                                                                              \
            record->leaf->value[0] = i;                                                                                \
            local(Leaf) hidden = new(Leaf);                                                                            \
            record->number = (uintptr_t)hidden;                                                                        \
            put(weaks->at[i], weak(Leaf, hidden));                                                                           \
            put(records->at[i], give(record));                                                                         \
        }                                                                                                              \
    }                                                                                                                  \
    static size_t leaves_that_stay_in_##T(void)                                                                        \
    {                                                                                                                  \
        local(Array) records = new_of(Array, MANY);                                                                    \
        local(Array) weaks = new_of(Array, MANY);                                                                      \
        fill_##T(records, weaks);                                                                                      \
        collect();                                                                                                     \
        size_t stay = 0;                                                                                               \
        for (size_t i = 0; i < MANY; i++) {                                                                            \
            T *record = records->at[i];                                                                                \
            assert_int_equal(record->leaf->value[0], i);                                                               \
            stay += ((Weak *)weaks->at[i])->target != NULL;                                                            \
        }                                                                                                              \
        return stay;                                                                                                   \
    }

FILL(Before)
FILL(Behind)
FILL(Scanned)

static void a_number_in_a_record_is_no_reference(void **state)
{
    (void)state;
    assert_in_range(leaves_that_stay_in_Before(), 0, FEW);
    assert_in_range(leaves_that_stay_in_Behind(), 0, FEW);
}

static void a_record_that_is_scanned_whole_keeps_them(void **state)
{
    (void)state;
    setting_typed = 0;
    assert_int_equal(leaves_that_stay_in_Scanned(), MANY);
    setting_typed = 1;
}

/* ---- Kinds ------------------------------------------------------------------------------------------------------ */

/* A record whose references stand behind so many numbers: a layout, and a kind, of its own. */
#define LAYOUT(n)                                                                                                      \
    typedef struct Layout##n {                                                                                         \
        uint64_t number[n];                                                                                            \
        Leaf *leaf;                                                                                                    \
    } Layout##n;                                                                                                       \
    refs(Layout##n, leaf);                                                                                             \
    static void keep_in_layout_##n(Array *array, size_t at)                                                            \
    {                                                                                                                  \
        local(Layout##n) record = new(Layout##n);                                                                      \
        put(record->leaf, new(Leaf));                                                                                  \
        record->leaf->value[0] = n;                                                                                    \
        put(array->at[at], give(record));                                                                              \
    }                                                                                                                  \
    static uint64_t kept_in_layout_##n(Array *array, size_t at)                                                        \
    {                                                                                                                  \
        return ((Layout##n *)array->at[at])->leaf->value[0];                                                           \
    }

#define LAYOUTS(M)                                                                                                     \
    M(1) M(2) M(3) M(4) M(5) M(6) M(7) M(8) M(9) M(10) M(11) M(12) M(13) M(14) M(15) M(16) M(61) M(62) M(63) M(90)
LAYOUTS(LAYOUT)

#define KEEPER(n) { n, keep_in_layout_##n, kept_in_layout_##n },

static void there_may_be_more_layouts_than_kinds(void **state)
{
    (void)state;
    static const struct {
        uint64_t n;
        void (*keep)(Array *array, size_t at);
        uint64_t (*kept)(Array *array, size_t at);
    } keepers[] = { LAYOUTS(KEEPER) };
    enum { KEEPERS = sizeof keepers / sizeof *keepers };
    local(Array) array = new_of(Array, MANY * KEEPERS);
    for (size_t i = 0; i < array->length; i++)
        keepers[i % KEEPERS].keep(array, i);
    collect();
    for (size_t i = 0; i < MANY; i++)
        keep_in_layout_1(array, i * KEEPERS); /* in memory that was swept */
    for (size_t i = 0; i < array->length; i++)
        assert_int_equal(keepers[i % KEEPERS].kept(array, i), keepers[i % KEEPERS].n);
}

/* ---- Finalizers ------------------------------------------------------------------------------------------------- */

typedef struct Link Link;
struct Link {
    Link *next;
    uint64_t number;
};
static void link_dies(Link *self);
finalized(Link, link_dies, next);

/* What has no finalizer stands between two that have. */
typedef struct Between {
    Link *link;
} Between;
refs(Between, link);

static uint64_t dead_links, links_after_a_later_one, newest_dead;

static void link_dies(Link *self)
{
    links_after_a_later_one += dead_links > 0 && self->number < newest_dead;
    newest_dead = self->number;
    dead_links++;
}

static __attribute__((noinline)) void make_chain(uint64_t length)
{
    local(Link) head = NULL;
    for (uint64_t i = length; i > 0; i--) {
        local(Between) between = new(Between);
        put(between->link, give(head));
        local(Link) first = new(Link);
        first->number = i;
        put(first->next, (Link *)give(between)); /* to libgc a reference is a reference */
        head = give(first);
    }
}

static __attribute__((noinline)) void make_rings(uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        local(Link) one = new(Link);
        put(one->next, new(Link));
        set(one->next->next, one);
    }
}

static void parents_are_finalized_first_and_all_in_one_collection(void **state)
{
    (void)state;
    dead_links = links_after_a_later_one = 0;
    make_chain(100000);
    collect();
    assert_int_equal(links_after_a_later_one, 0);
    assert_true(dead_links == 0 || dead_links == 100000); /* 0: its head is still on the stack */
    make_chain(1);
    collect();
    assert_in_range(dead_links, 100000, 100001);
}

static void cycles_with_finalizers_die(void **state)
{
    (void)state;
    dead_links = 0;
    make_rings(MANY);
    collect();
    assert_in_range(dead_links, 2 * (MANY - FEW), 2 * MANY);
    collect();
    assert_in_range(dead_links, 2 * (MANY - FEW), 2 * MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_in_a_record_is_no_reference),
        cmocka_unit_test(a_record_that_is_scanned_whole_keeps_them),
        cmocka_unit_test(there_may_be_more_layouts_than_kinds),
        cmocka_unit_test(parents_are_finalized_first_and_all_in_one_collection),
        cmocka_unit_test(cycles_with_finalizers_die),
    };
    return cmocka_run_group_tests_name("conservative", tests, open_strategy, close_strategy);
}
