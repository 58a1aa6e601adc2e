/* garbage: which of the suspects in a part of the table hold only one another, and their end. In linear time, without
 * recursion, and without memory.
 *
 * Subtract from each suspect's count the references that come from other suspects: what stays above zero is held from outside,
 * and rescues all that it reaches; the rest is garbage. (T. Christopher, "Reference count garbage collection", 1984; the
 * order of the steps, all suspects in each before the next, is that of Bacon and Rajan, 2001, and of CPython.)
 *
 * Objects are only read. What a look finds out stands in suspects.external, beside the table:
 *   after subtracting    the owners from outside; below zero: more references than the count allows, so the heap is damaged
 *   while rescuing       0: not reached; above: reached. The table is passed over once; one that is reached after it was
 *                        passed is put on a stack, which is threaded through these same words
 *   after that           0: garbage
 *
 * With prefetch on, the table tells which object comes next, and each reference found waits in a short queue while its object
 * is fetched (as in the free-threaded CPython's collector). */
#ifndef GARBAGE_H
#define GARBAGE_H

#include "parts/damage.h"
#include "parts/setting.h"
#include "parts/suspects.h"

SETTING(prefetch, 0, 0, 1, "1: a collection fetches objects ahead of looking at them");

enum {
    GARBAGE_QUEUE = 16,      /* references that wait for their object; a power of two */
    GARBAGE_AHEAD = 16,      /* how far ahead of the table's current object */
};

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* One look. */
static struct {
    uint32_t from, to;  /* the part of the table that is looked at */
    uint32_t passed;    /* those before this one need the stack to be visited */
    uint32_t top;       /* of the stack: an index + 1, or 0 */
    uint32_t next;      /* of the queue */
    void *queue[GARBAGE_QUEUE];
} look;

static inline bool is_looked_at(void *object)
{
    return suspect_prefix(object)->index - look.from < look.to - look.from;
}

/* ---- The queue -------------------------------------------------------------------------------------------------- */

static inline void fetch(void *object)
{
    __builtin_prefetch((char *)object - sizeof(CountingHead) - sizeof(SuspectPrefix));
}

/* Returns who waited longest; NULL at first. */
static inline void *look_wait(void *object)
{
    void *longest = look.queue[look.next];
    look.queue[look.next] = object;
    look.next = (look.next + 1) % GARBAGE_QUEUE;
    return longest;
}

/* ---- Subtracting ------------------------------------------------------------------------------------------------ */

/* What a strategy does about a reference to an object that may be no suspect yet. */
#ifndef garbage_spread
#define garbage_spread(object) ((void)0)
#endif

static inline void garbage_subtract(void *object)
{
    if (!may_be_suspect(object))
        return;
    garbage_spread(object);
    if (is_looked_at(object))
        suspects.external[suspect_prefix(object)->index]--;
}

static inline void garbage_subtract_slot(AnyReference *slot, void *context)
{
    (void)context;
    garbage_subtract(*slot);
}

static inline void garbage_subtract_slot_later(AnyReference *slot, void *context)
{
    (void)context;
    if (!*slot)
        return;
    fetch(*slot);
    garbage_subtract(look_wait(*slot));
}

/* One that is dying in a cascade has no count: none, or the address of the next to die. It is as good as held from outside. */
static inline int32_t garbage_owners(void *object)
{
    uint64_t count = counting_count(object);
    return count - 1 < INT32_MAX ? (int32_t)count : 1;
}

/* Where the part's last objects were before its holes closed: free room, if that is the end of the table, else holes. */
static void garbage_leave_holes(uint32_t from, uint32_t to)
{
    if (to == suspects.length) {
        suspects.holes -= to - from;
        suspects.length = from;
    } else {
        memset(suspects.table + from, 0, (to - from) * sizeof *suspects.table);
    }
}

ALWAYS_INLINE void garbage_move(uint32_t from, uint32_t to)
{
    suspects.table[to] = suspects.table[from];
    suspect_prefix(suspects.table[to])->index = to;
    suspects.external[to] = suspects.external[from];
}

ALWAYS_INLINE bool garbage_is_subtracted(uint32_t passed, bool prefetch)
{
    for (int i = 0; prefetch && passed == look.to && i < GARBAGE_QUEUE; i++)
        garbage_subtract(look_wait(NULL));
    return passed == look.to;
}

