/* refcount_atomic: what several threads may do with one object, and whose memory it is that they free. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "alone.h"

enum { THREADS = 4, ROUNDS = 50, OBJECTS = 1000 };

typedef struct Thing Thing;
struct Thing {
    Thing *next;
    uint64_t one;
};
static uint64_t finalized_things;

static void thing_dies(Thing *self)
{
    __atomic_fetch_add(&finalized_things, self->one, __ATOMIC_RELAXED);
}
finalized(Thing, thing_dies, next);

typedef struct Plain Plain;
struct Plain {
    Plain *next;
    uint64_t number;
};
refs(Plain, next);

static Thing *new_thing(void)
{
    Thing *made = new(Thing);
    made->one = 1;
    return made;
}

/* Has so many threads do this work at once, each with the heap that a thread has. */
typedef struct Worker {
    pthread_t thread;
    void (*work)(void *what);
    void *what;
} Worker;

static void *worker_main(void *worker)
{
    Worker *self = worker;
    heap_enter();
    self->work(self->what);
    heap_leave();
    return NULL;
}

static void all_work(void (*work)(void *what), void *const what[], int count)
{
    Worker worker[THREADS];
    for (int i = 0; i < count; i++) {
        worker[i] = (Worker){ .work = work, .what = what[i] };
        assert_int_equal(pthread_create(&worker[i].thread, NULL, worker_main, &worker[i]), 0);
    }
    for (int i = 0; i < count; i++)
        assert_int_equal(pthread_join(worker[i].thread, NULL), 0);
}

/* ---- The last owner -------------------------------------------------------------------------------------------------- */

static void let_go_of_all(void *things)
{
    for (Thing **thing = things; thing < (Thing **)things + OBJECTS; thing++)
        drop(*thing);
}

static void a_finalizer_runs_once_whoever_lets_go_last(void **state)
{
    (void)state;
    static Thing *owned[THREADS][OBJECTS];
    finalized_things = 0;
    for (int i = 0; i < OBJECTS; i++) {
        local(Thing) thing = new_thing();
        for (int t = 0; t < THREADS; t++)
            owned[t][i] = share(thing);
    }
    assert_int_equal(finalized_things, 0);
    all_work(let_go_of_all, (void *[]){ owned[0], owned[1], owned[2], owned[3] }, THREADS);
    assert_int_equal(finalized_things, OBJECTS);
}

/* ---- Weak references ------------------------------------------------------------------------------------------------- */

/* One lets go of the thing, the others share what a weak reference to it finds until it finds nothing. */
typedef struct Found {
    Thing *owned;
    Weak *weak;
} Found;

static void look_until_it_is_gone(void *found)
{
    Found *self = found;
    drop(self->owned);
    for (bool is_there = true; is_there;) {
        local(Thing) thing = strong(Thing, self->weak);
        is_there = thing && thing->one == 1;
        assert_true(is_there || !thing);
    }
    drop(self->weak);
}

static void a_weak_reference_finds_the_living_or_nothing(void **state)
{
    (void)state;
    finalized_things = 0;
    for (int round = 0; round < ROUNDS; round++) {
        local(Thing) thing = new_thing();
        local(Weak) seen = weak(Thing, thing);
        Found found[THREADS];
        for (int t = 0; t < THREADS; t++)
            found[t] = (Found){ share(thing), t % 2 ? share(seen) : weak(Thing, thing) };
        drop(thing);
        all_work(look_until_it_is_gone, (void *[]){ &found[0], &found[1], &found[2], &found[3] }, THREADS);
        assert_null(strong(Thing, seen));
    }
    assert_int_equal(finalized_things, ROUNDS);
}

/* ---- Whose memory it is ---------------------------------------------------------------------------------------------- */

static Plain *handed;

static void hand_a_list(void *what)
{
    (void)what;
    local(Plain) first = NULL;
    for (uint64_t i = 0; i < OBJECTS; i++) {
        local(Plain) before = new(Plain);
        before->number = i;
        put(before->next, give(first));
        first = give(before);
    }
    handed = give(first);
}

static void what_a_thread_left_outlives_it(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        all_work(hand_a_list, (void *[]){ NULL }, 1);
        local(Plain) list = give(handed);
        uint64_t number = OBJECTS;
        for (const Plain *at = list; at; at = at->next)
            assert_int_equal(at->number, --number);
        assert_int_equal(number, 0);
    }
}

/* The next thread has the heap of the last, and in it what others gave back. */
static void heaps_and_memory_are_used_again(void **state)
{
    what_a_thread_left_outlives_it(state);
    if (!POOL_SERVES)
        return;
    assert_in_range(thread_heaps_begun, 1, THREADS + 1);
    for (uint32_t heap = 1; heap <= thread_heaps_begun; heap++)
        assert_in_range(thread_heaps[heap].chunks.in_use, 0, 2 * OBJECTS * (sizeof(Plain) + 8) / CHUNK_BYTES + THREADS);
}

static int close_with_nothing_left(void **state)
{
    (void)state;
    long left = live_blocks();
    heap_close();
    return left == 0 ? 0 : -1;
}

#define IN_A_HEAP_OF_ITS_OWN(test) cmocka_unit_test_setup_teardown(test, open_strategy, close_with_nothing_left)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_HEAP_OF_ITS_OWN(a_finalizer_runs_once_whoever_lets_go_last),
        IN_A_HEAP_OF_ITS_OWN(a_weak_reference_finds_the_living_or_nothing),
        IN_A_HEAP_OF_ITS_OWN(what_a_thread_left_outlives_it),
        IN_A_HEAP_OF_ITS_OWN(heaps_and_memory_are_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
