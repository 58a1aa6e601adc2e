/* suspects: the table of the objects that may be in a dead cycle. What refcount_cycle and refcount_trial share; they differ in
 * whom they suspect and when they look (parts/garbage.h says how).
 *
 * Invariant: every suspect stands in the table once and knows its index. Where not all objects with references are suspects
 * (some_are_no_suspects), those that are have a flag in their heads: who is not has nothing written at birth or asked on
 * death. The order is that of being suspected, so that objects born in a row are looked at in a row. What leaves
 * the table leaves a hole (NULL) and moves nobody; holes close when the next collection passes by, or when the table is
 * full. It grows if that does not make a quarter of it free.
 *
 * The table has three parts, [ old | middle | young ], and who is added is young. To promote is to move a boundary.
 * refcount_trial has no generations, and everything in it is young. */
#ifndef SUSPECTS_H
#define SUSPECTS_H

#include <stdint.h>

typedef struct SuspectPrefix {
    uint32_t index; /* in the table */
    uint32_t unused;
} SuspectPrefix;

enum {
    NOT_SUSPECT = UINT32_MAX,
    SUSPECTS_AT_FIRST = 4096,   /* room of the first table; whole pages */
    SUSPECTS_AT_ONCE = 8,
    SUSPECTS_MOST = 1 << 27,    /* so that an index fits a mark (parts/garbage.h) */
};

/* Only an object with references can be in a cycle. */
#define counting_prefix(type) (type_has_references(type) ? sizeof(SuspectPrefix) : 0)
#define counting_moved(object, type) (type_has_references(type) ? suspects_follow(object) : (void)0)

static inline void suspects_follow(void *object);

#include "parts/counting.h"

#ifdef some_are_no_suspects
#define SUSPECT_FLAG COUNTING_SUSPECTED
#else
#define SUSPECT_FLAG UINT64_C(0)
#endif

static PER_HEAP struct {
    void **table;
    int32_t *marks;         /* what a collection finds out of each (parts/garbage.h) */
    uint32_t middle, young; /* where these parts begin */
    uint32_t length, capacity;
    bool collecting;
} suspects;

static inline SuspectPrefix *suspect_prefix(void *object)
{
    return (SuspectPrefix *)counting_head(object) - 1;
}

static inline bool may_be_suspect(void *object)
{
    return object && type_has_references(counting_type(object));
}

/* Of one that may be a suspect. */
static inline bool is_suspect(void *object)
{
    return !SUSPECT_FLAG || *counting_head(object) & SUSPECT_FLAG;
}

static inline uint32_t suspect_index(void *object)
{
    return is_suspect(object) ? suspect_prefix(object)->index : NOT_SUSPECT;
}

/* ---- Room ------------------------------------------------------------------------------------------------------- */

static inline bool suspects_are_holes(void *const *entries)
{
    uintptr_t any = 0;
    for (int i = 0; i < SUSPECTS_AT_ONCE; i++)
        any |= (uintptr_t)entries[i];
    return any == 0;
}

/* The next entry from `from` on that may be none. Where everything dies young the whole table is holes: they are skipped eight
 * at once. */
static inline uint32_t suspects_skip_holes(uint32_t from, uint32_t to)
{
    while (from + SUSPECTS_AT_ONCE <= to && suspects_are_holes(suspects.table + from))
        from += SUSPECTS_AT_ONCE;
    return from;
}

/* Moves what stands in [from, to) down to `at`, in order and without the holes; returns where it ends. */
static uint32_t suspects_slide(uint32_t from, uint32_t to, uint32_t at)
{
    for (uint32_t i = from; i < to; i++) {
        if (!suspects.table[i])
            i = suspects_skip_holes(i, to);
        void *object = i < to ? suspects.table[i] : NULL;
        if (!object)
            continue;
        if (at != i) {
            suspects.table[at] = object;
            suspect_prefix(object)->index = at;
        }
        at++;
    }
    return at;
}

static void suspects_close_holes(void)
{
    uint32_t middle = suspects_slide(0, suspects.middle, 0);
    uint32_t young = suspects_slide(suspects.middle, suspects.young, middle);
    suspects.length = suspects_slide(suspects.young, suspects.length, young);
    suspects.middle = middle;
    suspects.young = young;
}

static void suspects_take(uint32_t capacity)
{
    suspects.table = system_take(capacity * sizeof *suspects.table);
    suspects.marks = system_take(capacity * sizeof *suspects.marks);
    suspects.capacity = capacity;
}

static void suspects_grow(void)
{
    size_t now = suspects.capacity, then = 2 * now;
    if (then > SUSPECTS_MOST)
        out_of_memory(then * sizeof *suspects.table);
    suspects.table = system_resize(suspects.table, now * sizeof *suspects.table, then * sizeof *suspects.table);
    suspects.marks = system_resize(suspects.marks, now * sizeof *suspects.marks, then * sizeof *suspects.marks);
    suspects.capacity = (uint32_t)then;
}

/* A collection knows objects by their index: while one is under way nobody is moved. */
static __attribute__((noinline)) void suspects_make_room(void)
{
    if (!suspects.capacity)
        suspects_take(SUSPECTS_AT_FIRST);
    else if (!suspects.collecting)
        suspects_close_holes();
    if (suspects.length > suspects.capacity / 4 * 3)
        suspects_grow();
}

/* ---- Coming and going ------------------------------------------------------------------------------------------- */

static inline void suspects_place(void *object, uint32_t index)
{
    suspects.table[index] = object;
    suspect_prefix(object)->index = index;
}

static inline void suspects_add(void *object)
{
    if (__builtin_expect(suspects.length == suspects.capacity, 0))
        suspects_make_room();
    suspects_place(object, suspects.length++);
    *counting_head(object) |= SUSPECT_FLAG;
}

static inline void suspects_remove(void *object)
{
    suspects.table[suspect_prefix(object)->index] = NULL;
    *counting_head(object) &= ~SUSPECT_FLAG;
}

/* The object has moved. */
static inline void suspects_follow(void *object)
{
    if (is_suspect(object))
        suspects.table[suspect_prefix(object)->index] = object;
}

/* What stands at the end of the table from this index on is holes: they are given up. */
static void suspects_cut(uint32_t length)
{
    suspects.length = length;
    suspects.young = suspects.young < length ? suspects.young : length;
    suspects.middle = suspects.middle < length ? suspects.middle : length;
}

static void suspects_cut_holes(void)
{
    uint32_t length = suspects.length;
    while (length && !suspects.table[length - 1])
        length--;
    suspects_cut(length);
}

static void suspects_close(void)
{
    if (suspects.capacity) {
        system_give(suspects.table, suspects.capacity * sizeof *suspects.table);
        system_give(suspects.marks, suspects.capacity * sizeof *suspects.marks);
    }
    memset(&suspects, 0, sizeof suspects);
}

#endif
