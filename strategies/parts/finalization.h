/* finalization: finalizers and weak references over libgc, whose own kinds of them promise less than the words do: its ordered
 * finalizers keep dead cycles for ever and free a chain one link a collection, its unordered ones run children before parents.
 *
 * So boehm keeps two tables that libgc does not scan: the objects with a finalizer to come, and the weak references. At the end
 * of every marking, while the world stands still, what is not marked is dead:
 *   1. weak references to the dead are emptied;
 *   2. dead objects with a finalizer leave the table. All that they reach is marked after all, and so lives through this
 *      collection intact; the walk finishes an object after what it reaches, and they become pending in the opposite order;
 *   3. weak references that are dead themselves are forgotten.
 * The pending are a root until their finalizers have run, soon after the collection; from then on they are plain objects.
 *
 * The walk reads objects word by word, as libgc does. It is linear in what it marks, and its stack is a table, too. */
#ifndef FINALIZATION_H
#define FINALIZATION_H

#include <gc.h>
#include <gc/gc_inline.h>
#include <gc/gc_mark.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parts/census.h"
#include "parts/system.h"
#include "parts/type.h"

typedef struct Finalizable {
    void *object;
    void (*finalize)(void *object);
} Finalizable;

/* An object whose words the walk is going through. */
typedef struct Walked {
    AnyReference *object;
    size_t left; /* words still to be looked at, from the first */
} Walked;

static struct {
    Finalizable *table; /* in the order of birth */
    size_t length, bytes;
    Weak **watched;
    size_t watched_length, watched_bytes;
    Finalizable *pending; /* libgc scans it; room for the whole table, so that no collection has to allocate */
    size_t pending_length, pending_capacity, next;
    bool is_running;
    Walked *walk;
    size_t walk_length, walk_bytes;
} finalization;

/* ---- Tables that libgc does not see ----------------------------------------------------------------------------- */

enum { FINALIZATION_UNIT = 64 << 10 }; /* bytes */

/* Room for used + more bytes in memory of the system's. */
static void *finalization_room(void *memory, size_t *bytes, size_t used, size_t more)
{
    if (used + more <= *bytes)
        return memory;
    size_t wanted = *bytes ? 2 * *bytes : FINALIZATION_UNIT;
    memory = *bytes ? system_resize(memory, *bytes, wanted) : system_take(wanted);
    *bytes = wanted;
    return memory;
}

/* The pending have room for all that are in the table, and for one more. */
static void finalization_room_for_pending(void)
{
    size_t needed = finalization.length + finalization.pending_length + 1;
    if (needed <= finalization.pending_capacity)
        return;
    Finalizable *larger = GC_MALLOC_UNCOLLECTABLE(2 * needed * sizeof *larger);
    size_t used = finalization.pending_length * sizeof *larger; /* read now: a collection may just have made some pending */
    if (used)
        memcpy(larger, finalization.pending, used);
    GC_FREE(finalization.pending);
    finalization.pending = larger;
    finalization.pending_capacity = 2 * needed;
}

/* The object's finalizer is to run before it dies. */
static __attribute__((noinline, unused)) void finalization_expect(void *object, const Type *type)
{
    finalization_room_for_pending();
    size_t used = finalization.length * sizeof *finalization.table;
    finalization.table = finalization_room(finalization.table, &finalization.bytes, used, sizeof *finalization.table);
    finalization.table[finalization.length++] = (Finalizable){ object, type->finalize };
}

/* The weak reference is to be emptied when its target is dead. */
static __attribute__((noinline, unused)) void finalization_watch(Weak *weak)
{
    size_t used = finalization.watched_length * sizeof(Weak *);
    finalization.watched = finalization_room(finalization.watched, &finalization.watched_bytes, used, sizeof(Weak *));
    finalization.watched[finalization.watched_length++] = weak;
}

/* ---- While the world stands still ------------------------------------------------------------------------------- */

static void finalization_empty_weak(void)
{
    for (size_t i = 0; i < finalization.watched_length; i++) {
        Weak *weak = finalization.watched[i];
        if (weak->target && !GC_is_marked(weak->target))
            weak->target = NULL;
    }
}

static void finalization_forget_weak(void)
{
    size_t kept = 0;
    for (size_t i = 0; i < finalization.watched_length; i++)
        if (finalization.watched[i]->target && GC_is_marked(finalization.watched[i]))
            finalization.watched[kept++] = finalization.watched[i];
    finalization.watched_length = kept;
}

