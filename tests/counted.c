/* What the counted build counts, against what is known without it, under one strategy (-DSTRATEGY=name -DCOUNTED). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "alone.h"
#include "capability.h"
#include "damaged.h"

#include "profile/counted.h"
#include "profile/objects.h"
#include "profile/pauses.h"
#include "profile/profile.h"

typedef struct Node Node;
struct Node {
    Node *next;
    uint64_t more[4];
};
refs(Node, next);

typedef struct Bytes {
    size_t length;
    unsigned char at[];
} Bytes;
leaf_of(Bytes);

typedef struct Twin Twin;
struct Twin {
    Twin *other;
    uint64_t number;
};
refs(Twin, other);

typedef struct Mortal Mortal;
struct Mortal {
    Node *held;
};
static void last_words(Mortal *self);
finalized(Mortal, last_words, held);

static uint64_t words_said;

static void last_words(Mortal *self)
{
    local(Node) born_meanwhile = new(Node);
    words_said++;
    put(self->held, NULL);
}

/* Objects die at once, at the region's end or in a collection; under strategies that have no finalizers nothing dies. A
 * collector that looks for references on the stack may take a word that is left there for one: a few in a thousand. */
enum { DIES = finalizes };
#if defined(GC_H) || defined(MARKING_H)
enum { FORGOTTEN_PER_MILLE = 20 };
#else
enum { FORGOTTEN_PER_MILLE = 0 };
#endif

static uint64_t live_bytes(void)
{
    return counted.allocated_bytes - counted.freed_bytes;
}

static uint64_t footprint_bytes(void)
{
    return counted.taken_bytes + census_hooks.held_bytes();
}

/* ---- Footprint -------------------------------------------------------------------------------------------------- */

enum { BY_THE_WAY = 64 << 10 }; /* bytes that may come to be resident between two looks, where that is the footprint */

static __attribute__((noinline)) int peak_after_one_birth_was_held(void)
{
    local(Twin) one = new(Twin);
    counted_sample();
    bool was_held = one && counted.peak_footprint_bytes <= footprint_bytes() + BY_THE_WAY;
    if (!was_held)
        fprintf(stderr, "the peak is %lu bytes, and %lu are held\n", (unsigned long)counted.peak_footprint_bytes,
                (unsigned long)footprint_bytes());
    return was_held ? 0 : 1;
}

/* What is reserved and never used is in no peak: with the first object of a heap, the peak is what is held then. (The first
 * test, in a process of its own, so that the next finds the heap as fresh.) */
