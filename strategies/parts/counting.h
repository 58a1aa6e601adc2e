/* counting: reference counts over the pool, and death without recursion. What refcount, refcount_cycle and stream share.
 *
 * Invariant: an object's count is the number of owners it has; it dies in the very release that takes the last one away.
 *
 * An object stands behind an 8-byte head. A strategy that keeps more about an object defines counting_prefix(type), so many
 * bytes before the head, and is told of births, moves and deaths through counting_born, counting_moved and
 * counting_dying(object, type).
 *
 * Death needs no memory and never recurses: an object whose count is zero has no use for it, so the dying are a stack
 * threaded through their heads. Each is popped once, lets its references go, and is freed. */
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
#define counting_dying(object, type) ((void)0)
#endif

/* A head is one word: the type in the highest 16 bits; below them the count of the living, or, of the dying, the address of the
 * next one to die. One word, so that no load ever waits for two stores. */
typedef uint64_t __attribute__((may_alias)) CountingHead;

enum { COUNTING_TYPE_SHIFT = 48 }; /* user addresses are shorter, on x86-64 and AArch64 */

#define COUNTING_COUNT_MASK ((UINT64_C(1) << COUNTING_TYPE_SHIFT) - 1)

/* All types are constants of one file, so they stand close together: their distance, in units of 8 bytes, fits 16 bits. */
static const Type counting_no_type = { .name = "none" };

static inline CountingHead *counting_head(void *object)
{
    return (CountingHead *)object - 1;
}

static inline CountingHead counting_new_head(const Type *type)
{
    intptr_t distance = ((intptr_t)type - (intptr_t)&counting_no_type) / 8;
    return (CountingHead)distance << COUNTING_TYPE_SHIFT | 1;
}

static inline const Type *counting_type(void *object)
{
    intptr_t distance = (int64_t)*counting_head(object) >> COUNTING_TYPE_SHIFT;
    return (const Type *)((intptr_t)&counting_no_type + distance * 8);
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
    if (size <= POOL_SERVES) /* larger ones come zero */
        memset(object, 0, size);
    counting_born(object, type);
    return object;
}

static inline void *counting_reallocate(void *object, const Type *type, size_t old_size, size_t size)
{
    size_t before = counting_prefix(type) + sizeof(CountingHead);
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

/* What an empty slot stands for on death: with it, "is there a child" and "was that its last owner" are one branch, not two
 * that no processor predicts. */
static struct {
    CountingHead head;
    uint64_t body[1];
} counting_nobody = { COUNTING_COUNT_MASK, { 0 } };

static inline void counting_bury(AnyReference *slot, void *top)
{
    void *child = *slot ? *slot : counting_nobody.body;
    if (counting_let_go(child))
        counting_push(child, top);
}

static __attribute__((noinline)) void counting_die(void *object)
{
    void *top = NULL;
    counting_push(object, &top);
    do {
        void *dead = counting_pop(&top);
        const Type *type = counting_type(dead);
        counting_dying(dead, type);
        type_visit(type, dead, counting_bury, &top);
        counting_free(dead, type);
    } while (top);
}

static inline void counting_retain(void *object)
{
    if (object)
        ++*counting_head(object);
}

static inline void counting_release(void *object)
{
    if (object && counting_let_go(object))
        counting_die(object);
}

#define reallocate(object, type, old_size, size) counting_reallocate(object, type, old_size, size)
#define retain(object) counting_retain(object)
#define release(object) counting_release(object)

#endif
