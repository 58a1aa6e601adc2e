/* counting: reference counts over the pool, and death without recursion. What refcount, refcount_cycle and stream share.
 *
 * Invariant: an object's count is the number of owners it has; it dies in the very release that takes the last one away.
 *
 * An object stands behind an 8-byte head. A strategy that keeps more about an object defines counting_prefix(type), so many
 * bytes before the head, and is told of births, moves and deaths through counting_born, counting_moved and
 * counting_dying(object, type), and through counting_spared(object) of an object that lost an owner and kept another.
 *
 * Death needs no memory and never recurses: an object whose count is zero has no use for it, so the dying are a stack
 * threaded through their heads. Each is popped once, lets its references go, and is freed; parents come before children, and
 * the first child before the second. Memory is given back in that order, so that a structure that is built again in the
 * order of its death finds its memory in a row. */
#ifndef COUNTING_H
#define COUNTING_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "parts/pool.h"
#include "parts/type.h"

#ifndef counting_prefix
#define counting_prefix(type) ((void)(type), (size_t)0)
#define counting_born(object, type) ((void)0)
#define counting_moved(object, type) ((void)0)
#define counting_spared(object) ((void)0)
#define counting_dying(object, type) ((void)0)
#endif

/* A head is one word: the type in the highest 16 bits; below them the count of the living, or, of the dying, the address of the
 * next one to die. One word, so that no load ever waits for two stores. */
typedef uint64_t __attribute__((may_alias)) CountingHead;

enum { COUNTING_TYPE_SHIFT = 48 }; /* user addresses are shorter, on x86-64 and AArch64 */

#define COUNTING_COUNT_MASK ((UINT64_C(1) << COUNTING_TYPE_SHIFT) - 1)

/* All types are constants of one file, so they stand close together: their distance, in units of 8 bytes, fits 16 bits. */
static const Type counting_type_base = { .name = "none" };

static inline CountingHead *counting_head(void *object)
{
    return (CountingHead *)object - 1;
}

static inline CountingHead counting_new_head(const Type *type)
{
    intptr_t distance = ((intptr_t)type - (intptr_t)&counting_type_base) >> 3;
    return (CountingHead)distance << COUNTING_TYPE_SHIFT | 1;
}

static inline const Type *counting_type(void *object)
{
    intptr_t distance = (int64_t)*counting_head(object) >> COUNTING_TYPE_SHIFT;
    return (const Type *)((intptr_t)&counting_type_base + distance * 8);
}

static inline uint64_t counting_count(void *object)
{
    return *counting_head(object) & COUNTING_COUNT_MASK;
}

static inline size_t counting_block_size(const Type *type, size_t object_size)
{
    return counting_prefix(type) + sizeof(CountingHead) + object_size;
}

static inline void *counting_allocate(const Type *type, size_t size)
{
    char *block = pool_take(counting_block_size(type, size));
    void *object = block + counting_prefix(type) + sizeof(CountingHead);
    *counting_head(object) = counting_new_head(type);
    if (counting_block_size(type, size) <= POOL_LARGEST) /* larger ones come zero */
        memset(object, 0, size);
    counting_born(object, type);
    return object;
}

/* In a checked build, resizing what somebody else holds ends the program: that owner would be left with freed memory. */
static inline void counting_demand_sole_owner(void *object)
{
#ifdef CHECKED
    if (counting_count(object) != 1)
        abort();
#else
    (void)object;
#endif
}

static inline void *counting_reallocate(void *object, const Type *type, size_t old_size, size_t size)
{
    size_t before = counting_prefix(type) + sizeof(CountingHead);
    counting_demand_sole_owner(object);
    char *block = pool_resize((char *)object - before, before + old_size, before + size);
    object = block + before;
    if (size > old_size)
        memset((char *)object + old_size, 0, size - old_size);
    counting_moved(object, type);
    return object;
}

static inline void counting_free(void *object, const Type *type)
{
    char *block = (char *)counting_head(object) - counting_prefix(type);
    pool_give(block, counting_block_size(type, type_object_size(type, object)));
}

