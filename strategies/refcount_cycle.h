/* refcount_cycle: reference counting, and CPython 3.11's generational collector for the cycles that counting leaves behind
 * (Modules/gcmodule.c, InternalDocs/garbage_collector.md): every object with references is a suspect from birth to death, and
 * the young ones are looked at more often than the old.
 *
 * Triggers, all CPython's. A generation's count is, of the youngest, births less deaths since its last collection, and of the
 * others the collections of the generation below. A birth that takes the youngest's count above its threshold collects
 * the oldest generation whose count is above its own, with all that are younger; what survives moves up by one. But the oldest
 * waits until those that came to it unlooked at are a quarter of those it has: without that, a live heap that grows costs the
 * square of its size. The newborn is not looked at yet. */
#include <stdbool.h>
#include <stdint.h>

#include "parts/census.h"
#include "parts/setting.h"

#define counting_born(object, type) (type_has_references(type) ? suspects_add(object) : (void)0)
#define counting_spared(object) ((void)0)
#define counting_died(object, type) (type_has_references(type) ? cycle_forget(object) : (void)0)

static inline void suspects_add(void *object);
static inline void cycle_forget(void *object);

#include "parts/garbage.h"

enum { CYCLE_YOUNG, CYCLE_MIDDLE, CYCLE_OLD, CYCLE_GENERATIONS };

#ifdef CHECKED
enum { CYCLE_THRESHOLD = 7 }; /* so that small programs are collected too */
#else
enum { CYCLE_THRESHOLD = 700 }; /* 2000 since CPython 3.13 */
#endif

SETTING(collector, 1, 0, 1, "0: only collect() collects, as after gc.disable()");
SETTING(threshold, CYCLE_THRESHOLD, 1, UINT32_MAX, "the youngest is collected when its births less deaths exceed this",
        "100 2000 10000 50000");
SETTING(threshold1, 10, 0, UINT32_MAX, "the middle generation is due when the youngest was collected more often than this");
SETTING(threshold2, 10, 0, UINT32_MAX, "the oldest generation is due when the middle one was collected more often than this");
SETTING(divisor, 4, 0, UINT32_MAX, "the oldest waits until what is new in it is this part of what is old; 0: it does not wait");

static PER_HEAP struct {
    uint64_t count[CYCLE_GENERATIONS];
    uint64_t births_most;             /* the youngest's threshold, or what is never reached */
    uint64_t long_lived, pending;     /* who survived the last collection of all; who came to the oldest since then */
    struct {
        uint64_t collections, collected;
    } statistics[CYCLE_GENERATIONS];  /* gc.get_stats(); "uncollectable" is for old extensions only */
} cycle;

static inline void cycle_forget(void *object)
{
    suspects_remove(object);
    cycle.count[CYCLE_YOUNG] -= cycle.count[CYCLE_YOUNG] != 0;
}

/* ---- Collecting ------------------------------------------------------------------------------------------------- */

static void cycle_count_collection(int generation)
{
    cycle.statistics[generation].collections++;
    if (generation < CYCLE_OLD)
        cycle.count[generation + 1]++;
    for (int younger = 0; younger <= generation; younger++)
        cycle.count[younger] = 0;
}

static uint32_t cycle_first_of(int generation)
{
    const uint32_t first[] = { suspects.young, suspects.middle, 0 };
    return first[generation];
}

/* What stands in the table up to looked_at.to was looked at and moves up one generation. */
static void cycle_promote(int generation, uint32_t survivors)
{
    suspects.young = looked_at.to;
    if (generation >= CYCLE_MIDDLE)
        suspects.middle = looked_at.to;
    if (generation == CYCLE_MIDDLE)
        cycle.pending += survivors;
    if (generation == CYCLE_OLD) {
        cycle.long_lived = survivors;
        cycle.pending = 0;
    }
}

static void cycle_swap(uint32_t i, uint32_t k)
{
    void *object = suspects.table[i];
    int32_t mark = suspects.marks[i];
    suspects_place(suspects.table[k], i);
    suspects_place(object, k);
    suspects.marks[i] = suspects.marks[k];
    suspects.marks[k] = mark;
}

/* Those that live on come first, in their order; what was looked at is then the garbage alone. */
static void cycle_gather(void)
{
    uint32_t at = looked_at.from;
    for (uint32_t i = at; i < looked_at.to; i++)
        if (is_reached(suspects.marks[i]))
            cycle_swap(i, at++);
    looked_at.from = at;
}

/* Garbage that a finalizer brought back moves up with the survivors. Returns how many objects are dead. */
static uint64_t cycle_bury(uint64_t found)
{
    if (!found)
        return 0;
    if (garbage_hide()) {
        cycle_gather();
        found -= garbage_resurrect();
    }
    garbage_end();
    return found;
}

/* Collects a generation and all that are younger. */
static uint64_t cycle_collect_generation(int generation, GarbageLook *look)
{
    cycle_count_collection(generation);
    uint64_t found = look(cycle_first_of(generation), suspects.length);
    cycle_promote(generation, looked_at.to - looked_at.from - (uint32_t)found);
    uint64_t dead = cycle_bury(found);
    cycle.statistics[generation].collected += dead;
    return dead;
}

/* Returns how many objects were found dead, and are. Nothing is collected while a collection runs somebody's finalizer. */
static uint64_t cycle_collect_by(int generation, GarbageLook *look)
{
    if (suspects.collecting)
        return 0;
    collection_begin();
    suspects.collecting = true;
    uint64_t dead = cycle_collect_generation(generation, look);
    suspects.collecting = false;
    collection_end();
    return dead;
}

static __attribute__((noinline)) uint64_t cycle_collect(int generation)
{
    return cycle_collect_by(generation, garbage_look);
}

/* ---- Triggers --------------------------------------------------------------------------------------------------- */

static bool cycle_is_due(int generation)
{
    const uint64_t threshold[] = { setting_threshold, setting_threshold1, setting_threshold2 };
    if (generation == CYCLE_OLD && setting_divisor && cycle.pending < cycle.long_lived / setting_divisor)
        return false;
    return cycle.count[generation] > threshold[generation];
}

static __attribute__((noinline)) void cycle_collect_what_is_due(void)
{
    for (int generation = CYCLE_OLD; generation >= CYCLE_YOUNG; generation--)
        if (cycle_is_due(generation)) {
            cycle_collect_by(generation, garbage_look_lightly);
            return;
        }
}

/* Collects before the birth, when every count is exact. */
static inline void *cycle_allocate(const Type *type, size_t size)
{
    if (type_has_references(type) && __builtin_expect(++cycle.count[CYCLE_YOUNG] > cycle.births_most, 0))
        cycle_collect_what_is_due();
    return counting_allocate(type, size);
}

/* ---- Opening and closing ---------------------------------------------------------------------------------------- */

static void cycle_open(void)
{
    garbage_open();
    memset(&cycle, 0, sizeof cycle);
    cycle.births_most = setting_collector ? setting_threshold : UINT64_MAX;
}

static void cycle_close(void)
{
    cycle_collect(CYCLE_OLD);
    counting_close();
    suspects_close();
}

#define allocate(type, size) cycle_allocate(type, size)
#define collects_cycles 1
#define collect() cycle_collect(CYCLE_OLD)
#define heap_open() cycle_open()
#define heap_close() cycle_close()
