/* garbage: which of the suspects in a part of the table hold only one another, and their end. In linear time, without
 * recursion, and without memory.
 *
 * Subtract from each suspect's count the references that come from other suspects: what stays above zero is held from outside,
 * and rescues all that it reaches; the rest is garbage. (T. Christopher, "Reference count garbage collection", 1984; the
 * order of the steps, all suspects in each before the next, is that of Bacon and Rajan, 2001, and of CPython.)
 *
 * Objects are only read, and most of them once. What a look finds out stands in suspects.marks, one word for each object of
 * the table, in one of two forms:
 *   tied      the object has one owner, which is among the suspects: it stands here, and the object shares its fate
 *   counted   the owners from outside while subtracting (below zero: more references than the count allows, so the heap is
 *             damaged). While rescuing, 0: not reached; above: reached
 * and beside it whether the object refers to others that are looked at, and in what way. Who is tied to somebody further on
 * learns its fate by passing over the marks backwards, who is tied to somebody before it by passing over them forwards:
 * of lists and trees no object is visited for that. Only one that refers to what has several owners is; and what is reached
 * after it was passed is put on a stack, which is threaded through the marks. In the end, what is not reached is garbage.
 *
 * A collection that comes by itself first asks for less: whether any cycle is possible. Where all references between those
 * looked at go one way along the table, none is, and there is no garbage. Most structures are born in such an order: parents
 * before children, or a list from its end.
 *
 * With prefetch on, the table tells which objects come next: the one 2 * GARBAGE_AHEAD ahead is fetched, and what the one
 * GARBAGE_AHEAD ahead refers to. Those from the stack wait in a short queue while what they refer to is fetched. */
#ifndef GARBAGE_H
#define GARBAGE_H

#include "parts/damage.h"
#include "parts/setting.h"
#include "parts/suspects.h"

SETTING(one_way, 1, 0, 1, "1: a collection that comes by itself is over if all references go one way");
SETTING(prefetch, 0, 0, 1, "1: a collection fetches objects ahead of looking at them");

enum {
    MARK_TIED = 1,           /* the bits above are the owner's index; else they are a number */
    MARK_TO_SHARED = 2,      /* it refers to one with several owners … */
    MARK_TO_EARLIER = 4,     /* … to one that is tied to it and stands before it in the table … */
    MARK_TO_LATER = 8,       /* … behind it */
    MARK_REFERS = MARK_TO_SHARED | MARK_TO_EARLIER | MARK_TO_LATER,
    MARK_ONE = 16,           /* the bits above count in these */
    GARBAGE_AHEAD = 8,       /* objects ahead of the table's current one, or slots ahead of an object's current one */
    GARBAGE_QUEUE = 8,       /* objects from the stack; a power of two */
};

/* Objects to be looked at before it is asked again which way references go, for each that was asked in vain. */
#ifdef CHECKED
enum { GARBAGE_CAUTION = 0 };
#else
enum { GARBAGE_CAUTION = 16 };
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* One look, in a local variable, so that the compiler can keep it in registers. */
typedef struct Look {
    void **table;       /* those of suspects */
    int32_t *marks;
    uint32_t from, to;  /* the part of the table that is looked at */
    uint32_t next;      /* while subtracting: the current object's old index … */
    uint32_t passed;    /* … and its index; while rescuing, those up to it need the stack to be visited */
    uint32_t top;       /* of the stack: an index + 1, or 0 */
    int32_t refers;     /* bits of MARK_REFERS: what the current object refers to */
    int32_t all_refer;  /* what all do */
    CountingHead heads; /* bits that are set in the head of any */
    CountingHead newborn; /* a head of the current object's type, with one owner */
    uint32_t found;     /* garbage */
    bool strays;        /* a reference goes the other way */
} Look;

/* Of the current object's type, with one owner, suspected or not. */
ALWAYS_INLINE bool garbage_is_newborn(const Look *look, void *object)
{
    return (*counting_head(object) | SUSPECT_FLAG) == look->newborn;
}

