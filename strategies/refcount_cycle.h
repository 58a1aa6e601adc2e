/* refcount_cycle: reference counting, and a collector for the cycles that counting leaves behind, after CPython's
 * (InternalDocs/garbage_collector.md): every object with references is a suspect from birth to death, and now and then all of
 * them are looked at.
 *
 * Trigger: the suspects have grown by a quarter since the last collection, and by 700 at the least. The quarter keeps the
 * cost of a growing live heap linear (CPython's long_lived_pending rule). */
#include <stdint.h>

#define counting_born(object, type) (type_has_references(type) ? suspects_add(object) : (void)0)
#define counting_spared(object) ((void)0)
#define counting_dying(object, type) (type_has_references(type) ? suspects_remove(object) : (void)0)

static inline void suspects_add(void *object);
static inline void suspects_remove(void *object);

#include "parts/suspects.h"

#ifdef CHECKED
enum { CYCLE_THRESHOLD = 7 }; /* so that small programs are collected too */
#else
enum { CYCLE_THRESHOLD = 700 }; /* containers, as CPython's youngest generation before 3.13 */
#endif

enum { CYCLE_GROWTH_DIVISOR = 4 };

static uint32_t cycle_collect_at; /* how many suspects call for a collection */

static void cycle_set_trigger(void)
{
    uint32_t growth = suspects.length / CYCLE_GROWTH_DIVISOR;
    cycle_collect_at = suspects.length + (growth > CYCLE_THRESHOLD ? growth : CYCLE_THRESHOLD);
}

static __attribute__((noinline)) void cycle_collect(void)
{
    suspects_collect();
    cycle_set_trigger();
}

/* Collects before the birth, when every count is exact. */
static inline void *cycle_allocate(const Type *type, size_t size)
{
    if (type_has_references(type) && __builtin_expect(suspects.length >= cycle_collect_at, 0))
        cycle_collect();
    return counting_allocate(type, size);
}

static void cycle_close(void)
{
    cycle_collect();
    pool_close();
    suspects_close();
}

#define allocate(type, size) cycle_allocate(type, size)
#define collects_cycles 1
#define collect() cycle_collect()
#define heap_open() cycle_set_trigger()
#define heap_close() cycle_close()
