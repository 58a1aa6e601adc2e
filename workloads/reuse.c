/* Reuse: n readings of an instrument that knows 256 values, one after the other, each looked at once and then no more. fresh:
 * every reading is an object of its own; interned: it is one of 256 that are made beforehand and shared, as CPython's small
 * ints are; reused: there is one object, which is changed in place.
 * Stresses births and deaths of which no two overlap, against an owner more and less, and against neither.
 * After the articles' advice to avoid unnecessary objects.
 * Not good for: what sharing saves where objects are kept; here none is. */
#include "workload.h"

#include "objects/number.h"
#include "objects/observed.h"

enum { VALUES = 256 };

/* Reading i: every value is as frequent as any other, for the step is odd. */
static uint64_t value_of(uint64_t i)
{
    return (cell_seed + i * 167) % VALUES;
}

static uint64_t fresh(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        region {
            local(Number) reading = number_of(value_of(i));
            sum += observed(reading)->value;
        }
    operations += n;
    return sum;
}

static uint64_t interned(uint64_t n)
{
    local(Array) values = numbers_below(VALUES);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        local(Number) reading = share(values->at[value_of(i)]);
        sum += observed(reading)->value;
    }
    operations += n;
    return sum;
}

static uint64_t reused(uint64_t n)
{
    local(Number) reading = new(Number);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        reading->value = value_of(i);
        sum += observed(reading)->value;
    }
    operations += n;
    return sum;
}

WORKLOAD(reuse, TECHNIQUE, SIZES(3000000, 30000000, 300000000), "n readings of 256 values, each looked at once",
    VARIANT(fresh, STREAMS),
    VARIANT(interned, STREAMS, REPEATED(7)),
    VARIANT(reused, STREAMS, REPEATED(8)));
