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

#define some_are_no_suspects
#define counting_born(object, type) ((void)0)
#define counting_spared(object) trial_suspect(object)
#define counting_died(object, type) ((void)0)
#define counting_acquit(object) trial_forget(object)
#define garbage_spread(look, object) trial_spread(look, object)

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
SETTING(threshold, TRIAL_FIRST_THRESHOLD, 1, UINT32_MAX, "candidates that call for the first collection", "16 1024 8192");

static PER_HEAP struct {
    uint64_t threshold;         /* so many candidates call for a collection, where the collector is on */
    uint64_t candidates;        /* so many there are */
    bool is_due;                /* there were enough of them */
    bool spreading;             /* what the suspects refer to comes to be suspected, too */
    uint64_t collections, collected, touched;
} trial;

static inline void trial_suspect(void *object)
{
    if (!may_be_suspect(object) || is_suspect(object))
        return;
    suspects_add(object);
    trial.is_due |= ++trial.candidates >= trial.threshold;
}

static inline void trial_forget(void *object)
{
    if (!is_suspect(object))
        return;
    suspects_remove(object);
    trial.candidates--;
}

/* The table is the queue of the walk from the candidates to all that they reach. */
static inline void trial_spread(Look *look, void *object)
{
    if (!trial.spreading || is_suspect(object))
        return;
    suspects_add(object);
    look->table = suspects.table;
    look->marks = suspects.marks;
    look->marks[look->to++] = 0;
}

/* ---- Collecting ------------------------------------------------------------------------------------------------- */

/* Of what was looked at only the garbage stays in the table, so that a survivor can be suspected again from now on. */
static void trial_acquit_survivors(void)
{
    for (uint32_t i = looked_at.from; i < looked_at.to; i++)
        if (suspects.table[i] && !garbage_is_at(i))
            suspects_remove(suspects.table[i]);
}

/* As ORC: a collection that freed all that it touched changes nothing, unless collections had become rare. */
static void trial_adapt(uint64_t touched, uint64_t found)
{
    trial.touched += touched;
    if (found == touched && trial.threshold <= setting_threshold)
        return;
    if (found * 2 >= touched)
        trial.threshold = trial.threshold / 3 * 2 > TRIAL_LEAST_THRESHOLD ? trial.threshold / 3 * 2 : TRIAL_LEAST_THRESHOLD;
    else if (trial.threshold < SUSPECTS_MOST)
        trial.threshold += trial.threshold / 2;
}

/* Looks at all that the candidates reach. */
static uint64_t trial_look(GarbageLook *look)
{
    trial.spreading = true;
    uint64_t found = look(0, suspects.length);
    trial.spreading = false;
    trial_adapt(looked_at.to, found);
    return found;
}

static uint64_t trial_collect_candidates(GarbageLook *look)
{
    uint64_t found = trial_look(look);
    trial_acquit_survivors();
    if (garbage_hide()) {
        found -= garbage_resurrect();
        trial_acquit_survivors();
    }
    garbage_end();
    suspects_close_holes();
    trial.candidates = suspects.length; /* those that came while the collection ran */
    trial.collections++;
    trial.collected += found;
    return found;
}

/* Returns how many objects were found dead, and are. Nothing is collected while a collection runs somebody's finalizer. */
static __attribute__((noinline)) uint64_t trial_collect(GarbageLook *look)
{
    if (suspects.collecting)
        return 0;
    collection_begin();
    suspects.collecting = true;
    uint64_t dead = trial.candidates ? trial_collect_candidates(look) : 0;
    suspects.collecting = false;
    collection_end();
    return dead;
}

/* Some of the candidates may be dead by now. */
static __attribute__((noinline)) void trial_collect_if_due(void)
{
    if (setting_collector && !suspects.collecting && trial.candidates >= trial.threshold)
        trial_collect(garbage_look_lightly);
    trial.is_due = false;
}

/* Collects before the birth, when every count is exact. */
static inline void *trial_allocate(const Type *type, size_t size)
{
    if (type_has_references(type) && __builtin_expect(trial.is_due, 0))
        trial_collect_if_due();
    return counting_allocate(type, size);
}

static void trial_open(void)
{
    garbage_open();
    memset(&trial, 0, sizeof trial);
    trial.threshold = setting_threshold;
}

static void trial_close(void)
{
    trial_collect(garbage_look);
    counting_close();
    suspects_close();
}

#define allocate(type, size) trial_allocate(type, size)
#define collects_cycles 1
#define moves_close_cycles_unseen 1 /* what changes hands loses no owner: a cycle closed by give alone is never suspected */
#define collect() trial_collect(garbage_look)
#define heap_open() trial_open()
#define heap_close() trial_close()
