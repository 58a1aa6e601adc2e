/* counting: reference counts over the pool, and death without recursion. What refcount, refcount_cycle, refcount_trial,
 * refcount_malloc and stream share.
 *
 * Invariant: an object's count is the number of owners it has; it dies in the very release that takes the last one away.
 *
 * An object stands behind an 8-byte head. A strategy that keeps more about an object defines counting_prefix(type), so many
 * bytes before the head, and is told of births, moves and deaths through counting_born, counting_moved and
 * counting_died(object, type), and through counting_spared(object) of an object that lost an owner and kept another. If it sets
 * the flag COUNTING_SUSPECTED in a head, counting_acquit(object) is to clear it when that object dies.
 *
 * Death needs no memory and never recurses: an object whose count is zero has no use for it, so the dying are a stack
 * threaded through their heads. Each is popped once, lets its references go, and is freed; parents come before children, and
 * the first child before the second. Memory is given back in that order, in rows of neighbours, so that a structure that is
 * built again in the order of its death finds its memory in a row.
 *
 * An object with a finalizer, or to which somebody refers weakly, has a flag in its head, which makes its count look like that
 * of an object with many owners: only what looks so is asked for the flags, and plain objects pay nothing. One that only weak
 * references know when it loses its last owner dies like others, once these are emptied. One with a finalizer is condemned: it
 * waits on a stack of its own, until nothing else is dying, for its finalizer to be run, with one owner meanwhile. If that was
 * the only one, its weak references are emptied and it dies; else it lives on. While a finalizer runs, the condemned wait for
 * its end, so that finalizers do not recurse either; what has none dies at once. */
#ifndef COUNTING_H
#define COUNTING_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "parts/census.h"
#include "parts/damage.h"
#include "parts/per_heap.h"
#include "parts/pool.h"
#include "parts/type.h"
#include "parts/weakrefs.h"

#ifndef counting_prefix
#define counting_prefix(type) ((void)(type), (size_t)0)
#define counting_born(object, type) ((void)0)
#define counting_moved(object, type) ((void)0)
#define counting_spared(object) ((void)0)
#define counting_died(object, type) ((void)0)
#endif
#ifndef counting_acquit
#define counting_acquit(object) ((void)0)
#endif

/* How a head is read and changed, and what is to be done around the table of weak references. Where several threads may own an
 * object, its strategy defines them. */
#ifndef counting_read
#define counting_read(head) (*(head))
#define counting_up(head) ((void)++*(head))
#define counting_down(head) (--*(head)) /* what is left */
#define counting_flag(head, bits) ((void)(*(head) |= (bits)))
#define counting_unflag(head, bits) ((void)(*(head) &= ~(bits)))
#define weakrefs_lock() ((void)0)
#define weakrefs_unlock() ((void)0)
#endif

/* ---- Heads ------------------------------------------------------------------------------------------------------- */

/* One word, so that no load ever waits for two stores: the type in the highest 16 bits; below them the flags and the count of
 * the living; or, of the dying, the address of the next one to die, whole where there are no flags, in units of 8 bytes in
 * the place of the count where there are. */
typedef uint64_t __attribute__((may_alias)) CountingHead;

enum { COUNTING_TYPE_SHIFT = 48 }; /* user addresses are shorter, on x86-64 and AArch64 */

#define COUNTING_BIT(n)       (UINT64_C(1) << (n))
#define COUNTING_TO_FINALIZE  COUNTING_BIT(47)       /* its finalizer has not run yet */
#define COUNTING_WEAKLY_HELD  COUNTING_BIT(46)       /* it has an entry among the weakrefs */
#define COUNTING_CONDEMNED    COUNTING_BIT(45)       /* it has no owner, and waits for its finalizer */
#define COUNTING_SUSPECTED    COUNTING_BIT(44)       /* it stands among the suspects, where not every object does */
#define COUNTING_OWNERS       (COUNTING_BIT(44) - 1)
#define COUNTING_BELOW_TYPE   (COUNTING_BIT(48) - 1) /* flags and owners */

