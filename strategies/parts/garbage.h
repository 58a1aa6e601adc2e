/* garbage: which of the suspects in a part of the table hold only one another, and their end. In linear time, without
 * recursion, and without memory.
 *
 * Subtract from each suspect's count the references that come from other suspects: what stays above zero is held from outside,
 * and rescues all that it reaches; the rest is garbage. (T. Christopher, "Reference count garbage collection", 1984; the
 * order of the steps, all suspects in each before the next, is that of Bacon and Rajan, 2001, and of CPython.)
 *
 * Objects are only read. What a look finds out stands in suspects.marks, one word for each object of the table:
 *   bit 0                the object refers to others that are looked at; one that does not need not be visited
 *   above, subtracting   the owners from outside; below zero: more references than the count allows, so the heap is damaged
 *   above, rescuing      0: not reached; else: reached. The table is passed over once; one that is reached after it was
 *                        passed is put on a stack, which is threaded through these same bits
 *   above, after that    0: garbage
 *
 * With prefetch on, the table tells which objects come next: the one 2 * GARBAGE_AHEAD ahead is fetched, and what the one
 * GARBAGE_AHEAD ahead refers to. Those from the stack wait in a short queue while what they refer to is fetched. */
#ifndef GARBAGE_H
#define GARBAGE_H

#include "parts/damage.h"
#include "parts/setting.h"
#include "parts/suspects.h"

SETTING(prefetch, 0, 0, 1, "1: a collection fetches objects ahead of looking at them");

enum {
    MARK_REFERS = 1,
    MARK_OWNER = 2,          /* the bits above bit 0 count in these */
    GARBAGE_AHEAD = 8,       /* objects ahead of the table's current one, or slots ahead of an object's current one */
    GARBAGE_QUEUE = 8,       /* objects from the stack; a power of two */
};

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* One look, in a local variable, so that the compiler can keep it in registers. */
typedef struct Look {
    void **table;       /* those of suspects */
    int32_t *marks;
    uint32_t from, to;  /* the part of the table that is looked at */
    uint32_t passed;    /* those up to this one need the stack to be visited */
    uint32_t top;       /* of the stack: an index + 1, or 0 */
    int32_t refers;     /* MARK_REFERS: the current object does */
} Look;

ALWAYS_INLINE bool is_looked_at(const Look *look, uint32_t index)
{
    return index - look->from < look->to - look->from;
}

/* ---- Visiting --------------------------------------------------------------------------------------------------- */

ALWAYS_INLINE void garbage_fetch(void *object)
{
    __builtin_prefetch((char *)object - sizeof(CountingHead) - sizeof(SuspectPrefix));
}

ALWAYS_INLINE void garbage_fetch_slot(AnyReference *slot, void *context)
{
    (void)context;
    garbage_fetch(*slot);
}

ALWAYS_INLINE void garbage_fetch_references(void *object)
{
    if (object)
        type_visit_fields(counting_type(object), object, garbage_fetch_slot, NULL);
}

ALWAYS_INLINE void garbage_fetch_ahead(const Look *look, uint32_t passed)
{
    if (passed + 2 * GARBAGE_AHEAD >= look->to)
        return;
    garbage_fetch(look->table[passed + 2 * GARBAGE_AHEAD]);
    garbage_fetch_references(look->table[passed + GARBAGE_AHEAD]);
}

/* As type_visit; of many slots, those ahead are fetched. */
ALWAYS_INLINE void garbage_visit(void *object, ReferenceVisitor *visit, Look *look, bool prefetch)
{
    const Type *type = counting_type(object);
    type_visit_fields(type, object, visit, look);
    if (!type->has_slots)
        return;
    AnyReference *slot = (AnyReference *)((char *)object + type->size);
    for (size_t i = 0, length = type_length(type, object); i < length; i++) {
        if (prefetch && i + GARBAGE_AHEAD < length)
            garbage_fetch(slot[i + GARBAGE_AHEAD]);
        visit(slot + i, look);
    }
}

/* ---- Subtracting ------------------------------------------------------------------------------------------------ */

/* What a strategy does about a reference to an object that may be no suspect yet. */
#ifndef garbage_spread
#define garbage_spread(look, object) ((void)0)
#endif

ALWAYS_INLINE void garbage_subtract(Look *look, void *object)
{
    if (!may_be_suspect(object))
        return;
    garbage_spread(look, object);
    uint32_t index = suspect_prefix(object)->index;
    if (!is_looked_at(look, index))
        return;
    look->marks[index] -= MARK_OWNER;
    look->refers = MARK_REFERS;
}

ALWAYS_INLINE void garbage_subtract_slot(AnyReference *slot, void *look)
{
    garbage_subtract(look, *slot);
}