static void the_peak_was_held(void **state)
{
    (void)state;
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(peak_after_one_birth_was_held());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* ---- Size ------------------------------------------------------------------------------------------------------- */

/* A chain of nodes, owned. */
static __attribute__((noinline)) Node *chain(uint64_t length)
{
    local(Node) first = NULL;
    for (uint64_t i = 0; i < length; i++) {
        local(Node) node = new(Node);
        put(node->next, give(first));
        first = give(node);
    }
    return give(first);
}

#define assert_within(value, wanted, least, most)                                                                      \
    do {                                                                                                               \
        double value_ = (double)(value), wanted_ = (double)(wanted);                                                   \
        if (value_ < (least) * wanted_ || value_ > (most) * wanted_)                                                   \
            fail_msg("%s is %.0f, which is not %g to %g of %.0f", #value, value_, (double)(least), (double)(most), wanted_); \
    } while (0)

enum { NODES = 1100000 };

static void forty_four_megabytes_read_forty_four(void **state)
{
    (void)state;
    enum { MEGABYTES = 44 };
    _Static_assert(NODES * sizeof(Node) == MEGABYTES * 1000000, "1.1 million nodes of 40 bytes");
    region {
        uint64_t before = live_bytes(), room_before = counted.room_bytes;
        uint64_t resident_before __attribute__((unused)) = census_resident();
        local(Node) first = chain(NODES);
        uint64_t live = live_bytes() - before, room = counted.room_bytes - room_before;
        assert_within(live, MEGABYTES * 1e6, 0.99, 1.01);
        assert_int_equal(room, NODES * object_room(first, &Node_type, sizeof *first)); /* each takes as much as is told */
        assert_within(room, live, 1, 2);
        assert_true(counted.peak_live_bytes >= live && counted.peak_room_bytes >= room);
#ifndef CHECKED /* in which some strategies leave all memory to the sanitizer's malloc */
        assert_within(footprint_bytes(), room, 0.99, 2);
        assert_within(census_resident() - resident_before, room, 0.95, 2);
        assert_within(counted.peak_footprint_bytes, room, 0.99, 2);
#endif
    }
}

/* ---- Numbers ---------------------------------------------------------------------------------------------------- */

/* Births of `length` nodes, each the only one, and `length` texts that are resized once. */
static __attribute__((noinline)) void churn(uint64_t length)
{
    for (uint64_t i = 0; i < length; i++) {
        local(Node) node = new(Node);
        local(Bytes) bytes = i % 2 ? new_of(Bytes, 8 + i % 100) : new_unset(Bytes, 8 + i % 100);
        resize(bytes, Bytes, i % 1000);
        put(node->next, new(Node));
    }
}

static void assert_died(uint64_t before, uint64_t born)
{
    uint64_t live = census_live_objects();
    if (!DIES)
        assert_int_equal(live, before + born);
    else if (FORGOTTEN_PER_MILLE)
        assert_true(live * 1000 <= before * 1000 + born * FORGOTTEN_PER_MILLE);
    else
        assert_int_equal(live, before);
}

static void births_are_deaths_and_what_is_alive(void **state)
{
    (void)state;
    enum { ROUNDS = 10000 };
    (void)collect();
    uint64_t objects = census_live_objects(), births = counted.allocations, resizes = counted.resizes;
    region {
        churn(ROUNDS);
    }
    (void)collect();
    assert_int_equal(counted.allocations - births, 3 * ROUNDS);
    assert_int_equal(counted.resizes - resizes, ROUNDS);
    assert_died(objects, 3 * ROUNDS);
    assert_int_equal(counted.allocations - counted.frees, census_live_objects());
}

static void bytes_follow_a_resize(void **state)
{
    (void)state;
    region {
        local(Bytes) bytes = new_of(Bytes, 100);
        uint64_t allocated = counted.allocated_bytes;
        static const size_t lengths[] = { 1000, 10, 1000000, 3000000, 7 };
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            resize(bytes, Bytes, lengths[i]);
            assert_true(census_is_live(bytes));
            assert_int_equal(objects_find(bytes)->bytes, sizeof *bytes + lengths[i]);
        }
        assert_int_equal(counted.allocated_bytes - allocated, 900 + 999990 + 2000000);
    }
}

static __attribute__((noinline)) void some_die_with_last_words(uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        local(Mortal) mortal = new(Mortal);
        put(mortal->held, chain(10));
    }
}

static void deaths_within_finalizers_are_counted(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    uint64_t objects = census_live_objects();
    region {
        some_die_with_last_words(COUNT);
    }
    (void)collect();
    assert_int_equal(counted.finalized, words_said);
    assert_int_equal(counted.allocations - counted.frees, census_live_objects());
    (void)collect(); /* what a finalizer made is garbage only after the collection that ran it */
    assert_died(objects, 11 * COUNT + words_said);
}

/* ---- Cascades --------------------------------------------------------------------------------------------------- */

static __attribute__((noinline)) void drop_pairs(uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        local(Twin) one = new(Twin);
        local(Twin) two = new(Twin);
        set(one->other, two);
        set(two->other, one);
    }
}

/* Where owners are counted. */
static void what_dies_with_another_is_one_cascade(void **state)
{
    (void)state;
    enum { LENGTH = 1000, PAIRS = 1000 };
    local(Node) first = chain(LENGTH);
    uint64_t before = counted.pauses[PAUSE_CASCADE];
    drop(first);
    assert_int_equal(counted.pauses[PAUSE_CASCADE] - before, COUNTS);
    before = counted.pauses[PAUSE_CASCADE];
    region some_die_with_last_words(10);
    assert_int_equal(counted.pauses[PAUSE_CASCADE] - before, COUNTS ? 10 : 0);
    before = counted.pauses[PAUSE_CASCADE];
    drop_pairs(PAIRS);
    (void)collect();
    assert_int_equal(counted.pauses[PAUSE_CASCADE], before);
}

/* ---- Records ---------------------------------------------------------------------------------------------------- */