/* Closes the holes as it goes: who was passed has a new index, who was not still the old one. */
ALWAYS_INLINE void garbage_subtract_all(bool prefetch)
{
    uint32_t at = look.from;
    for (uint32_t i = look.from; !garbage_is_subtracted(i, prefetch); i++) {
        void *object = suspects.table[i];
        if (prefetch && i + GARBAGE_AHEAD < look.to)
            fetch(suspects.table[i + GARBAGE_AHEAD]);
        if (!object)
            continue;
        if (at != i)
            garbage_move(i, at);
        suspects.external[at++] += garbage_owners(object);
        type_visit(counting_type(object), object, prefetch ? garbage_subtract_slot_later : garbage_subtract_slot, NULL);
    }
    garbage_leave_holes(at, look.to);
    look.to = at;
}

/* ---- Rescuing --------------------------------------------------------------------------------------------------- */

static inline void garbage_reach(void *object)
{
    if (!may_be_suspect(object) || !is_looked_at(object))
        return;
    uint32_t index = suspect_prefix(object)->index;
    if (suspects.external[index])
        return;
    if (index > look.passed) {
        suspects.external[index] = 1;
    } else {
        suspects.external[index] = (int32_t)look.top + 1;
        look.top = index + 1;
    }
}

static inline void garbage_reach_slot(AnyReference *slot, void *context)
{
    (void)context;
    garbage_reach(*slot);
}

static inline void garbage_reach_slot_later(AnyReference *slot, void *context)
{
    (void)context;
    if (!*slot)
        return;
    fetch(*slot);
    garbage_reach(look_wait(*slot));
}

ALWAYS_INLINE void garbage_visit(uint32_t index, bool prefetch)
{
    void *object = suspects.table[index];
    type_visit(counting_type(object), object, prefetch ? garbage_reach_slot_later : garbage_reach_slot, NULL);
}

ALWAYS_INLINE void garbage_visit_stack(bool prefetch)
{
    while (look.top) {
        uint32_t index = look.top - 1;
        look.top = (uint32_t)suspects.external[index] - 1;
        garbage_visit(index, prefetch);
    }
}

ALWAYS_INLINE void garbage_rescue_all(bool prefetch)
{
    for (uint32_t i = look.from; i < look.to; i++) {
        look.passed = i;
        if (prefetch && i + GARBAGE_AHEAD < look.to)
            fetch(suspects.table[i + GARBAGE_AHEAD]);
        if (suspects.external[i] < 0)
            heap_damaged("more references than owners", suspects.table[i], counting_type(suspects.table[i]));
        if (suspects.external[i])
            garbage_visit(i, prefetch);
        garbage_visit_stack(prefetch);
    }
    for (int waiting = GARBAGE_QUEUE; prefetch && waiting; waiting--) {
        garbage_reach(look_wait(NULL));
        if (look.top)
            waiting = GARBAGE_QUEUE + 1;
        garbage_visit_stack(prefetch);
    }
}

/* ---- A look ----------------------------------------------------------------------------------------------------- */

static inline bool garbage_is_at(uint32_t index)
{
    return !suspects.external[index] && suspects.table[index];
}

static uint32_t garbage_count(void)
{
    uint32_t count = 0;
    for (uint32_t i = look.from; i < look.to; i++)
        count += !suspects.external[i];
    return count;
}

/* Looks for garbage in [from, to) of the table; returns how many objects of it there are. Where it is garbage,
 * suspects.external is 0; the part may have become shorter: it ends at look.to. */
static uint32_t garbage_look(uint32_t from, uint32_t to)
{
    look.from = from;
    look.to = to;
    if (from == to)
        return 0;
    memset(suspects.external + from, 0, (to - from) * sizeof *suspects.external);
    if (setting_prefetch)
        garbage_subtract_all(true);
    else
        garbage_subtract_all(false);
    if (setting_prefetch)
        garbage_rescue_all(true);
    else
        garbage_rescue_all(false);
    return garbage_count();
}

/* ---- The end ---------------------------------------------------------------------------------------------------- */

static inline bool is_garbage(void *object)
{
    return may_be_suspect(object) && is_looked_at(object) && !suspects.external[suspect_prefix(object)->index];
}

/* A garbage neighbour is freed with the rest; everything else loses an owner, and may die of it. */
static inline void garbage_clear_slot(AnyReference *slot, void *context)
{
    (void)context;
    if (*slot && !is_garbage(*slot))
        counting_release(*slot);
}

/* What dies with the garbage without being of it (leaves, or older objects) may run code, and that code may make suspects. */
static void garbage_clear(void)
{
    for (uint32_t i = look.from; i < look.to; i++)
        if (garbage_is_at(i))
            type_visit(counting_type(suspects.table[i]), suspects.table[i], garbage_clear_slot, NULL);
}

static void garbage_free(void)
{
    for (uint32_t i = look.from; i < look.to; i++) {
        if (!garbage_is_at(i))
            continue;
        void *object = suspects.table[i];
        const Type *type = counting_type(object);
        counting_dying(object, type);
        counting_free(object, type);
    }
}

#endif
