/* Mistakes: what a program's two classic errors of ownership come to, each made n times.
 * borrowed: a reference is borrowed from a list and wanted again after the list is gone. If its object is dead by then, that is
 * a use after free (figure used_after_free); a collector that finds the reference forgives it.
 * surplus: somebody takes an owner too many and forgets it. If the object is alive when nobody knows of it any more, that is
 * a leak (figure leaked); what does not count owners forgives it.
 * A finalizer tells who is dead, and no dead object is touched. The leaks are mended once they are counted.
 * After the articles' promise that automatic management prevents errors of memory. Stresses finalizers, and collections of a
 * small heap. Not good for: time; the suite's checked cells say what finding such mistakes in a program is like. */
#include "workload.h"

#include "objects/list.h"

enum { BATCH = 1024 }; /* mistakes between two collections */

typedef struct Thing {
    uint64_t number;
} Thing;

static uint64_t last_dead[BATCH]; /* number + 1 of the last that died, by number modulo BATCH */

static void note_death(Thing *thing)
{
    last_dead[thing->number % BATCH] = thing->number + 1;
}
finalized(Thing, note_death);

static bool is_dead(uint64_t number)
{
    return last_dead[number % BATCH] == number + 1;
}

static Thing *thing_of(uint64_t number)
{
    Thing *thing = new(Thing);
    thing->number = number;
    return thing;
}

/* In a frame of its own, of which a collector that reads the stack finds nothing later. */
static __attribute__((noinline)) uint64_t borrow(uint64_t first, uint64_t end, Thing **borrowed)
{
    uint64_t sum = 0;
    local(List) owner = new(List);
    for (uint64_t i = first; i < end; i++) {
        list_append(owner, thing_of(i));
        borrowed[i - first] = list_last(owner);
        sum += borrowed[i - first]->number;
    }
    return sum;
}

/* How many of these were dead when they were wanted again. */
static uint64_t count_dead(uint64_t first, uint64_t end, Thing **wanted)
{
    uint64_t dead = 0;
    for (uint64_t i = first; i < end; i++)
        dead += is_dead(i);
    __asm__ volatile("" : : "r"(wanted) : "memory"); /* they are in scope until here */
    return dead;
}

static uint64_t borrowed(uint64_t n)
{
    uint64_t sum = 0, dead = 0;
    for (uint64_t i = 0; i < n; i += BATCH) {
        uint64_t end = i + BATCH < n ? i + BATCH : n;
        Thing *kept[BATCH];
        region
            sum += borrow(i, end, kept);
        collect();
        dead += count_dead(i, end, kept);
    }
    figure(used_after_free, dead);
    operations += n;
    return sum;
}

/* Where they are is noted in a form that no collector takes for a reference. */
static __attribute__((noinline)) uint64_t own_twice(uint64_t first, uint64_t end, uintptr_t *hidden)
{
    uint64_t sum = 0;
    for (uint64_t i = first; i < end; i++) {
        local(Thing) thing = thing_of(i);
        hidden[i - first] = ~(uintptr_t)share(thing);
        sum += thing->number;
    }
    return sum;
}

/* How many of these live on; now they die. */
static __attribute__((noinline)) uint64_t mend(uint64_t first, uint64_t end, const uintptr_t *hidden)
{
    uint64_t leaked = 0;
    for (uint64_t i = first; i < end; i++)
        if (!is_dead(i)) {
            local(Thing) surplus = (Thing *)~hidden[i - first];
            leaked++;
        }
    return leaked;
}

static uint64_t surplus(uint64_t n)
{
    uint64_t sum = 0, leaked = 0;
    for (uint64_t i = 0; i < n; i += BATCH) {
        uint64_t end = i + BATCH < n ? i + BATCH : n;
        uintptr_t hidden[BATCH];
        region
            sum += own_twice(i, end, hidden);
        collect();
        leaked += mend(i, end, hidden);
    }
    figure(leaked, leaked);
    operations += n;
    return sum;
}

/* 0 + 1 + … + (n - 1) */
static uint64_t sum_by_formula(uint64_t n)
{
    return n % 2 ? (n - 1) / 2 * n : n / 2 * (n - 1);
}

WORKLOAD(mistakes, TECHNIQUE, SIZES(300000, 3000000, 30000000), "a reference kept too long, and an owner too many",
    VARIANT(borrowed, STREAMS),
    VARIANT(surplus, STREAMS));
REFERENCE(sum_by_formula);
