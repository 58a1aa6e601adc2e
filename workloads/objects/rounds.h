/* rounds: the cell's input, which stands in plain memory before the clock starts, is worked on n times over; each round's
 * objects die with it. The answers of all rounds are folded into one. Whoever uses it says PREPARE(read_input), or has a
 * function of its own read the input and check it. */
#ifndef ROUNDS_H
#define ROUNDS_H

#include "cell/input.h"
#include "workload.h"

static Span input;

static void read_input(void)
{
    input = input_read(cell_input);
}

static inline __attribute__((always_inline)) uint64_t rounds(uint64_t n, uint64_t (*round)(Span text))
{
    uint64_t answers = 0;
    for (uint64_t i = 0; i < n; i++)
        region
            answers = answers * 31 + round(input);
    return answers;
}

#endif
