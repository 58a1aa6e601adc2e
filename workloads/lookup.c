/* Lookup: n questions whether a number is among n others; the answer is yes to about half of them.
 * A list is scanned from its beginning, a set is hashed into, and a generator makes the elements anew for every
 * question, in the list's order, until the right one comes: list and generator compare the same pairs.
 * Stresses reading (list, set) and birth and death one at a time (generator). After the articles' advice to look things
 * up in sets instead of lists. Not good for: timing the set at a size where the others can be timed; they are
 * quadratic. */
#include "workload.h"

#include "objects/list.h"
#include "objects/number.h"
#include "objects/set.h"

/* Element i of a sequence in which no number comes twice, for the step is odd; the first n are looked among. */
static uint64_t element(uint64_t i)
{
    return cell_seed + i * 0xD1342543DE82EF95u;
}

GENERATOR(Elements, Number, uint64_t n, i)
{
    start;
    for (self->i = 0; self->i < self->n; self->i++) {
        renew(self->item, Number)->value = element(self->i);
        yield(self->item);
    }
    finish;
}

/* Asks for elements from the first 2n, so that about half of them are not there. */
GENERATOR(Questions, Number, uint64_t n, i; Random random)
{
    start;
    self->random = random_salted(0);
    for (self->i = 0; self->i < self->n; self->i++) {
        renew(self->item, Number)->value = element(random_below(&self->random, 2 * self->n));
        yield(self->item);
    }
    finish;
}

static uint64_t list(uint64_t n)
{
    local(List) elements = new(List);
    each (Number, x, Elements, .n = n)
        list_append(elements, share(x));
    uint64_t found = 0;
    each (Number, wanted, Questions, .n = n)
        found += list_has(elements, wanted, numbers);
    operations += n;
    return found;
}

static uint64_t (set)(uint64_t n)
{
    local(Set) elements = new(Set);
    each (Number, x, Elements, .n = n)
        set_add(elements, share(x), numbers);
    uint64_t found = 0;
    each (Number, wanted, Questions, .n = n)
        found += set_has(elements, wanted, numbers);
    operations += n;
    return found;
}

static uint64_t generator(uint64_t n)
{
    uint64_t found = 0;
    each (Number, wanted, Questions, .n = n)
        region {
            each (Number, x, Elements, .n = n)
                if (number_equal(x, wanted)) {
                    found++;
                    break;
                }
        }
    operations += n;
    return found;
}

/* What is asked for was drawn from the first 2n elements, and is there when it was one of the first n. */
static uint64_t drawn_from_first_half(uint64_t n)
{
    Random random = random_salted(0);
    uint64_t found = 0;
    for (uint64_t i = 0; i < n; i++)
        found += random_below(&random, 2 * n) < n;
    return found;
}

WORKLOAD(lookup, TECHNIQUE, SWEPT(4000, 8000, 20000), "n lookups among n numbers, half of them in vain",
    VARIANT(list),
    VARIANT(set),
    VARIANT(generator, STREAMS));
REFERENCE(drawn_from_first_half);
LARGEST(UINT64_C(1) << 31); /* questions are drawn from twice as many, by random_below */