/* One that is dying in a cascade has no count: none, or the address of the next to die. It is as good as held from outside. */
static inline int32_t garbage_owners(void *object)
{
    uint64_t count = counting_count(object);
    return count - 1 < SUSPECTS_MOST ? (int32_t)count * MARK_OWNER : MARK_OWNER;
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

ALWAYS_INLINE void garbage_move(Look *look, uint32_t from, uint32_t to)
{
    look->table[to] = look->table[from];
    suspect_prefix(look->table[to])->index = to;
    look->marks[to] = look->marks[from];
}

/* Closes the holes as it goes: who was passed has a new index, who was not still the old one. */
ALWAYS_INLINE void garbage_subtract_all(Look *look, bool prefetch)
{
    uint32_t at = look->from;
    for (uint32_t i = look->from; i < look->to; i++) {
        void *object = look->table[i];
        if (prefetch)
            garbage_fetch_ahead(look, i);
        if (!object)
            continue;
        if (at != i)
            garbage_move(look, i, at);
        look->refers = 0;
        garbage_visit(object, garbage_subtract_slot, look, prefetch);
        look->marks[at++] += garbage_owners(object) + look->refers;
    }
    garbage_leave_holes(at, look->to);
    look->to = at;
}

/* ---- Rescuing --------------------------------------------------------------------------------------------------- */

ALWAYS_INLINE bool is_reached(int32_t mark)
{
    return mark >= MARK_OWNER;
}

ALWAYS_INLINE void garbage_reach(Look *look, void *object)
{
    if (!may_be_suspect(object))
        return;
    uint32_t index = suspect_prefix(object)->index;
    if (!is_looked_at(look, index) || is_reached(look->marks[index]))
        return;
    if (index > look->passed || !(look->marks[index] & MARK_REFERS)) {
        look->marks[index] += MARK_OWNER;
    } else {
        look->marks[index] += (int32_t)(look->top + 1) * MARK_OWNER;
        look->top = index + 1;
    }
}

ALWAYS_INLINE void garbage_reach_slot(AnyReference *slot, void *look)
{
    garbage_reach(look, *slot);
}

ALWAYS_INLINE void *garbage_pop(Look *look)
{
    uint32_t index = look->top - 1;
    look->top = (uint32_t)look->marks[index] / MARK_OWNER - 1;
    return look->table[index];
}

ALWAYS_INLINE void garbage_visit_stack(Look *look)
{
    while (look->top)
        garbage_visit(garbage_pop(look), garbage_reach_slot, look, false);
}

ALWAYS_INLINE void garbage_visit_stack_by_queue(Look *look)
{
    void *queue[GARBAGE_QUEUE];
    for (uint32_t first = 0, end = 0; look->top || first != end;) {
        for (; look->top && end - first < GARBAGE_QUEUE; end++) {
            queue[end % GARBAGE_QUEUE] = garbage_pop(look);
            garbage_fetch_references(queue[end % GARBAGE_QUEUE]);
        }
        garbage_visit(queue[first++ % GARBAGE_QUEUE], garbage_reach_slot, look, true);
    }
}

ALWAYS_INLINE void garbage_rescue_all(Look *look, bool prefetch)
{
    for (uint32_t i = look->from; i < look->to; i++) {
        look->passed = i;
        if (prefetch)
            garbage_fetch_ahead(look, i);
        if (look->marks[i] < 0)
            heap_damaged("more references than owners", look->table[i], counting_type(look->table[i]));
        if (is_reached(look->marks[i]) && look->marks[i] & MARK_REFERS)
            garbage_visit(look->table[i], garbage_reach_slot, look, prefetch);
        if (prefetch)
            garbage_visit_stack_by_queue(look);
        else
            garbage_visit_stack(look);
    }
}

/* ---- A look ----------------------------------------------------------------------------------------------------- */

/* The part of the table that was looked at last; its holes have closed. */
static struct {
    uint32_t from, to;
} looked_at;

static inline bool garbage_is_at(uint32_t index)
{
    return !is_reached(suspects.marks[index]) && suspects.table[index];
}

static uint32_t garbage_count(void)
{
    uint32_t count = 0;
    for (uint32_t i = looked_at.from; i < looked_at.to; i++)
        count += !is_reached(suspects.marks[i]);
    return count;
}

ALWAYS_INLINE Look garbage_look_at(uint32_t from, uint32_t to, bool prefetch)
{
    Look look = { .table = suspects.table, .marks = suspects.marks, .from = from, .to = to };
    garbage_subtract_all(&look, prefetch);
    garbage_rescue_all(&look, prefetch);
    return look;
}

/* Looks for garbage in [from, to) of the table; returns how many objects of it there are. */
static uint32_t garbage_look(uint32_t from, uint32_t to)
{
    looked_at.from = looked_at.to = from;
    if (from == to)
        return 0;
    memset(suspects.marks + from, 0, (to - from) * sizeof *suspects.marks);
    looked_at.to = setting_prefetch ? garbage_look_at(from, to, true).to : garbage_look_at(from, to, false).to;
    return garbage_count();
}

/* ---- The end ---------------------------------------------------------------------------------------------------- */

static inline bool is_garbage(void *object)
{
    if (!may_be_suspect(object))
        return false;
    uint32_t index = suspect_prefix(object)->index;
    return index - looked_at.from < looked_at.to - looked_at.from && !is_reached(suspects.marks[index]);
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
    for (uint32_t i = looked_at.from; i < looked_at.to; i++)
        if (garbage_is_at(i))
            type_visit(counting_type(suspects.table[i]), suspects.table[i], garbage_clear_slot, NULL);
}

static void garbage_free(void)
{
    for (uint32_t i = looked_at.from; i < looked_at.to; i++) {
        if (!garbage_is_at(i))
            continue;
        void *object = suspects.table[i];
        const Type *type = counting_type(object);
        counting_dying(object, type);
        counting_free(object, type);
    }
}

#endif