/* All types are constants of one file, so they stand close together: their distance, in units of 8 bytes, fits 16 bits. */
static const Type counting_type_base = { .name = "none" };

static const Type Weak_type; /* the words define it */

static inline CountingHead *counting_head(void *object)
{
    return (CountingHead *)object - 1;
}

static inline CountingHead counting_new_head(const Type *type)
{
    intptr_t distance = ((intptr_t)type - (intptr_t)&counting_type_base) >> 3;
    return (CountingHead)distance << COUNTING_TYPE_SHIFT | (type->finalize ? COUNTING_TO_FINALIZE : 0) | 1;
}

static inline const Type *counting_type(void *object)
{
    intptr_t distance = (int64_t)counting_read(counting_head(object)) >> COUNTING_TYPE_SHIFT;
    return (const Type *)((intptr_t)&counting_type_base + distance * 8);
}

/* How many owners a living object has. */
static inline uint64_t counting_count(void *object)
{
    return counting_read(counting_head(object)) & COUNTING_OWNERS;
}

static inline bool counting_is_finalizable(void *object)
{
    return counting_read(counting_head(object)) & COUNTING_TO_FINALIZE;
}

static inline bool counting_is_weakly_held(void *object)
{
    return counting_read(counting_head(object)) & COUNTING_WEAKLY_HELD;
}

/* It has no owner, and its finalizer waits for another's end. Nothing else is ever dying while a finalizer runs. */
static inline bool counting_is_condemned(void *object)
{
    return counting_read(counting_head(object)) & COUNTING_CONDEMNED;
}

#if defined(CHECKED) || defined(COUNTED)
enum { COUNTING_CHECKS = 1 };
#else
enum { COUNTING_CHECKS = 0 };
#endif

/* Tells the head, too: it may have been overwritten, and with it the type that it has. */
static _Noreturn __attribute__((noinline, cold, unused)) void counting_damaged(const char *what, void *object)
{
    char sentence[128];
    CountingHead head = *counting_head(object);
    snprintf(sentence, sizeof sentence, "%s, whose head is %#llx,", what, (unsigned long long)head);
    heap_damaged(sentence, object, head >> COUNTING_TYPE_SHIFT ? counting_type(object) : NULL);
}

/* In a checked build and in one that counts, letting go of what has no owner ends the program. */
static inline void counting_demand_owned(void *object)
{
    census_demand_alive(object);
    if (COUNTING_CHECKS && (counting_count(object) == 0 || counting_is_condemned(object)))
        counting_damaged("an owner too few: let go of what nobody owns", object);
}

/* Likewise, resizing what somebody else holds: that owner would be left with freed memory. */
static inline void counting_demand_sole_owner(void *object)
{
    if (COUNTING_CHECKS && counting_count(object) != 1)
        counting_damaged("resized while others hold it", object);
}

/* ---- Birth ------------------------------------------------------------------------------------------------------- */

static inline size_t counting_block_size(const Type *type, size_t object_size)
{
    return counting_prefix(type) + sizeof(CountingHead) + object_size;
}

static inline char *counting_block(void *object, const Type *type)
{
    return (char *)counting_head(object) - counting_prefix(type);
}

/* The object that a block is for, with its head. */
static inline void *counting_object_in(char *block, const Type *type)
{
    void *object = block + counting_prefix(type) + sizeof(CountingHead);
    *counting_head(object) = counting_new_head(type);
    return object;
}

static inline void *counting_allocate(const Type *type, size_t size)
{
    void *object = counting_object_in(pool_take(counting_block_size(type, size)), type);
    if (counting_block_size(type, size) <= POOL_LARGEST) /* larger ones come zero */
        memset(object, 0, size);
    counting_born(object, type);
    return object;
}

static inline void *counting_allocate_unset(const Type *type, size_t size)
{
    void *object = counting_object_in(pool_take_unset(counting_block_size(type, size)), type);
    memset(object, 0, type->size);
    counting_born(object, type);
    return object;
}

