/* weakrefs: who refers weakly to an object. The weak references of one target are a thread (Weak.next, Weak.previous), and a
 * table beside the heap knows the first of each.
 *
 * Invariant: a Weak that has a target stands in its target's thread, and the table holds the first of every thread, once; what
 * is in no thread has no target. Its key is the target that the entry itself names, so the table is one of pointers. Probing
 * is linear, and a removal closes the gap, so no entry is ever marked as deleted (D. Knuth, The Art of Computer Programming 3,
 * 6.4, algorithm R). The table takes memory only as it grows; it never shrinks. */
#ifndef WEAKREFS_H
#define WEAKREFS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "parts/per_heap.h"
#include "parts/system.h"
#include "parts/type.h"

enum { WEAKREFS_FIRST_CAPACITY = 8192 }; /* entries: 64 KiB, a multiple of any page */

/* Of one heap; or of all, where threads share objects. */
#ifdef weakrefs_are_shared
#define OF_WEAKREFS
#else
#define OF_WEAKREFS PER_HEAP
#endif
static OF_WEAKREFS struct {
    Weak **table;
    size_t capacity; /* a power of two, or 0 */
    size_t length;
} weakrefs;

/* Fibonacci hashing (Knuth, 6.4): the product's high half is the well-mixed one. */
static size_t weakrefs_home(const void *target)
{
    return (size_t)((uintptr_t)target * UINT64_C(0x9E3779B97F4A7C15) >> 32) & (weakrefs.capacity - 1);
}

static size_t weakrefs_after(size_t place)
{
    return (place + 1) & (weakrefs.capacity - 1);
}

/* The entry of this target's thread, or the empty one where it belongs. */
static Weak **weakrefs_entry(const void *target)
{
    size_t place = weakrefs_home(target);
    while (weakrefs.table[place] && weakrefs.table[place]->target != target)
        place = weakrefs_after(place);
    return &weakrefs.table[place];
}

static void weakrefs_grow(void)
{
    Weak **old = weakrefs.table;
    size_t old_capacity = weakrefs.capacity;
    weakrefs.capacity = old ? 2 * old_capacity : WEAKREFS_FIRST_CAPACITY;
    weakrefs.table = system_take(weakrefs.capacity * sizeof *old);
    for (size_t i = 0; i < old_capacity; i++)
        if (old[i])
            *weakrefs_entry(old[i]->target) = old[i];
    if (old)
        system_give(old, old_capacity * sizeof *old);
}

static void weakrefs_add_thread(Weak *first)
{
    if (4 * weakrefs.length >= 3 * weakrefs.capacity)
        weakrefs_grow();
    *weakrefs_entry(first->target) = first;
    weakrefs.length++;
}

/* What stands behind the gap moves into it, unless its home lies behind the gap too. */
static void weakrefs_remove_thread(Weak **entry)
{
    size_t gap = (size_t)(entry - weakrefs.table), mask = weakrefs.capacity - 1;
    for (size_t place = weakrefs_after(gap); weakrefs.table[place]; place = weakrefs_after(place)) {
        size_t home = weakrefs_home(weakrefs.table[place]->target);
        if (((place - home) & mask) >= ((place - gap) & mask)) {
            weakrefs.table[gap] = weakrefs.table[place];
            gap = place;
        }
    }
    weakrefs.table[gap] = NULL;
    weakrefs.length--;
}

/* The weak reference has been given its target. is_first: nobody referred to the target weakly before. */
static void weakrefs_join(Weak *weak, bool is_first)
{
    weak->next = weak->previous = NULL;
    if (is_first) {
        weakrefs_add_thread(weak);
        return;
    }
    Weak *first = *weakrefs_entry(weak->target);
    weak->previous = first;
    weak->next = first->next;
    if (weak->next)
        weak->next->previous = weak;
    first->next = weak;
}

/* A weak reference that has a target leaves it. True: nobody refers to the target weakly any more. */
static bool weakrefs_leave(Weak *weak)
{
    if (weak->next)
        weak->next->previous = weak->previous;
    if (weak->previous) {
        weak->previous->next = weak->next;
        return false;
    }
    Weak **entry = weakrefs_entry(weak->target);
    if (weak->next)
        *entry = weak->next;
    else
        weakrefs_remove_thread(entry);
    return !weak->next;
}

/* Takes the thread of a target to which somebody refers weakly out of the table. */
static Weak *weakrefs_take_thread(const void *target)
{
    Weak **entry = weakrefs_entry(target), *first = *entry;
    weakrefs_remove_thread(entry);
    return first;
}

/* All weak references to this target, of which there are some, are empty from now on. */
static void weakrefs_empty(const void *target)
{
    for (Weak *weak = weakrefs_take_thread(target), *next; weak; weak = next) {
        next = weak->next;
        weak->target = weak->next = weak->previous = NULL;
    }
}

static void weakrefs_close(void)
{
    if (weakrefs.table)
        system_give(weakrefs.table, weakrefs.capacity * sizeof *weakrefs.table);
    memset(&weakrefs, 0, sizeof weakrefs);
}

#endif
