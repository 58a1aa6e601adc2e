/* rounds: the cell's input, read once into plain memory, for that is no matter of memory management, and worked on n times
 * over; each round's objects die with it. The answers of all rounds are folded into one. */
#ifndef ROUNDS_H
#define ROUNDS_H

#include "input.h"
#include "workload.h"

static inline __attribute__((always_inline)) uint64_t rounds(uint64_t n, uint64_t (*round)(Input *input))
{
    Input input = input_read();
    uint64_t answers = 0;
    for (uint64_t i = 0; i < n; i++)
        region
            answers = answers * 31 + round(&input);
    input_free(&input);
    return answers;
}

#endif
