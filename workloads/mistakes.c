/* Mistakes: what the two classic errors of ownership come to, each made 1024 times in each of n rounds.
 * borrowed: references are borrowed from a list and wanted again after the list is gone. Those whose objects are dead by then
 * are uses after free (figure used_after_free_per_mille); a collector that finds the references forgives them.
 * surplus: objects get an owner too many, which is forgotten. Those alive when nobody knows of them have leaked (figure
 * leaked_per_mille; then they are let go); what does not count owners forgives it.
 * Stresses finalizers, and collections of a small heap.
 * After the articles' promise that automatic management prevents errors of memory.
 * Not good for: time, and what finding such mistakes is like: tests/caught.sh has what reports them. */
#include "workload.h"

#include "objects/list.h"
#include "objects/mortal.h"

static IN_OWN_FRAME uint64_t borrow(uint64_t first, Mortal *borrowed[])
{
    uint64_t sum = 0;
    local(List) owner = new(List);
    for (int i = 0; i < MORTALS; i++) {
        borrowed[i] = mortal_of(first + i);
        list_append(owner, borrowed[i]);
        sum += borrowed[i]->number;
    }
    return sum;
}

static IN_OWN_FRAME uint64_t own_twice(uint64_t first, Mortal *hidden[])
{
    uint64_t sum = 0;
    for (int i = 0; i < MORTALS; i++) {
        local(Mortal) mortal = mortal_of(first + i);
        hidden[i] = mortal_hidden(share(mortal));
        sum += mortal->number;
    }
    return sum;
}

static uint64_t rounds(uint64_t n, WithMortals *mistake, WithMortals *victims, const char *per_mille)
{
    uint64_t sum = 0, found = 0;
    mortals_begin();
    for (uint64_t first = 0; first < n * MORTALS; first += MORTALS) {
        Mortal *kept[MORTALS];
        region
            sum += mistake(first, kept);
        collect();
        found += victims(first, kept);
    }
    cell_figure(per_mille, found * 1000 / (n * MORTALS));
    operations += n * MORTALS;
    return sum;
}

static uint64_t borrowed(uint64_t n) { return rounds(n, borrow, mortals_dead, "used_after_free_per_mille"); }
static uint64_t surplus(uint64_t n) { return rounds(n, own_twice, mortals_let_go, "leaked_per_mille"); }

static uint64_t sum_of_numbers(uint64_t n)
{
    return n * MORTALS / 2 * (n * MORTALS - 1);
}

WORKLOAD(mistakes, TECHNIQUE, SIZES(200, 2000, 30000), "references kept too long, and owners too many",
    VARIANT(borrowed, STREAMS, REPEATED(4)),
    VARIANT(surplus, STREAMS, REPEATED(9)));
REFERENCE(sum_of_numbers);
