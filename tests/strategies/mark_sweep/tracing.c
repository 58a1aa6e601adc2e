/* What mark_sweep promises beside the words: that marking needs little memory and no recursion, that sweeping is lazy, that the
 * heap follows what is live and memory goes back, and what is taken for a root. Built plain and checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "alone.h"

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

typedef struct Bytes {
    size_t length;
    unsigned char at[];
} Bytes;
leaf_of(Bytes);

/* Not inlined, so that what they leave behind is below the stack of whoever asks for a collection. */
#define APART static __attribute__((noinline))

/* Overwrites what functions that have returned left on the stack. */
APART void forget(void)
{
    volatile char stale[16384];
    for (size_t i = 0; i < sizeof stale; i++)
        stale[i] = 0;
}

APART uint64_t collect_after(void (*leave_garbage)(void))
{
    collect();
    leave_garbage();
    forget();
    return collect();
}

APART Node *node(uint64_t value)
{
    Node *made = new(Node);
    made->value = value;
    return made;
}

APART Node *chain(uint64_t length)
{
    local(Node) head = NULL;
    for (uint64_t i = 1; i <= length; i++) {
        local(Node) first = node(i);
        put(first->next, give(head));
        head = give(first);
    }
    return give(head);
}

static uint64_t sum_of_chain(Node *at)
{
    uint64_t sum = 0;
    for (; at; at = at->next)
        sum += at->value;
    return sum;
}

/* What is freed by mistake is overwritten by these. */
APART void overwrite_free_memory(void)
{
    for (int i = 0; i < 200000; i++)
        node(UINT64_MAX);
}

/* ---- Marking ---------------------------------------------------------------------------------------------------- */

#ifdef CHECKED
enum { DEEP = 200000 };
#else
enum { DEEP = 10000000 };
#endif

static void a_deep_chain_is_marked_without_recursion(void **state)
{
    (void)state;
    local(Node) nodes = chain(DEEP);
    collect();
    assert_true(sum_of_chain(nodes) == (uint64_t)DEEP * (DEEP + 1) / 2);
}

/* Every node of the chain has a chain of its own: each leaves one object on the mark stack. */
APART Node *comb(uint64_t teeth)
{
    local(Node) spine = chain(teeth);
    for (Node *at = spine; at; at = at->next)
        put(at->other, chain(8));
    return give(spine);
}

APART Array *wide(size_t length)
{
    local(Array) array = new_of(Array, length);
    for (size_t i = 0; i < length; i++)
        put(array->at[i], chain(2));
    return give(array);
}

static void demand_whole(Node *spine, Array *array, uint64_t teeth)
{
    uint64_t sum = 0;
    for (Node *at = spine; at; at = at->next)
        sum += at->value + sum_of_chain(at->other);
    assert_true(sum == teeth * (teeth + 1) / 2 + teeth * 36);
    for (size_t i = 0; i < array->length; i++)
        assert_int_equal(sum_of_chain(array->at[i]), 3);
}

static void what_overflows_the_mark_stack_is_found_again(void **state)
{
    (void)state;
    enum { TEETH = 20000 };
    static const uint64_t limits[] = { 2, 3, 17, 1000 };
    uint64_t usual = setting_mark_stack;
    local(Node) spine = comb(TEETH);
    local(Array) array = wide(5000);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        setting_mark_stack = limits[i];
        uint64_t before = marking.overflows;
        collect();
        overwrite_free_memory();
        assert_true(marking.overflows > before);
        demand_whole(spine, array, TEETH);
    }
    setting_mark_stack = usual;
}

static void a_wide_array_needs_no_wide_mark_stack(void **state)
{
    (void)state;
    uint64_t usual = setting_mark_stack, before = marking.overflows;
    setting_mark_stack = MARK_ARRAY_PART + 16;
    local(Array) array = wide(100000);
    collect();
    assert_true(marking.overflows == before);
    assert_int_equal(sum_of_chain(array->at[99999]), 3);
    setting_mark_stack = usual;
}

static void prefetching_changes_nothing(void **state)
{
    (void)state;
    uint64_t usual = setting_prefetch;
    local(Node) spine = comb(1000);
    local(Array) array = wide(1000);
    for (setting_prefetch = 0; setting_prefetch < MARK_QUEUE; setting_prefetch += 9) {
        collect();
        overwrite_free_memory();
        demand_whole(spine, array, 1000);
    }
    setting_prefetch = usual;
}

/* ---- Sweeping --------------------------------------------------------------------------------------------------- */

static uint32_t blocks_not_swept(void)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < blocks.opened; i++)
        count += blocks.table[i].kind == BLOCK_OF_CELLS && blocks.table[i].swept_at != sweep.collections;
    return count;
}

/* Every other node lives. */
APART Array *gaps(size_t length)
{
    local(Array) array = new_of(Array, length);
    for (size_t i = 0; i < length; i++) {
        put(array->at[i], node(i));
        node(UINT64_MAX);
    }
    return give(array);
}

