/* Sequence: the sum of n squares, each a boxed number, from a list that holds them all or from a generator that makes the next
 * one when the sum asks for it. The articles' first lesson: a generator needs no more memory for more items.
 * Stresses the birth of the smallest objects, and a list's growth.
 * After Python's sum([i * i for i in range(n)]) and sum(i * i for i in range(n)). Items are observed, for a compiler that sees
 * through the generator would make none.
 * Not good for: what a program would gain; next to no work is done on an item, so the difference is the largest there is. */
#include "workload.h"

#include "objects/observed.h"
#include "objects/squares.h"

static uint64_t list(uint64_t n)
{
    local(List) squares = squares_of(0, n);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < n; i++) {
        Number *square = list_get(squares, i);
        sum += observed(square)->value;
    }
    operations += n;
    return sum;
}

GENERATOR(Squares, Number, uint64_t n, i)
{
    start;
    for (self->i = 0; self->i < self->n; self->i++) {
        renew(self->item, Number)->value = self->i * self->i;
        yield(self->item);
    }
    finish;
}

static uint64_t generator(uint64_t n)
{
    uint64_t sum = 0;
    each (Number, square, Squares, .n = n)
        sum += observed(square)->value;
    operations += n;
    return sum;
}

/* 0 + 1 + 4 + … + (n - 1)^2 = (n - 1) n (2n - 1) / 6, modulo 2^64; exact for n up to 2^42. */
static uint64_t sum_by_formula(uint64_t n)
{
    return (uint64_t)((unsigned __int128)(n - 1) * n * (2 * n - 1) / 6);
}

WORKLOAD(sequence, TECHNIQUE, SWEPT(800000, 8000000, 32000000), "the sum of n boxed squares",
    VARIANT(list),
    VARIANT(generator, STREAMS, REPEATED(20)));
REFERENCE(sum_by_formula);
