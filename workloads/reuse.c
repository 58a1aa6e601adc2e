/* Reuse: n readings of an instrument that knows 256 values, one after the other, each looked at once and then no more. fresh:
 * every reading is an object of its own; interned: it is one of 256 that are made beforehand and shared, as CPython's small
 * ints are; reused: there is one object, which is changed in place.
 * Stresses births and deaths of which no two overlap, against an owner more and less, and against neither. After the
 * articles' advice to avoid unnecessary objects.
 * Not good for: what sharing saves where objects are kept; here none is. */
#include "workload.h"

#include "objects/array.h"
#include "objects/number.h"

enum { VALUES = 256 };

/* Reading i: every value is as frequent as any other, for the step is odd. */
static uint64_t value_of(uint64_t i)
{
    return (cell_seed + i * 167) % VALUES;
}

/* For all that the compiler knows, others look at the reading, too: so it is there, and not only its value in a register. */
static uint64_t look(const Number *reading)
{
    __asm__ volatile("" : : "r"(reading) : "memory");
    return reading->value;
}

static uint64_t fresh(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        region {
            local(Number) reading = number_of(value_of(i));
            sum += look(reading);
        }
    operations += n;
    return sum;
}

static Array *all_values(void)
{
    local(Array) values = new_of(Array, VALUES);
    for (uint64_t value = 0; value < VALUES; value++)
        put(values->at[value], number_of(value));
    return give(values);
}

static uint64_t interned(uint64_t n)
{
    local(Array) values = all_values();
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        local(Number) reading = share(values->at[value_of(i)]);
        sum += look(reading);
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
        sum += look(reading);
    }
    operations += n;
    return sum;
}

static uint64_t sum_of_values(uint64_t n)
{
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += value_of(i);
    return sum;
}

WORKLOAD(reuse, TECHNIQUE, SIZES(3000000, 30000000, 300000000), "n readings of 256 values, each looked at once",
    VARIANT(fresh, STREAMS),
    VARIANT(interned, STREAMS),
    VARIANT(reused, STREAMS));
REFERENCE(sum_of_values);