static void blocks_are_swept_when_cells_are_wanted(void **state)
{
    (void)state;
    local(Array) array = gaps(20000);
    collect();
    uint32_t before = blocks_not_swept(), opened = blocks.opened;
    assert_true(before > 10);
    for (int i = 0; i < 1000; i++)
        node(UINT64_MAX);
    assert_in_range(blocks_not_swept(), 1, before - 1);
    assert_int_equal(blocks.opened, opened);
    for (size_t i = 0; i < array->length; i++)
        assert_int_equal(((Node *)array->at[i])->value, i);
}

static void or_all_at_once(void **state)
{
    (void)state;
    local(Array) array = gaps(20000);
    setting_lazy = 0;
    collect();
    assert_int_equal(blocks_not_swept(), 0);
    setting_lazy = 1;
    assert_int_equal(((Node *)array->at[array->length - 1])->value, array->length - 1);
}

/* ---- The heap's size -------------------------------------------------------------------------------------------- */

static void the_limit_follows_what_is_live(void **state)
{
    (void)state;
    uint64_t usual = setting_heap_percent;
    local(Node) nodes = chain(500000);
    int64_t bytes = (int64_t)(500000 * block_of(nodes)->cell_size);
    for (setting_heap_percent = 150; setting_heap_percent <= 400; setting_heap_percent *= 2) {
        collect();
        int64_t percent = (int64_t)setting_heap_percent - 100;
        assert_true(sweep.limit >= bytes / 100 * percent && sweep.limit < (bytes + bytes / 20) / 100 * percent);
        uint32_t before = sweep.collections;
        for (int i = 0; i < 3000000; i++)
            node(UINT64_MAX);
        int64_t expected = 6 * bytes / sweep.limit;
        assert_in_range(sweep.collections - before, expected - 1, expected + 1);
        assert_int_equal(nodes->value, 500000); /* alive until here, or it would not be */
    }
    setting_heap_percent = usual;
}

static uint64_t resident_bytes(void)
{
    return (uint64_t)blocks.dirty << BLOCK_SHIFT;
}

APART uint64_t resident_while_much_lives(void)
{
    local(Node) nodes = chain(1000000);
    local(Bytes) bytes = new_of(Bytes, 30 << 20);
    collect();
    assert_int_equal(nodes->value + bytes->at[0], 1000000);
    return resident_bytes();
}

static void memory_goes_back_when_a_large_structure_dies(void **state)
{
    (void)state;
    assert_true(resident_while_much_lives() > 50 << 20);
    forget();
    collect(); /* what is dead may be followed by its like … */
    assert_true(resident_bytes() > 50 << 20);
    collect(); /* … but was not */
    assert_true(resident_bytes() < 10 << 20);
}