static inline void *counting_reallocate(void *object, const Type *type, size_t old_size, size_t size)
{
    counting_demand_sole_owner(object);
    size_t head = counting_block_size(type, 0);
    object = (char *)pool_resize(counting_block(object, type), head + old_size, head + size) + head;
    if (size > old_size)
        memset((char *)object + old_size, 0, size - old_size);
    counting_moved(object, type);
    return object;
}

/* ---- Weak references --------------------------------------------------------------------------------------------- */

static inline void counting_refer(Weak *weak)
{
    weakrefs_lock();
    weakrefs_join(weak, !counting_is_weakly_held(weak->target));
    counting_flag(counting_head(weak->target), COUNTING_WEAKLY_HELD);
    weakrefs_unlock();
}

/* What it refers to, unless that has no owner any more. */
static inline void *counting_target(Weak *weak)
{
    return weak->target && !counting_is_condemned(weak->target) ? weak->target : NULL;
}

/* All weak references to the object are empty from now on. (The last of them may have left it meanwhile, where there are other
 * threads.) */
static inline void counting_empty_weak(void *object)
{
    if (!counting_is_weakly_held(object))
        return;
    weakrefs_lock();
    if (counting_is_weakly_held(object)) {
        weakrefs_empty(object);
        counting_unflag(counting_head(object), COUNTING_WEAKLY_HELD);
    }
    weakrefs_unlock();
}

/* It dies: nothing is left of its flags. */
static inline void counting_clear_flags(void *object)
{
    counting_empty_weak(object);
    counting_acquit(object);
}

