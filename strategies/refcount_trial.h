/* refcount_trial: reference counting, and synchronous trial deletion from candidates (D. Bacon and V. Rajan, "Concurrent cycle
 * collection in reference counted systems", ECOOP 2001). Only an object that lost an owner and kept another can have become the
 * last hold of a dead cycle: it is a candidate, and a collection looks at what the candidates reach, and at nothing else.
 *
 * A candidate knows its place, so that one that dies after all is taken out at once. When to collect follows Nim's ORC
 * (lib/system/orc.nim): at 128 candidates at first; less often when a collection frees less than half of what it touched,
 * more often when it frees more. Weakness: an object that much hangs from and that changes owners often makes every collection
 * walk all that hangs from it. */
#include <stdint.h>

#define counting_born(object, type) (type_has_references(type) ? trial_acquit(object) : (void)0)
#define counting_spared(object) trial_suspect(object)
#define counting_dying(object, type) (type_has_references(type) ? trial_forget(object) : (void)0)

static inline void trial_acquit(void *object);
static inline void trial_suspect(void *object);
static inline void trial_forget(void *object);

#include "parts/suspects.h"

#ifdef CHECKED
enum { TRIAL_FIRST_THRESHOLD = 3, TRIAL_LEAST_THRESHOLD = 2 }; /* so that small programs are collected too */
#else
enum { TRIAL_FIRST_THRESHOLD = 128, TRIAL_LEAST_THRESHOLD = 16 }; /* candidates */
#endif

static uint32_t trial_threshold;

static inline void trial_acquit(void *object)
{
    suspect_prefix(object)->index = NOT_SUSPECT;
}

static inline void trial_suspect(void *object)
{
    if (may_be_suspect(object) && suspect_prefix(object)->index == NOT_SUSPECT)
        suspects_add(object);
}

static inline void trial_forget(void *object)
{
    if (suspect_prefix(object)->index != NOT_SUSPECT)
        suspects_remove(object);
}

static void trial_suspect_slot(AnyReference *slot, void *context)
{
    (void)context;
    trial_suspect(*slot);
}

/* What the candidates reach is suspected with them: the table is the queue of this walk, too. */
static void trial_suspect_reachable(void)
{
    for (uint32_t i = 0; i < suspects.length; i++)
        type_visit(counting_type(suspects.table[i]), suspects.table[i], trial_suspect_slot, NULL);
}

static void trial_acquit_all(void)
{
    for (uint32_t i = 0; i < suspects.length; i++)
        trial_acquit(suspects.table[i]);
    suspects.length = 0;
}

static void trial_adapt(uint32_t touched, uint32_t freed)
{
    if (freed >= touched / 2)
        trial_threshold = trial_threshold * 2 / 3;
    else if (trial_threshold < NOT_SUSPECT / 2)
        trial_threshold += trial_threshold / 2;
    if (trial_threshold < TRIAL_LEAST_THRESHOLD)
        trial_threshold = TRIAL_LEAST_THRESHOLD;
}

static __attribute__((noinline)) void trial_collect(void)
{
    trial_suspect_reachable();
    uint32_t touched = suspects.length;
    trial_adapt(touched, suspects_collect());
    trial_acquit_all();
}

/* Collects before the birth, when every count is exact. */
static inline void *trial_allocate(const Type *type, size_t size)
{
    if (type_has_references(type) && __builtin_expect(suspects.length >= trial_threshold, 0))
        trial_collect();
    return counting_allocate(type, size);
}

static void trial_open(void)
{
    trial_threshold = TRIAL_FIRST_THRESHOLD;
}

static void trial_close(void)
{
    trial_collect();
    pool_close();
    suspects_close();
}

#define allocate(type, size) trial_allocate(type, size)
#define collects_cycles 1
#define collect() trial_collect()
#define heap_open() trial_open()
#define heap_close() trial_close()