/* Moves the dead behind the living, who keep their order. Returns how many are alive. */
static size_t finalization_part(void)
{
    Finalizable *dead = finalization.pending + finalization.pending_length;
    size_t alive = 0, dying = 0;
    for (size_t i = 0; i < finalization.length; i++)
        if (GC_is_marked(finalization.table[i].object))
            finalization.table[alive++] = finalization.table[i];
        else
            dead[dying++] = finalization.table[i];
    memcpy(finalization.table + alive, dead, dying * sizeof *dead);
    return alive;
}

static void finalization_mark(void *object)
{
    size_t used = finalization.walk_length * sizeof(Walked);
    size_t bytes;
    GC_set_mark_bit(object);
    bool is_scanned = GC_get_kind_and_size(object, &bytes) != GC_I_PTRFREE;
    finalization.walk = finalization_room(finalization.walk, &finalization.walk_bytes, used, sizeof(Walked));
    finalization.walk[finalization.walk_length++] = (Walked){ object, is_scanned ? bytes / sizeof(void *) : 0 };
}

static void finalization_look_at(void *word)
{
    if (word && GC_base(word) == word && !GC_is_marked(word))
        finalization_mark(word);
}

static int finalization_by_address(const void *a, const void *b)
{
    uintptr_t first = (uintptr_t)((const Finalizable *)a)->object, second = (uintptr_t)((const Finalizable *)b)->object;
    return (first > second) - (first < second);
}

/* The dying, sorted by address. The last to be finished is the first whose finalizer runs: the pending fill from the end. */
typedef struct Dying {
    const Finalizable *table;
    size_t length, unfinished;
} Dying;

static void finalization_finish(Dying *dying, void *object)
{
    const Finalizable *found =
        bsearch(&(Finalizable){ object, NULL }, dying->table, dying->length, sizeof *found, finalization_by_address);
    if (found)
        finalization.pending[finalization.pending_length + --dying->unfinished] = *found;
}

/* From the last word to the first, so that the first child comes before the second. */
static void finalization_walk_from(Dying *dying, void *object)
{
    if (GC_is_marked(object))
        return;
    finalization_mark(object);
    while (finalization.walk_length > 0) {
        Walked *top = &finalization.walk[finalization.walk_length - 1];
        if (top->left > 0) {
            finalization_look_at(top->object[--top->left]);
        } else {
            finalization_finish(dying, top->object);
            finalization.walk_length--;
        }
    }
}

static void finalization_order_dying(void)
{
    size_t alive = finalization_part();
    Dying dying = { finalization.table + alive, finalization.length - alive, finalization.length - alive };
    qsort(finalization.table + alive, dying.length, sizeof(Finalizable), finalization_by_address);
    for (size_t i = 0; i < dying.length; i++)
        finalization_walk_from(&dying, dying.table[i].object);
    finalization.pending_length += dying.length;
    finalization.length = alive;
}

/* At the end of a marking, when libgc holds its lock. */
static void finalization_prepare(void)
{
    finalization_empty_weak();
    if (finalization.length)
        finalization_order_dying();
    finalization_forget_weak();
}

/* ---- Soon after ------------------------------------------------------------------------------------------------- */

static __attribute__((noinline)) void finalization_run_next(void)
{
    Finalizable next = finalization.pending[finalization.next];
    finalization.pending[finalization.next++].object = NULL;
    next.finalize(next.object);
    census_finalized(next.object);
}

/* Runs what is pending, and what becomes pending meanwhile; not from within a finalizer. Returns whether any ran. */
static bool finalization_run(void)
{
    if (__builtin_expect(finalization.is_running || !finalization.pending_length, 1))
        return false;
    finalization.is_running = true;
    while (finalization.next < finalization.pending_length)
        finalization_run_next();
    finalization.next = finalization.pending_length = 0;
    finalization.is_running = false;
    return true;
}

static void finalization_close(void)
{
    if (finalization.bytes)
        system_give(finalization.table, finalization.bytes);
    if (finalization.watched_bytes)
        system_give(finalization.watched, finalization.watched_bytes);
    if (finalization.walk_bytes)
        system_give(finalization.walk, finalization.walk_bytes);
    memset(&finalization, 0, sizeof finalization);
}

#endif