/* An object dies: if it is a weak reference, its target is told. */
static inline void counting_leave(void *object, const Type *type)
{
    Weak *weak = object;
    if (type == &Weak_type)
        weakrefs_lock();
    if (type == &Weak_type && weak->target && weakrefs_leave(weak))
        counting_unflag(counting_head(weak->target), COUNTING_WEAKLY_HELD);
    if (type == &Weak_type)
        weakrefs_unlock();
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static inline void counting_give(void *object, const Type *type)
{
    census_died(object);
    pool_give(counting_block(object, type), counting_block_size(type, type_object_size(type, object)));
}

/* Gives back an object's memory, and nothing else: its references are let go already, or with it. */
static inline void counting_free(void *object, const Type *type)
{
    counting_leave(object, type);
    counting_clear_flags(object);
    counting_give(object, type);
}

/* Whether objects of this type can stand in a row: all of one size, which a chunk serves. */
static inline bool counting_makes_rows(const Type *type)
{
    return !type->element_size && counting_block_size(type, type->size) <= POOL_SERVES;
}

/* What goes on dying in a row is fetched so many bytes ahead. Processors fetch ahead by themselves, but not beyond a page of
 * 4 KiB, and those who are to die are not known before the one that refers to them is there. Where a prefix is read on death,
 * too, that costs more than it brings: long chains took 0.7 of the time, but binary trees 1.04 to 1.1. */
enum { COUNTING_AHEAD = 4096 };

static inline void counting_fetch_ahead(const char *block, const Type *type)
{
    if (counting_prefix(type) == 0)
        __builtin_prefetch(block);
}

/* Neighbours that died one after the other, to be given back together. */
typedef struct CountingRow {
    char *first, *end;
} CountingRow;

static inline void counting_give_row(CountingRow *row, size_t block_size)
{
    if (row->first + block_size == row->end)
        pool_give_lone(row->first, block_size);
    else if (row->first != row->end)
        pool_give_row(row->first, row->end);
}

static inline void counting_give_in_row(CountingRow *row, void *object, const Type *type)
{
    char *block = counting_block(object, type);
    size_t size = pool_block_size(counting_block_size(type, type->size));
    census_died(object);
    if (block == row->end) {
        row->end += size;
        counting_fetch_ahead(block + COUNTING_AHEAD, type);
    } else if (block + size == row->first) {
        row->first = block;
        counting_fetch_ahead(block - COUNTING_AHEAD, type);
    } else {
        counting_give_row(row, size);
        *row = (CountingRow){ block, block + size };
    }
}

/* Bytes that an object takes with its head, after rounding. */
static inline size_t counting_room(void *object, const Type *type, size_t size)
{
    return pool_room(counting_block(object, type), counting_block_size(type, size));
}

/* ---- Death ------------------------------------------------------------------------------------------------------- */

static PER_HEAP struct {
    void *condemned; /* the top of a stack threaded through the heads */
    bool finalizing; /* a finalizer runs */
} counting;

/* The dying: a stack threaded through their heads; and in hand, above its top, one of the type that is being buried: it comes
 * next as a rule, and then its head has been neither written nor read a second time. */
typedef struct CountingDying {
    CountingHead own; /* the head of a plain object of that type with one owner */
    void *in_hand;    /* or NULL; its head still counts the owner that it lost */
    void *top;
} CountingDying;

/* head: the object's, of a count of zero. */
static inline void counting_push(CountingDying *dying, void *object, CountingHead head)
{
    *counting_head(object) = head | (uintptr_t)dying->top;
    dying->top = object;
}

static inline void counting_put_down(CountingDying *dying)
{
    if (dying->in_hand)
        counting_push(dying, dying->in_hand, dying->own - 1);
    dying->in_hand = NULL;
}

static inline void *counting_pop(void **top)
{
    void *dead = *top;
    *top = (void *)(uintptr_t)(*counting_head(dead) & COUNTING_BELOW_TYPE);
    return dead;
}

static void counting_condemn(void *object)
{
    counting_flag(counting_head(object), COUNTING_CONDEMNED | (uintptr_t)counting.condemned >> 3);
    counting.condemned = object;
}

static void *counting_pop_condemned(void)
{
    void *object = counting.condemned;
    counting.condemned = (void *)(uintptr_t)(counting_count(object) << 3);
    counting_unflag(counting_head(object), COUNTING_CONDEMNED | COUNTING_OWNERS);
    return object;
}

/* An object with flags has lost its last owner: true if nothing but its burial is left to be done. */
static __attribute__((noinline)) bool counting_is_plain_now(void *object)
{
    if (counting_is_finalizable(object)) {
        counting_condemn(object);
        return false;
    }
    counting_clear_flags(object);
    return true;
}

/* One owner less; true: it was the last, and nothing has been done about it. */
static inline bool counting_let_go(void *object)
{
    counting_demand_owned(object);
    return (counting_down(counting_head(object)) & COUNTING_OWNERS) == 0;
}

/* What an empty slot stands for on death, with no head that an object could have: with it, "is there a child" and "is this its
 * last owner" are one branch, not two that no processor predicts. */
static struct {
    CountingHead head;
    uint64_t body[1];
} counting_nobody = { 0, { 0 } };

/* One of another type, or with other owners, or with flags, loses an owner. */
static inline void counting_bury_other(void *child, CountingDying *dying)
{
    bool is_plain = (counting_read(counting_head(child)) & COUNTING_BELOW_TYPE) == 1;
    if (!counting_let_go(child)) {
        counting_spared(child);
    } else if (is_plain || counting_is_plain_now(child)) {
        counting_put_down(dying);
        counting_push(dying, child, *counting_head(child));
    }
}

static inline void counting_bury_child(AnyReference *slot, void *context)
{
    CountingDying *dying = context;
    void *child = *slot ? *slot : counting_nobody.body;
    if (counting_read(counting_head(child)) == dying->own) {
        counting_put_down(dying);
        dying->in_hand = child;
    } else if (*slot) {
        counting_bury_other(child, dying);
    }
}

/* The next to be buried if it is of the same type, else NULL. */
static inline void *counting_next(CountingDying *dying)
{
    void *next = dying->in_hand;
    dying->in_hand = NULL;
    if (next)
        return next;
    bool is_own = dying->top && *counting_head(dying->top) >> COUNTING_TYPE_SHIFT == dying->own >> COUNTING_TYPE_SHIFT;
    return is_own ? counting_pop(&dying->top) : NULL;
}

/* Buries an object of this type that nobody owns, and then the top of the stack as long as that is of this type too.
 * Compiled for every type, so that its fields and its size are constants. Returns the new top. */
static inline __attribute__((always_inline)) void *counting_bury_as(const Type *type, void *dead, void *top)
{
    CountingDying dying = { counting_new_head(type) & ~COUNTING_TO_FINALIZE, NULL, top };
    CountingRow row = { NULL, NULL };
    do {
        counting_died(dead, type);
        counting_leave(dead, type);
        type_visit(type, dead, counting_bury_child, &dying);
        if (counting_makes_rows(type))
            counting_give_in_row(&row, dead, type);
        else
            counting_give(dead, type);
    } while ((dead = counting_next(&dying)));
    if (counting_makes_rows(type))
        counting_give_row(&row, pool_block_size(counting_block_size(type, type->size)));
    return dying.top;
}

/* Buries an object whose count is zero, and all that dies of it but the condemned. */
static void counting_bury(void *dead)
{
    void *top = counting_type(dead)->bury(dead, NULL);
    while (top) {
        dead = counting_pop(&top);
        top = counting_type(dead)->bury(dead, top);
    }
}

/* Runs the object's finalizer unless it has run, with one owner more meanwhile. True: nobody owns the object now. */
static bool counting_finalize(void *object)
{
    if (counting_is_finalizable(object)) {
        bool within = counting.finalizing;
        counting.finalizing = true;
        counting_unflag(counting_head(object), COUNTING_TO_FINALIZE);
        counting_up(counting_head(object));
        counting_type(object)->finalize(object);
        census_finalized(object);
        counting.finalizing = within;
        return counting_let_go(object);
    }
    return counting_count(object) == 0;
}

/* Whether a finalizer runs. */
static inline bool counting_finalizing(void)
{
    return counting.finalizing;
}

/* Finalizes the condemned, and buries those that nobody owns then: at the end of whatever may have condemned some. */
static void counting_settle(void)
{
    while (counting.condemned && !counting.finalizing) {
        void *object = counting_pop_condemned();
        if (counting_finalize(object)) {
            counting_clear_flags(object);
            counting_bury(object);
        } else {
            counting_spared(object);
        }
    }
}

static __attribute__((noinline)) void counting_die_with_structure(void *object)
{
    pause_begin();
    if (!(counting_read(counting_head(object)) & COUNTING_BELOW_TYPE) || counting_is_plain_now(object))
        counting_bury(object);
    counting_settle();
    pause_end(PAUSE_CASCADE);
}

/* The object has lost its last owner. One without references and without flags takes nothing with it. */
/* Counts as: release */
static __attribute__((noinline)) void counting_die(void *object)
{
    const Type *type = counting_type(object);
    if (type_has_references(type) || (counting_read(counting_head(object)) & COUNTING_BELOW_TYPE)) {
        counting_die_with_structure(object);
    } else {
        counting_died(object, type);
        counting_free(object, type);
    }
}

static inline void counting_retain(void *object)
{
    if (object)
        counting_up(counting_head(object));
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

static void counting_close(void)
{
    pool_close();
    weakrefs_close();
    memset(&counting, 0, sizeof counting);
}

#define bury_as(type, dead, top) counting_bury_as(type, dead, top)
#define allocate_unset(type, size) counting_allocate_unset(type, size)
#define reallocate(object, type, old_size, size) counting_reallocate(object, type, old_size, size)
#define retain(object) counting_retain(object)
#define release(object) counting_release(object)
#define finalizes 1
#define weak_refer(weak) counting_refer(weak)
#define weak_target(weak) counting_target(weak)
#define object_room(object, type, size) counting_room(object, type, size)

#endif
