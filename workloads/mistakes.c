/* Mistakes: what a program's two classic errors of ownership come to, each made 1024 times in each of n rounds.
 * borrowed: references are borrowed from a list and wanted again after the list is gone. Those whose objects are dead by then
 * are uses after free (figure used_after_free); a collector that finds the references forgives them.
 * surplus: objects get an owner too many, which is forgotten. Those that are alive when nobody knows of them have leaked
 * (figure leaked; then they are let go); what does not count owners forgives it.
 * Stresses finalizers, and collections of a small heap. After the articles' promise that automatic management prevents errors
 * of memory. Not good for: time. What finding such mistakes is like, the suite's checked cells say. */
#include "workload.h"

#include "objects/list.h"
#include "objects/mortal.h"

#define IN_OWN_FRAME __attribute__((noinline)) /* of which a collector that reads the stack finds nothing afterwards */

static IN_OWN_FRAME uint64_t borrow(uint64_t first, Mortal *borrowed[])
{
    uint64_t sum = 0;
    local(List) owner = new(List);
    for (int i = 0; i < MORTALS; i++) {
        list_append(owner, borrowed[i] = mortal_of(first + i));
        sum += borrowed[i]->number;
    }
    return sum;
}

static uint64_t count_dead(uint64_t first, Mortal *wanted[])
{
    uint64_t dead = 0;
    for (int i = 0; i < MORTALS; i++)
        dead += mortal_is_dead(first + i);
    __asm__ volatile("" : : "r"(wanted) : "memory"); /* the references are in scope up to here */
    return dead;
}

static uint64_t borrowed(uint64_t n)
{
    uint64_t sum = 0, dead = 0;
    for (uint64_t first = 0; first < n * MORTALS; first += MORTALS) {
        Mortal *kept[MORTALS];
        region
            sum += borrow(first, kept);
        collect();
        dead += count_dead(first, kept);
    }
    figure(used_after_free, dead);
    operations += n * MORTALS;
    return sum;
}

/* Notes where the objects are in a form that no collector takes for a reference. */
static IN_OWN_FRAME uint64_t own_twice(uint64_t first, uintptr_t hidden[])
{
    uint64_t sum = 0;
    for (int i = 0; i < MORTALS; i++) {
        local(Mortal) mortal = mortal_of(first + i);
        hidden[i] = ~(uintptr_t)share(mortal);
        sum += mortal->number;
    }
    return sum;
}

static IN_OWN_FRAME uint64_t let_go_of_alive(uint64_t first, const uintptr_t hidden[])
{
    uint64_t alive = 0;
    for (int i = 0; i < MORTALS; i++)
        if (!mortal_is_dead(first + i)) {
            local(Mortal) surplus = (Mortal *)~hidden[i];
            alive++;
        }
    return alive;
}

static uint64_t surplus(uint64_t n)
{
    uint64_t sum = 0, leaked = 0;
    for (uint64_t first = 0; first < n * MORTALS; first += MORTALS) {
        uintptr_t hidden[MORTALS];
        region
            sum += own_twice(first, hidden);
        collect();
        leaked += let_go_of_alive(first, hidden);
    }
    figure(leaked, leaked);
    operations += n * MORTALS;
    return sum;
}

static uint64_t sum_of_numbers(uint64_t n)
{
    return n * MORTALS / 2 * (n * MORTALS - 1);
}

WORKLOAD(mistakes, TECHNIQUE, SIZES(300, 3000, 30000), "references kept too long, and owners too many",
    VARIANT(borrowed, STREAMS),
    VARIANT(surplus, STREAMS));
REFERENCE(sum_of_numbers);