ALWAYS_INLINE bool is_looked_at(const Look *look, uint32_t index)
{
    return index - look->from < look->to - look->from;
}

/* ---- Visiting --------------------------------------------------------------------------------------------------- */

/* NULL, too: what is fetched there is nothing, but one may not compute with it. */
ALWAYS_INLINE void garbage_fetch(void *object)
{
    __builtin_prefetch((const void *)((uintptr_t)object - sizeof(CountingHead) - sizeof(SuspectPrefix)));
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
ALWAYS_INLINE void
garbage_visit(void *object, const Type *type, ReferenceVisitor *visit, Look *look, bool prefetch)
{
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

static _Noreturn __attribute__((noinline, cold)) void garbage_damaged(const Look *look, uint32_t index)
{
    void *object = look->table[index];
    counting_damaged("more references than owners", object);
}

/* The current object is the one owner of this one. */
ALWAYS_INLINE void garbage_tie(Look *look, uint32_t index)
{
    int32_t mark = look->marks[index], tied = (int32_t)look->passed * MARK_ONE | MARK_TIED;
    if (mark & MARK_TIED)
        garbage_damaged(look, index);
    if (index > look->passed) {
        look->marks[index] = tied;
        look->refers |= MARK_TO_LATER;
    } else {
        look->marks[index] = tied | (mark & MARK_REFERS);
        look->refers |= index < look->passed ? MARK_TO_EARLIER : MARK_REFERS; /* to itself: a ring */
    }
}

ALWAYS_INLINE void garbage_subtract(Look *look, void *object)
{
    bool of_one = garbage_is_newborn(look, object); /* most objects refer to their like, which have one owner */
    if (!of_one && !type_has_references(counting_type(object)))
        return;
    garbage_spread(look, object);
    uint32_t index = suspect_index(object);
    if (!is_looked_at(look, index))
        return;
    if (of_one || counting_count(object) == 1) {
        garbage_tie(look, index);
    } else {
        look->marks[index] -= MARK_ONE;
        look->refers |= MARK_TO_SHARED;
    }
}

ALWAYS_INLINE void garbage_subtract_slot(AnyReference *slot, void *look)
{
    if (*slot)
        garbage_subtract(look, *slot);
}

/* One that is dying, and waits for its finalizer, is as good as held from outside: it will be dead without our doing. */
static inline int32_t garbage_owners(void *object)
{
    if (counting_is_condemned(object) || counting_count(object) > INT32_MAX / MARK_ONE)
        return MARK_ONE;
    return (int32_t)counting_count(object) * MARK_ONE;
}

/* Where the part's last objects were before its holes closed: free room, if that is the end of the table, else holes. */
static void garbage_leave_holes(uint32_t from, uint32_t to)
{
    if (to == suspects.length)
        suspects_cut(from);
    else
        memset(suspects.table + from, 0, (to - from) * sizeof *suspects.table);
}

ALWAYS_INLINE void garbage_move(Look *look, uint32_t from, uint32_t to)
{
    look->table[to] = look->table[from];
    suspect_prefix(look->table[to])->index = to;
    look->marks[to] = look->marks[from];
}

/* Closes the holes as it goes: who was passed has a new index, who was not still the old one. */
ALWAYS_INLINE void garbage_subtract_current(Look *look, void *object, const Type *type, bool prefetch)
{
    if (look->passed != look->next)
        garbage_move(look, look->next, look->passed);
    look->refers = 0;
    look->heads |= *counting_head(object);
    garbage_visit(object, type, garbage_subtract_slot, look, prefetch);
    int32_t *mark = &look->marks[look->passed++];
    *mark += (*mark & MARK_TIED ? 0 : garbage_owners(object)) + look->refers;
    look->all_refer |= look->refers;
}

/* Goes on as long as the objects are of this type. */
ALWAYS_INLINE void garbage_subtract_as(const Type *type, Look *shared, bool prefetch)
{
    Look look = *shared;
    look.newborn = counting_new_head(type) | SUSPECT_FLAG;
    for (; look.next < look.to; look.next++) {
        void *object = look.table[look.next];
        if (prefetch)
            garbage_fetch_ahead(&look, look.next);
        if (object && counting_type(object) != type)
            break;
        if (object)
            garbage_subtract_current(&look, object, type, prefetch);
    }
    *shared = look;
}

/* ---- Whether any cycle is possible ------------------------------------------------------------------------------- */

ALWAYS_INLINE bool garbage_may_be_looked_at(Look *look, void *object)
{
    if (!garbage_is_newborn(look, object) && !type_has_references(counting_type(object)))
        return false;
    garbage_spread(look, object);
    return true;
}

ALWAYS_INLINE bool garbage_is_of(const Look *look, void *object, const Type *type)
{
    return garbage_is_newborn(look, object) || counting_type(object) == type;
}

/* Who was passed has a new index, up to look->passed; look->next and those behind it still have the old one. */
ALWAYS_INLINE void garbage_demand_later(AnyReference *slot, void *context)
{
    Look *look = context;
    if (*slot && garbage_may_be_looked_at(look, *slot) && suspect_index(*slot) - look->from <= look->next - look->from)
        look->strays = true;
}

ALWAYS_INLINE void garbage_demand_earlier(AnyReference *slot, void *context)
{
    Look *look = context;
    if (*slot && garbage_may_be_looked_at(look, *slot) && suspect_index(*slot) - look->next < look->to - look->next)
        look->strays = true;
}

/* Goes on as long as the objects are of this type and none strays; closes the holes as it goes. */
ALWAYS_INLINE void garbage_demand_as(const Type *type, Look *shared, ReferenceVisitor *demand)
{
    Look look = *shared;
    look.newborn = counting_new_head(type) | SUSPECT_FLAG;
    for (; look.next < look.to && !look.strays; look.next++) {
        void *object = look.table[look.next];
        if (!object)
            continue;
        if (!garbage_is_of(&look, object, type))
            break;
        garbage_visit(object, type, demand, &look, false);
        if (look.passed != look.next)
            suspects_place(object, look.passed);
        look.passed++;
    }
    *shared = look;
}

/* ---- Passing over the table, type by type ------------------------------------------------------------------------ */

/* What is compiled for every type, so that its fields are constants. */
typedef struct GarbageFunctions {
    void (*subtract)(Look *look);
    void (*subtract_fetching)(Look *look);
    void (*demand_later)(Look *look);
    void (*demand_earlier)(Look *look);
    uint32_t (*clear)(uint32_t index);
    uint32_t (*free)(uint32_t index);
} GarbageFunctions;

#define type_state GarbageFunctions
#define type_state_of(T)                                                                                               \
    { T##_subtract, T##_subtract_fetching, T##_demand_later, T##_demand_earlier, T##_clear_garbage, T##_free_garbage }
#define type_functions(T)                                                                                              \
    static void T##_subtract(Look *look)                                                                               \
    {                                                                                                                  \
        garbage_subtract_as(&T##_type, look, false);                                                                   \
    }                                                                                                                  \
    static void T##_subtract_fetching(Look *look)                                                                      \
    {                                                                                                                  \
        garbage_subtract_as(&T##_type, look, true);                                                                    \
    }                                                                                                                  \
    static void T##_demand_later(Look *look)                                                                           \
    {                                                                                                                  \
        garbage_demand_as(&T##_type, look, garbage_demand_later);                                                      \
    }                                                                                                                  \
    static void T##_demand_earlier(Look *look)                                                                         \
    {                                                                                                                  \
        garbage_demand_as(&T##_type, look, garbage_demand_earlier);                                                    \
    }                                                                                                                  \
    static uint32_t T##_clear_garbage(uint32_t index)                                                                  \
    {                                                                                                                  \
        return garbage_clear_as(&T##_type, index);                                                                     \
    }                                                                                                                  \
    static uint32_t T##_free_garbage(uint32_t index)                                                                   \
    {                                                                                                                  \
        return garbage_free_as(&T##_type, index);                                                                      \
    }

static const GarbageFunctions *garbage_functions(void *object)
{
    return type_state_here(counting_type(object));
}

static void garbage_subtract_all(Look *look)
{
    look->passed = look->next = look->from;
    while (look->next < look->to) {
        void *object = look->table[look->next];
        if (!object)
            look->next++;
        else if (setting_prefetch)
            garbage_functions(object)->subtract_fetching(look);
        else
            garbage_functions(object)->subtract(look);
    }
    garbage_leave_holes(look->passed, look->to);
    look->to = look->passed;
}

static PER_HEAP struct {
    bool earlier;     /* the way that was the right one last time */
    uint64_t caution; /* so many objects are to be looked at before it is asked again */
} one_way;

/* Until one strays from this way. */
static void garbage_demand_of_all(Look *look, bool earlier)
{
    look->strays = false;
    look->passed = look->next = look->from;
    while (look->next < look->to && !look->strays) {
        void *object = look->table[look->next];
        if (!object)
            look->next++;
        else if (earlier)
            garbage_functions(object)->demand_earlier(look);
        else
            garbage_functions(object)->demand_later(look);
    }
}

/* Whether none strays from this way. */
static bool garbage_keeps_to_way(Look *look, bool earlier)
{
    garbage_demand_of_all(look, earlier);
    garbage_leave_holes(look->passed, look->next);
    if (look->strays)
        one_way.caution += (uint64_t)(look->next - look->from) * GARBAGE_CAUTION;
    if (look->next == look->to)
        look->to = look->passed;
    return !look->strays;
}

static bool garbage_goes_one_way(Look *look)
{
    if (garbage_keeps_to_way(look, one_way.earlier))
        return true;
    one_way.earlier = !one_way.earlier;
    return garbage_keeps_to_way(look, one_way.earlier);
}

/* ---- Rescuing --------------------------------------------------------------------------------------------------- */

ALWAYS_INLINE bool is_reached(int32_t mark)
{
    return mark >= MARK_ONE && !(mark & MARK_TIED);
}

/* Reached now, if its owner was. */
ALWAYS_INLINE int32_t garbage_share_fate(const int32_t *marks, int32_t mark)
{
    if (mark & MARK_TIED && is_reached(marks[(uint32_t)mark / MARK_ONE]))
        return (mark & MARK_REFERS) | MARK_ONE;
    return mark;
}

ALWAYS_INLINE void garbage_reach(Look *look, void *object)
{
    if (!may_be_suspect(object))
        return;
    uint32_t index = suspect_index(object);
    if (!is_looked_at(look, index) || is_reached(look->marks[index]))
        return;
    int32_t refers = look->marks[index] & MARK_REFERS;
    look->marks[index] = refers | MARK_ONE;
    if (index > look->passed)
        return;
    look->found--;
    if (refers) {
        look->marks[index] = refers | (int32_t)(look->top + 1) * MARK_ONE;
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
    look->top = (uint32_t)look->marks[index] / MARK_ONE - 1;
    return look->table[index];
}

ALWAYS_INLINE void garbage_visit_to_reach(void *object, Look *look, bool prefetch)
{
    garbage_visit(object, counting_type(object), garbage_reach_slot, look, prefetch);
}

static void garbage_visit_stack(Look *look)
{
    while (look->top)
        garbage_visit_to_reach(garbage_pop(look), look, false);
}

static void garbage_visit_stack_by_queue(Look *look)
{
    void *queue[GARBAGE_QUEUE];
    for (uint32_t first = 0, end = 0; look->top || first != end;) {
        for (; look->top && end - first < GARBAGE_QUEUE; end++) {
            queue[end % GARBAGE_QUEUE] = garbage_pop(look);
            garbage_fetch_references(queue[end % GARBAGE_QUEUE]);
        }
        garbage_visit_to_reach(queue[first++ % GARBAGE_QUEUE], look, true);
    }
}

static void garbage_rescue_from(Look *look, uint32_t index)
{
    look->passed = index;
    garbage_visit_to_reach(look->table[index], look, setting_prefetch);
    if (setting_prefetch)
        garbage_visit_stack_by_queue(look);
    else
        garbage_visit_stack(look);
}

/* Not inlined, like the next one, for the sake of the registers. */
static __attribute__((noinline)) void garbage_rescue_backwards(int32_t *marks, uint32_t from, uint32_t to)
{
    for (uint32_t i = to; i-- > from;) {
        int32_t mark = garbage_share_fate(marks, marks[i]);
        marks[i] = is_reached(mark) ? mark & ~MARK_TO_EARLIER : mark;
    }
}

static __attribute__((noinline)) void garbage_rescue_forwards(Look *look, int32_t *marks, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        int32_t mark = marks[i] = garbage_share_fate(marks, marks[i]);
        if (mark < 0)
            garbage_damaged(look, i);
        if (!is_reached(mark))
            look->found++;
        else if (mark & (MARK_TO_SHARED | MARK_TO_EARLIER))
            garbage_rescue_from(look, i);
    }
}

/* ---- A look ----------------------------------------------------------------------------------------------------- */

typedef uint32_t GarbageLook(uint32_t from, uint32_t to);

/* The part of the table that was looked at last; its holes have closed. Where no garbage was found, the marks mean nothing. */
static PER_HEAP struct {
    uint32_t from, to;
    uint32_t found; /* objects that are garbage */
    bool has_flags; /* some of those looked at have a finalizer, or are referred to weakly */
} looked_at;

static inline bool garbage_is_at(uint32_t index)
{
    return looked_at.found && !is_reached(suspects.marks[index]) && suspects.table[index];
}

/* Nobody is tied into a ring where all ties point one way, and who is not tied is held from outside. */
static bool garbage_is_ruled_out(const Look *look)
{
    return look->all_refer != (MARK_TO_LATER | MARK_TO_EARLIER) && !(look->all_refer & MARK_TO_SHARED);
}

static void garbage_rescue(Look *look)
{
    if (look->all_refer & MARK_TO_EARLIER)
        garbage_rescue_backwards(look->marks, look->from, look->to);
    garbage_rescue_forwards(look, look->marks, look->from, look->to);
}

static uint32_t garbage_note(const Look *look)
{
    looked_at.from = look->from;
    looked_at.to = look->to;
    looked_at.found = look->found;
    looked_at.has_flags = look->heads & (COUNTING_TO_FINALIZE | COUNTING_WEAKLY_HELD);
    return look->found;
}

/* Looks for garbage in [from, to) of the table; returns how many objects of it there are. */
static uint32_t garbage_look(uint32_t from, uint32_t to)
{
    Look look = { .table = suspects.table, .marks = suspects.marks, .from = from, .to = to };
    if (from != to)
        memset(suspects.marks + from, 0, (to - from) * sizeof *suspects.marks);
    garbage_subtract_all(&look);
    if (!garbage_is_ruled_out(&look))
        garbage_rescue(&look);
    return garbage_note(&look);
}

/* As garbage_look, for a collection that nobody asked for. Where references go one way, counts are not looked at: one that is
 * too low is found there only by a collection that somebody asks for. */
static uint32_t garbage_look_lightly(uint32_t from, uint32_t to)
{
    Look look = { .table = suspects.table, .marks = suspects.marks, .from = from, .to = to };
    bool asks = setting_one_way && one_way.caution == 0;
    one_way.caution -= one_way.caution < to - from ? one_way.caution : to - from;
    if (asks && garbage_goes_one_way(&look))
        return garbage_note(&look);
    return garbage_look(from, look.to);
}

/* ---- Finalizers ------------------------------------------------------------------------------------------------- */

/* From now on no weak reference leads to the garbage. True: some of it has a finalizer to be run. */
static bool garbage_hide(void)
{
    bool finalizable = false;
    for (uint32_t i = looked_at.from; looked_at.has_flags && i < looked_at.to; i++)
        if (garbage_is_at(i)) {
            counting_empty_weak(suspects.table[i]);
            finalizable |= counting_is_finalizable(suspects.table[i]);
        }
    return finalizable;
}

/* Held until its finalizer is done, which may let go of all that holds it. What dies of that is finalized and dead at once. */
static void garbage_finalize(void *object)
{
    counting_retain(object);
    counting_finalize(object);
    counting_release(object);
    counting_settle();
}

/* A finalizer that collects does not keep the condemned of this collection waiting. (One that collects again is refused, so
 * this nests no deeper.) */
static void garbage_finalize_all(void)
{
    bool within_finalizer = counting.finalizing;
    counting.finalizing = false;
    for (uint32_t i = looked_at.from; i < looked_at.to; i++) {
        void *object = suspects.table[i];
        if (object && counting_is_finalizable(object) && !counting_is_condemned(object))
            garbage_finalize(object);
    }
    counting.finalizing = within_finalizer;
}

/* Runs the finalizers of what was looked at, all of which is garbage, and looks again. Returns how many objects live on. */
static uint32_t garbage_resurrect(void)
{
    garbage_finalize_all();
    uint32_t found = garbage_look(looked_at.from, looked_at.to);
    garbage_hide();
    return looked_at.to - looked_at.from - found;
}

/* ---- The end ---------------------------------------------------------------------------------------------------- */

/* newborn: a head of a type that has references. */
ALWAYS_INLINE bool is_garbage(void *object, CountingHead newborn)
{
    if ((*counting_head(object) | SUSPECT_FLAG) != newborn && !type_has_references(counting_type(object)))
        return false;
    uint32_t index = suspect_index(object);
    return index - looked_at.from < looked_at.to - looked_at.from && !is_reached(suspects.marks[index]);
}

/* A garbage neighbour is freed with the rest; everything else loses an owner, and may die of it. */
ALWAYS_INLINE void garbage_clear_slot(AnyReference *slot, void *newborn)
{
    if (*slot && !is_garbage(*slot, *(const CountingHead *)newborn))
        counting_release(*slot);
}

/* Clears what is garbage from an index on, as long as it is of this type; returns where it ends. */
ALWAYS_INLINE uint32_t garbage_clear_as(const Type *type, uint32_t index)
{
    CountingHead newborn = counting_new_head(type) | SUSPECT_FLAG;
    for (; index < looked_at.to; index++) {
        void *object = suspects.table[index];
        if (!object || is_reached(suspects.marks[index]))
            continue;
        if (counting_type(object) != type)
            break;
        type_visit(type, object, garbage_clear_slot, &newborn);
    }
    return index;
}

/* Frees in the same way: memory goes back in the order of the table, neighbours together. */
ALWAYS_INLINE uint32_t garbage_free_as(const Type *type, uint32_t index)
{
    CountingRow row = { NULL, NULL };
    for (; index < looked_at.to; index++) {
        void *object = suspects.table[index];
        if (!object || is_reached(suspects.marks[index]))
            continue;
        if (counting_type(object) != type)
            break;
        counting_died(object, type);
        counting_clear_flags(object);
        if (counting_makes_rows(type))
            counting_give_in_row(&row, object, type);
        else
            counting_give(object, type);
    }
    if (counting_makes_rows(type))
        counting_give_row(&row, pool_block_size(counting_block_size(type, type->size)));
    return index;
}

/* What dies with the garbage without being of it (leaves, or older objects) may run code, and that code may make suspects. */
static void garbage_clear(void)
{
    for (uint32_t i = looked_at.from; i < looked_at.to;)
        i = garbage_is_at(i) ? garbage_functions(suspects.table[i])->clear(i) : i + 1;
}

static void garbage_free(void)
{
    for (uint32_t i = looked_at.from; i < looked_at.to;)
        i = garbage_is_at(i) ? garbage_functions(suspects.table[i])->free(i) : i + 1;
}

/* Of an empty heap nothing is known. */
static void garbage_open(void)
{
    memset(&one_way, 0, sizeof one_way);
}

static void garbage_end(void)
{
    garbage_clear();
    garbage_free();
    suspects_cut_holes();
    counting_settle();
}

#endif