enum { PLACES = 3000, STEPS = 300000 };

/* Where no object ever lies: some addresses beside each other, some far apart, so that entries get in each other's way. */
static void *place(uint64_t number)
{
    uint64_t group = number / 24, within = number % 24;
    return (void *)(uintptr_t)(8 + (group % 3 ? (group + 1000) * 4096 : group * 272) + within * 16);
}

static void step(uint64_t *born, uint64_t here, uint64_t there, uint64_t now)
{
    if (!born[here]) {
        assert_null(objects_find(place(here)));
        born[here] = objects_add(place(here))->birth;
    } else if (!born[there] && now % 3 == 0) {
        assert_true(objects_move(objects_find(place(here)), place(there)));
        born[there] = born[here];
        born[here] = 0;
    } else {
        assert_null(objects_add(place(here)));
        objects_remove(objects_find(place(here)));
        born[here] = 0;
    }
}

static void records_follow_a_random_program(void **state)
{
    (void)state;
    static uint64_t born[PLACES]; /* the number of its birth; 0: there is nothing */
    uint64_t before = census_live_objects(), now = 0;
    Random random = random_salted(1);
    for (uint64_t i = 0; i < STEPS; i++)
        step(born, random_below(&random, PLACES), random_below(&random, PLACES), i);
    for (uint64_t i = 0; i < PLACES; i++) {
        const Record *record = objects_find(place(i));
        assert_int_equal(record ? record->birth : 0, born[i]);
        now += record != NULL;
    }
    assert_int_equal(census_live_objects(), before + now);
    uint64_t last = UINT64_MAX;
    for (; now > 0; now--) {
        Record *record = objects_youngest();
        assert_true(record->birth < last);
        last = record->birth;
        objects_remove(record);
    }
    assert_int_equal(census_live_objects(), before);
}

/* ---- Pauses ----------------------------------------------------------------------------------------------------- */

static void pass_ns(long least_ns)
{
    struct timespec begun, now;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - begun.tv_sec) * 1000000000 + now.tv_nsec - begun.tv_nsec < least_ns);
}

/* The numbers of the totals' row. */
typedef struct Totals {
    unsigned long long pauses, listed, floor_ns, total_ns, longest_ns;
} Totals;

static Totals totals(void)
{
    char text[512];
    Totals read = { 0 };
    FILE *out = fmemopen(text, sizeof text, "w");
    pauses_write_totals(out);
    fclose(out);
    assert_int_equal(sscanf(strchr(text, '\n'), "%llu,%llu,%llu,%llu,%llu", &read.pauses, &read.listed, &read.floor_ns,
                            &read.total_ns, &read.longest_ns), 5);
    return read;
}

/* Each kind twice nested in a pause of 2 ms; then a hundred thousand that are too short; then more than the list can hold. */
static void pauses_are_all_counted_and_the_long_ones_listed(void **state)
{
    (void)state;
    counted_clock_pauses();
    uint64_t collections = counted.pauses[PAUSE_COLLECTION];
    pause_begin();
    pause_begin();
    pass_ns(2000000);
    pause_end(PAUSE_CASCADE);
    pause_end(PAUSE_COLLECTION);
    assert_int_equal(counted.pauses[PAUSE_COLLECTION], collections + 1);
    Totals one = totals();
    assert_int_equal(one.pauses, 1);
    assert_int_equal(one.listed, 1);
    assert_true(one.longest_ns >= 2000000 && one.total_ns == one.longest_ns);
    for (int i = 0; i < 100000; i++) {
        pause_begin();
        pause_end(PAUSE_CASCADE);
    }
    Totals many = totals();
    assert_int_equal(many.pauses, 100001);
    assert_true(many.listed < 1000 && many.floor_ns == 1000); /* few of them were interrupted */
    for (int i = 0; i < 20000; i++) {
        pause_begin();
        pass_ns(1100);
        pause_end(PAUSE_RESET);
    }
    Totals full = totals();
    assert_int_equal(full.pauses, 120001);
    assert_true(full.floor_ns >= 2000 && full.listed < 8192 && full.listed >= 1);
}

/* ---- Damage ----------------------------------------------------------------------------------------------------- */

