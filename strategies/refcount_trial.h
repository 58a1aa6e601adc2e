/* refcount_trial: reference counting, and synchronous trial deletion from candidates (D. Bacon and V. Rajan, "Concurrent cycle
 * collection in reference counted systems", ECOOP 2001). Only an object that lost an owner and kept another can have become the
 * last hold of a dead cycle: it is a candidate, and a collection looks at what the candidates reach, and at nothing else.
 *
 * A candidate knows its place, so that one that dies after all is taken out at once. When to collect follows Nim's ORC
 * (lib/system/orc.nim): at 128 candidates at first; less often when a collection frees less than half of what it touched,
 * more often when it frees more. Weakness: an object that much hangs from and that changes owners often makes every collection
 * walk all that hangs from it. */
#include <stdbool.h>
#include <stdint.h>

#include "parts/census.h"
#include "parts/setting.h"

#define counting_born(object, type) (type_has_references(type) ? trial_acquit(object) : (void)0)
#define counting_spared(object) trial_suspect(object)
#define counting_dying(object, type) (type_has_references(type) ? trial_forget(object) : (void)0)
#define garbage_spread(look, object) trial_spread(look, object)

static inline void trial_acquit(void *object);
static inline void trial_suspect(void *object);
static inline void trial_forget(void *object);
struct Look;
static inline void trial_spread(struct Look *look, void *object);

#include "parts/garbage.h"

#ifdef CHECKED
enum { TRIAL_FIRST_THRESHOLD = 3, TRIAL_LEAST_THRESHOLD = 2 }; /* so that small programs are collected too */
#else
enum { TRIAL_FIRST_THRESHOLD = 128, TRIAL_LEAST_THRESHOLD = 16 };
#endif

SETTING(collector, 1, 0, 1, "0: only collect() collects");
SETTING(threshold, TRIAL_FIRST_THRESHOLD, 1, UINT32_MAX, "candidates that call for the first collection");

static struct {
    uint64_t candidates_most;   /* more call for a collection */
    bool spreading;             /* what the suspects refer to comes to be suspected, too */
    uint64_t collections, collected;
} trial;

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

/* The table is the queue of the walk from the candidates to all that they reach. */
static inline void trial_spread(Look *look, void *object)
{
    if (!trial.spreading || suspect_prefix(object)->index != NOT_SUSPECT)
        return;
    suspects_add(object);
    look->table = suspects.table;
    look->marks = suspects.marks;
    look->marks[look->to++] = 0;
}

/* ---- Collecting ------------------------------------------------------------------------------------------------- */

/* Only the garbage stays in the table. */
static void trial_acquit_survivors(void)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < looked_at.to; i++) {
        void *object = suspects.table[i];
        if (is_reached(suspects.marks[i])) {
            trial_acquit(object);
        } else {
            suspects.marks[at] = 0;
            suspects.table[at] = object;
            suspect_prefix(object)->index = at++;
        }
    }
    looked_at.to = suspects.length = at;
}

static void trial_adapt(uint32_t touched, uint32_t freed)
{
    if (freed >= touched / 2)
        trial.candidates_most = trial.candidates_most * 2 / 3;
    else if (trial.candidates_most < SUSPECTS_MOST)
        trial.candidates_most += trial.candidates_most / 2;
    if (trial.candidates_most < TRIAL_LEAST_THRESHOLD)
        trial.candidates_most = TRIAL_LEAST_THRESHOLD;
}

static uint64_t trial_collect_candidates(void)
{
    trial.spreading = true;
    uint32_t found = garbage_look(0, suspects.length);
    trial.spreading = false;
    trial_adapt(looked_at.to, found);
    trial_acquit_survivors();
    garbage_clear();
    garbage_free();
    suspects_close_holes();
    trial.collections++;
    trial.collected += found;
    return found;
}

static __attribute__((noinline)) uint64_t trial_collect(void)
{
    if (suspects.collecting)
        return 0;
    pause_begin();
    suspects.collecting = true;
    uint64_t found = trial_collect_candidates();
    suspects.collecting = false;
    pause_end(PAUSE_COLLECTION);
    return found;
}

/* Collects before the birth, when every count is exact. */
static inline void *trial_allocate(const Type *type, size_t size)
{
    if (type_has_references(type) && __builtin_expect(suspects_count() >= trial.candidates_most, 0))
        trial_collect();
    return counting_allocate(type, size);
}

static void trial_open(void)
{
    memset(&trial, 0, sizeof trial);
    trial.candidates_most = setting_collector ? setting_threshold : UINT64_MAX;
}

static void trial_close(void)
{
    trial_collect();
    counting_close();
    suspects_close();
}

#define allocate(type, size) trial_allocate(type, size)
#define collects_cycles 1
#define collect() trial_collect()
#define heap_open() trial_open()
#define heap_close() trial_close()