/* ---- Death ------------------------------------------------------------------------------------------------------ */

/* One owner less; true: it was the last. */
static inline bool counting_let_go(void *object)
{
    return (--*counting_head(object) & COUNTING_COUNT_MASK) == 0;
}

static inline void counting_push(void *dying, void **top)
{
    *counting_head(dying) |= (uintptr_t)*top;
    *top = dying;
}

static inline void *counting_pop(void **top)
{
    void *dying = *top;
    *top = (void *)(uintptr_t)counting_count(dying);
    return dying;
}

/* What an empty slot stands for on death, with more owners than one: with it, "is there a child" and "is this its last
 * owner" are one branch, not two that no processor predicts. */
static struct {
    CountingHead head;
    uint64_t body[1];
} counting_nobody = { COUNTING_COUNT_MASK, { 0 } };

static inline void counting_bury_child(AnyReference *slot, void *top)
{
    void *child = *slot ? *slot : counting_nobody.body;
    CountingHead head = *counting_head(child);
    if ((head & COUNTING_COUNT_MASK) == 1) {
        *counting_head(child) = head - 1;
        counting_push(child, top);
    } else if (*slot) {
        *counting_head(child) = head - 1;
        counting_spared(child);
    }
}

/* Whether objects of this type can stand in a row: all of one size, which a chunk serves. */
static inline bool counting_makes_rows(const Type *type)
{
    return !type->element_size && counting_block_size(type, type->size) <= POOL_SERVES;
}

/* Neighbours that died one after the other, to be given back together. */
typedef struct CountingRow {
    char *first, *end;
} CountingRow;

static inline void counting_give_row(CountingRow *row, size_t size)
{
    if (row->first + size == row->end)
        pool_give_lone(row->first, size);
    else if (row->first != row->end)
        pool_give_row(row->first, row->end);
}

static inline void counting_free_in_row(CountingRow *row, void *object, const Type *type)
{
    char *block = (char *)counting_head(object) - counting_prefix(type);
    size_t size = pool_block_size(counting_block_size(type, type->size));
    if (block == row->end) {
        row->end += size;
    } else if (block + size == row->first) {
        row->first = block;
    } else {
        counting_give_row(row, size);
        *row = (CountingRow){ block, block + size };
    }
}

/* Buries an object of this type whose count is zero, and then the top of the stack as long as that is of this type too.
 * Compiled for every type, so that its fields and its size are constants. Returns the new top. */
static inline __attribute__((always_inline)) void *counting_bury_as(const Type *type, void *dead, void *top)
{
    CountingRow row = { NULL, NULL };
    for (;;) {
        counting_dying(dead, type);
        type_visit(type, dead, counting_bury_child, &top);
        if (counting_makes_rows(type))
            counting_free_in_row(&row, dead, type);
        else
            counting_free(dead, type);
        if (!top || counting_type(top) != type)
            break;
        dead = counting_pop(&top);
    }
    if (counting_makes_rows(type))
        counting_give_row(&row, pool_block_size(counting_block_size(type, type->size)));
    return top;
}

static __attribute__((noinline)) void counting_die(void *object)
{
    const Type *type = counting_type(object);
    if (!type_has_references(type)) {
        counting_dying(object, type);
        counting_free(object, type);
        return;
    }
    void *top = counting_type(object)->bury(object, NULL);
    while (top) {
        void *dead = counting_pop(&top);
        top = counting_type(dead)->bury(dead, top);
    }
}

#define bury_as(type, dead, top) counting_bury_as(type, dead, top)

static inline void counting_retain(void *object)
{
    if (object)
        ++*counting_head(object);
}

static inline void counting_release(void *object)
{
    if (!object)
        return;
    if (counting_let_go(object))
        counting_die(object);
    else
        counting_spared(object);
}

#define reallocate(object, type, old_size, size) counting_reallocate(object, type, old_size, size)
#define retain(object) counting_retain(object)
#define release(object) counting_release(object)

#endif