#ifdef COUNTING_H
/* Two come to own what has one owner: the second lets go of the dead. */
static __attribute__((unused)) void let_go_twice(void)
{
    local(Node) one = new(Node);
    local(Node) two = new(Node);
    put(one->next, new(Node));
    put(two->next, one->next);
    drop(one);
    drop(two);
}

static void let_go_of_a_slot_twice(void)
{
    local(Mortal) one = new(Mortal);
    local(Mortal) two = new(Mortal);
    put(one->held, new(Node));
    put(two->held, one->held);
    put(one->held, NULL);
    put(two->held, NULL);
}

static void let_a_borrowed_one_go(void)
{
    local(Node) owner = new(Node);
    Node *borrowed = owner;
    drop(owner);
    drop(borrowed);
}

static void overwrite_a_head(void)
{
    local(Node) node = new(Node);
    *counting_head(node) = 0;
}

static void damage_is_found_and_said(void **state)
{
    (void)state;
    assert_found_damaged(let_go_of_a_slot_twice, "an owner too few");
    assert_found_damaged(let_a_borrowed_one_go, "an owner too few");
    assert_found_damaged(overwrite_a_head, "of unknown type");
    assert_found_damaged(overwrite_a_head, "whose head is 0,");
#ifndef CHECKED /* in which the sanitizer says it first: the dead one is read */
    assert_found_damaged(let_go_twice, "which is no object that is alive");
#endif
}
#endif

/* ---- The memory profiler ---------------------------------------------------------------------------------------- */

enum { PLANTED = 1000, PLANTED_LINE = __LINE__ + 7 };

static __attribute__((noinline)) void plant_leaks(void)
{
    for (int i = 0; i < PLANTED; i++) {
        local(Twin) one = NULL;
        local(Twin) two = NULL;
        put(one, new(Twin)), put(two, new(Twin)); /* both are born in this line */
        set(one->other, two);
        set(two->other, one);
    }
}

/* How many objects leaks.csv says are left of those that were planted; none when it has no such row. */
static unsigned long planted_that_are_left(const char *file)
{
    char line[512], wanted[128];
    unsigned long objects = 0, bytes;
    snprintf(wanted, sizeof wanted, "Twin,\"tests/counted.c\",%d,", PLANTED_LINE);
    FILE *in = fopen(file, "r");
    assert_non_null(in);
    while (fgets(line, sizeof line, in))
        if (strncmp(line, wanted, strlen(wanted)) == 0) {
            assert_int_equal(sscanf(line + strlen(wanted), "%lu,%lu", &objects, &bytes), 2);
            assert_int_equal(bytes, objects * sizeof(Twin));
        }
    fclose(in);
    return objects;
}

/* Once in a process: the files are those of its end. */
static void a_planted_leak_is_named_with_its_type_and_line(void **state)
{
    (void)state;
    char folder[] = "/tmp/counted.XXXXXX", file[64];
    assert_non_null(mkdtemp(folder));
    assert_null(profile_open(PROFILE_OBJECTS, folder));
    profile_begin();
    plant_leaks();
    assert_null(profile_end());
    snprintf(file, sizeof file, "%s/leaks.csv", folder);
    unsigned long left = planted_that_are_left(file);
    static const char *const files[] = { "leaks.csv", "census.csv", "timeline.csv" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(file, sizeof file, "%s/%s", folder, files[i]);
        assert_int_equal(unlink(file), 0);
    }
    rmdir(folder);
#if collects_cycles
    assert_within(left, 2 * PLANTED, 0, FORGOTTEN_PER_MILLE / 1e3);
#else
    assert_int_equal(left, 2 * PLANTED);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_peak_was_held),
        cmocka_unit_test(forty_four_megabytes_read_forty_four),
        cmocka_unit_test(births_are_deaths_and_what_is_alive),
        cmocka_unit_test(bytes_follow_a_resize),
        cmocka_unit_test(deaths_within_finalizers_are_counted),
        cmocka_unit_test(what_dies_with_another_is_one_cascade),
        cmocka_unit_test(records_follow_a_random_program),
#ifdef COUNTING_H
        cmocka_unit_test(damage_is_found_and_said),
#endif
        cmocka_unit_test(a_planted_leak_is_named_with_its_type_and_line),
        cmocka_unit_test(pauses_are_all_counted_and_the_long_ones_listed),
    };
    heap_open();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    heap_close();
    return failed;
}
