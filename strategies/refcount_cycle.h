/* refcount_cycle: reference counting, and a collector for the cycles that counting leaves behind.
 *
 * Trial deletion over all containers at once, as in CPython (InternalDocs/garbage_collector.md): subtract from each count
 * the references that come from other containers; what stays above zero is held from outside and rescues all it reaches; the
 * rest is garbage.
 *
 * Invariant: every object whose type has references stands in one table, and knows its index there. While collecting, the table
 * is its own mark queue: [ reached and visited | reached | unknown ]; to reach an object is to swap it into the second part.
 * So the collector needs no memory and never recurses.
 *
 * Trigger: the table has grown by a quarter since the last collection, and by 700 at the least. The quarter keeps the
 * cost of a growing live heap linear (CPython's long_lived_pending rule). */
#include <stdint.h>

#ifdef CHECKED
enum { CYCLE_THRESHOLD = 7 }; /* so that small programs are collected too */
#else
enum { CYCLE_THRESHOLD = 700 }; /* containers, as CPython's youngest generation before 3.13 */
#endif

enum { CYCLE_GROWTH_DIVISOR = 4 };

typedef struct CyclePrefix {
    uint32_t index;     /* in the table */
    uint32_t external;  /* while collecting: owners not found among the containers yet */
} CyclePrefix;

#define counting_prefix(type) (type_has_references(type) ? sizeof(CyclePrefix) : 0)
#define counting_born(object, type) (type_has_references(type) ? cycle_track(object) : (void)0)
#define counting_moved(object, type) (type_has_references(type) ? cycle_follow(object) : (void)0)
#define counting_dying(object, type) (type_has_references(type) ? cycle_untrack(object) : (void)0)

static inline void cycle_track(void *object);
static inline void cycle_follow(void *object);
static inline void cycle_untrack(void *object);

#include "parts/counting.h"

static struct {
    void **table;
    uint32_t length, capacity;
    uint32_t collect_at; /* length at which to collect */
    uint32_t visited, reached; /* ends of the table's parts, while collecting */
} cycle;

static inline CyclePrefix *cycle_prefix(void *object)
{
    return (CyclePrefix *)counting_head(object) - 1;
}

static inline void cycle_place(void *object, uint32_t index)
{
    cycle.table[index] = object;
    cycle_prefix(object)->index = index;
}

static __attribute__((noinline)) void cycle_grow_table(void)
{
    size_t capacity = cycle.capacity ? 2 * (size_t)cycle.capacity : 1024;
    void **table = capacity <= UINT32_MAX ? realloc(cycle.table, capacity * sizeof *table) : NULL;
    if (!table)
        out_of_memory(capacity * sizeof *table);
    cycle.table = table;
    cycle.capacity = (uint32_t)capacity;
}

static inline void cycle_track(void *object)
{
    if (cycle.length == cycle.capacity)
        cycle_grow_table();
    cycle_place(object, cycle.length++);
}

static inline void cycle_follow(void *object)
{
    cycle.table[cycle_prefix(object)->index] = object;
}

static inline void cycle_untrack(void *object)
{
    cycle_place(cycle.table[--cycle.length], cycle_prefix(object)->index);
}

/* ---- Collecting ------------------------------------------------------------------------------------------------- */

static inline bool cycle_is_tracked(void *object)
{
    return object && type_has_references(counting_type(object));
}

static void cycle_subtract(AnyReference *slot, void *context)
{
    (void)context;
    if (cycle_is_tracked(*slot))
        cycle_prefix(*slot)->external--;
}

static void cycle_subtract_internal(void)
{
    for (uint32_t i = 0; i < cycle.length; i++)
        cycle_prefix(cycle.table[i])->external = (uint32_t)counting_count(cycle.table[i]);
    for (uint32_t i = 0; i < cycle.length; i++)
        type_visit(counting_type(cycle.table[i]), cycle.table[i], cycle_subtract, NULL);
}

static void cycle_reach(void *object)
{
    uint32_t index = cycle_prefix(object)->index;
    if (index < cycle.reached)
        return;
    cycle_place(cycle.table[cycle.reached], index);
    cycle_place(object, cycle.reached++);
}

static void cycle_reach_slot(AnyReference *slot, void *context)
{
    (void)context;
    if (cycle_is_tracked(*slot))
        cycle_reach(*slot);
}

static void cycle_reach_all(void)
{
    cycle.visited = cycle.reached = 0;
    for (uint32_t i = 0; i < cycle.length; i++)
        if (cycle_prefix(cycle.table[i])->external)
            cycle_reach(cycle.table[i]);
    while (cycle.visited < cycle.reached) {
        void *object = cycle.table[cycle.visited++];
        type_visit(counting_type(object), object, cycle_reach_slot, NULL);
    }
}

static inline bool cycle_is_garbage(void *object)
{
    return cycle_is_tracked(object) && cycle_prefix(object)->index >= cycle.reached;
}

/* A garbage neighbour is freed with the rest; everything else loses an owner, and may die of it if it is a leaf. */
static void cycle_clear_slot(AnyReference *slot, void *context)
{
    (void)context;
    if (!cycle_is_garbage(*slot))
        counting_release(*slot);
}

static void cycle_free_garbage(void)
{
    for (uint32_t i = cycle.reached; i < cycle.length; i++)
        type_visit(counting_type(cycle.table[i]), cycle.table[i], cycle_clear_slot, NULL);
    for (uint32_t i = cycle.reached; i < cycle.length; i++)
        counting_free(cycle.table[i], counting_type(cycle.table[i]));
    cycle.length = cycle.reached;
}

static void cycle_set_trigger(void)
{
    uint32_t growth = cycle.length / CYCLE_GROWTH_DIVISOR;
    cycle.collect_at = cycle.length + (growth > CYCLE_THRESHOLD ? growth : CYCLE_THRESHOLD);
}

static __attribute__((noinline)) void cycle_collect(void)
{
    cycle_subtract_internal();
    cycle_reach_all();
    cycle_free_garbage();
    cycle_set_trigger();
}

/* Collects before the birth, when every count is exact. */
static inline void *cycle_allocate(const Type *type, size_t size)
{
    if (type_has_references(type) && __builtin_expect(cycle.length >= cycle.collect_at, 0))
        cycle_collect();
    return counting_allocate(type, size);
}

static void cycle_close(void)
{
    cycle_collect();
    pool_close();
    free(cycle.table);
    memset(&cycle, 0, sizeof cycle);
}

#define allocate(type, size) cycle_allocate(type, size)
#define collects_cycles 1
#define collect() cycle_collect()
#define heap_open() cycle_set_trigger()
#define heap_close() cycle_close()