/* The status of a process that runs f with so many bytes of memory more than it has now. */
static int in_a_process(void (*f)(void), rlim_t bytes)
{
    pid_t child = fork();
    if (child == 0) {
        rlim_t now = (rlim_t)blocks.writable << BLOCK_SHIFT;
        setrlimit(RLIMIT_DATA, &(struct rlimit){ now + bytes, now + bytes });
        freopen("/dev/null", "w", stderr);
        f();
        _exit(0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

APART void want_much_in_turn(void)
{
    setting_heap_percent = 10000;
    local(Node) nodes = chain(200000);
    collect(); /* the limit is now far beyond what the system gives */
    for (int i = 0; i < 100; i++)
        chain(100000);
    for (int i = 0; i < 100; i++)
        new_of(Bytes, 10 << 20);
    assert_int_equal(nodes->value, 200000);
}

APART void want_too_much(void)
{
    local(Array) kept = new_of(Array, 100);
    for (size_t i = 0; i < kept->length; i++)
        put(kept->at[i], new_of(Bytes, 10 << 20));
}

static void it_collects_before_it_refuses(void **state)
{
    (void)state;
#if !defined(CHECKED) /* whose shadow memory counts as well */
    assert_int_equal(in_a_process(want_much_in_turn, 100 << 20), 0);
    assert_int_equal(WEXITSTATUS(in_a_process(want_too_much, 100 << 20)), EXIT_REFUSED);
#else
    (void)in_a_process, (void)want_much_in_turn, (void)want_too_much;
#endif
}

/* ---- What is counted -------------------------------------------------------------------------------------------- */

static void leave_a_loop(void)
{
    Node *a = node(1);
    set(a->next, a);
}

static void leave_a_pair(void)
{
    Node *a = node(1);
    put(a->next, node(2));
    set(a->next->next, a);
}

static void leave_nothing(void)
{
}

static void collect_says_how_many_were_dead(void **state)
{
    (void)state;
    assert_int_equal(collect_after(leave_a_loop), 1);
    assert_int_equal(collect_after(leave_a_pair), 2);
    assert_int_equal(collect_after(leave_nothing), 0);
}

/* ---- Roots ------------------------------------------------------------------------------------------------------ */

/* A number in the heap that is the address of an object. */
static void leave_a_number(void)
{
    Node *a = node(1);
    a->value = (uintptr_t)node(2);
}

static void numbers_in_the_heap_are_no_references(void **state)
{
    (void)state;
    assert_int_equal(collect_after(leave_a_number), 2);
}

APART unsigned char *past_the_end(size_t length)
{
    Bytes *bytes = new_of(Bytes, length);
    memset(bytes->at, 7, length);
    return bytes->at + length;
}

static void a_pointer_past_the_last_element_keeps_it(void **state)
{
    (void)state;
    static const size_t lengths[] = { 1, 8, 16, 24, 56, 120, 1016, 4088, 8184, 100000, (1 << 20) - 8 };
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        unsigned char *volatile end = past_the_end(lengths[i]);
        forget();
        collect();
        overwrite_free_memory();
        assert_int_equal(end[-1], 7);
        assert_int_equal(*(end - lengths[i]), 7);
    }
}

/* ---- Finalizers and weak references ----------------------------------------------------------------------------- */

typedef struct Person Person;
struct Person {
    Person *child, *friend;
    int number;
};
static void bury(Person *self);
finalized(Person, bury, child, friend);

enum { PERSONS = 100 };
static int buried[PERSONS], burials;
static Array *museum; /* borrowed from a local */

static void bury(Person *self)
{
    assert_int_equal(collect(), 0); /* does nothing here */
    node(UINT64_MAX);
    if (self->child)
        assert_int_equal(self->child->number, self->number + 1);
    if (museum)
        set(museum->at[0], self);
    buried[burials++] = self->number;
}

/* The youngest is born first. */
APART Person *family(void)
{
    local(Person) head = NULL;
    for (int number = PERSONS - 1; number >= 0; number--) {
        local(Person) parent = new(Person);
        parent->number = number;
        put(parent->child, give(head));
        head = give(parent);
    }
    return give(head);
}

static void leave_a_family(void)
{
    family();
}

static void parents_are_finalized_before_children_and_freed_at_once(void **state)
{
    (void)state;
    burials = 0;
    uint64_t dead = collect_after(leave_a_family);
    assert_int_equal(dead, 2 * PERSONS); /* with what the finalizers left */
    assert_int_equal(burials, PERSONS);
    for (int i = 0; i < PERSONS; i++)
        assert_int_equal(buried[i], i);
    assert_int_equal(collect(), 0);
}

static void leave_friends(void)
{
    local(Person) a = new(Person);
    put(a->friend, new(Person));
    set(a->friend->friend, a);
    put(a->friend->child, new(Person));
    a->friend->child->number = 1;
}

APART void demand_saved_in(Array *kept)
{
    Person *saved = kept->at[0];
    assert_non_null(saved);
    if (saved->friend)
        assert_ptr_equal(saved->friend->friend, saved);
}

static void what_a_finalizer_keeps_lives_on_and_is_not_finalized_again(void **state)
{
    (void)state;
    local(Array) kept = new_of(Array, 1);
    museum = kept;
    burials = 0;
    collect_after(leave_friends);
    museum = NULL;
    assert_int_equal(burials, 3);
    demand_saved_in(kept);
    drop(kept->at[0]);
    forget();
    assert_true(collect() >= 1);
    assert_int_equal(burials, 3);
}

APART Weak *weak_to_dead(void)
{
    local(Node) target = node(1);
    return weak(Node, target);
}

static void weak_references_to_the_dead_are_empty(void **state)
{
    (void)state;
    local(Node) alive = chain(2);
    local(Weak) to_alive = weak(Node, alive);
    local(Weak) to_dead = weak_to_dead();
    forget();
    collect();
    assert_null(strong(Node, to_dead));
    assert_ptr_equal(strong(Node, to_alive), alive);
    leave_nothing();
    collect();
    assert_ptr_equal(strong(Node, to_alive), alive);
}

/* ---- Damage ----------------------------------------------------------------------------------------------------- */

APART void damage(void)
{
    local(Node) a = node(1);
    a->next = (Node *)((char *)a + 8);
    collect();
    fail_msg("%p was taken for an object", (void *)a->next);
}

static void a_reference_to_no_object_ends_a_checked_build(void **state)
{
    (void)state;
#ifdef CHECKED
    int status = in_a_process(damage, RLIM_INFINITY / 2);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
#else
    (void)damage;
#endif
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_strategy, close_strategy)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_deep_chain_is_marked_without_recursion),
        TEST(what_overflows_the_mark_stack_is_found_again),
        TEST(a_wide_array_needs_no_wide_mark_stack),
        TEST(prefetching_changes_nothing),
        TEST(blocks_are_swept_when_cells_are_wanted),
        TEST(or_all_at_once),
        TEST(the_limit_follows_what_is_live),
        TEST(memory_goes_back_when_a_large_structure_dies),
        TEST(it_collects_before_it_refuses),
        TEST(collect_says_how_many_were_dead),
        TEST(numbers_in_the_heap_are_no_references),
        TEST(a_pointer_past_the_last_element_keeps_it),
        TEST(parents_are_finalized_before_children_and_freed_at_once),
        TEST(what_a_finalizer_keeps_lives_on_and_is_not_finalized_again),
        TEST(weak_references_to_the_dead_are_empty),
        TEST(a_reference_to_no_object_ends_a_checked_build),
    };
    return cmocka_run_group_tests_name("mark_sweep", tests, NULL, NULL);
}
