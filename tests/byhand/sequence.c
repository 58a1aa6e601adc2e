/* Sequence's generator as one would write it by hand: a state machine on the stack that allocates nothing and lends out its
 * own item. The compiler sees through it: what is left is a loop that writes the item and reads it. With -DBY_CALLS the machine
 * stays one, resumed by a call, its frame in memory: what it costs where producer and consumer are not one function.
 * Same work, same answer as workloads/sequence.c, variant generator: sequence SIZE prints the sum. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Number {
    uint64_t value;
} Number;

typedef struct Squares {
    enum { BEGINNING, YIELDED, FINISHED } state;
    uint64_t n, i;
    Number *item; /* not in here, for who looks at the item would look at all of the machine */
} Squares;

#ifdef BY_CALLS
#define RESUMED __attribute__((noinline))
#else
#define RESUMED
#endif

/* The next item, valid until the one after it is asked for; NULL at the end. */
static RESUMED Number *squares_next(Squares *self)
{
    switch (self->state) {
    case BEGINNING:
        self->i = 0;
        break;
    case YIELDED:
        self->i++;
        break;
    case FINISHED:
        return NULL;
    }
    if (self->i < self->n) {
        self->item->value = self->i * self->i;
        self->state = YIELDED;
        return self->item;
    }
    self->state = FINISHED;
    return NULL;
}

int main(int argc, char **argv)
{
    Number item;
    Squares squares = { .n = argc > 1 ? strtoull(argv[1], NULL, 10) : 4000000, .item = &item };
    uint64_t sum = 0;
    for (Number *square; (square = squares_next(&squares));) {
        __asm__ volatile("" : : "r"(square) : "memory"); /* it is looked at, as there (workloads/objects/observed.h) */
        sum += square->value;
    }
    printf("%llu\n", (unsigned long long)sum);
    return 0;
}
