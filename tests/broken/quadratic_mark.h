/* mark_sweep, which looks through the blocks of the whole heap again for every object that it has marked. */
/* Caught by: depth: time per edge grows with n */
#include "parts/marking.h"

static NO_ROOT uint64_t quadratic_marks;

enum { QUADRATIC_BLOCKS = 256 }; /* of a larger heap it looks through no more, or nobody would see the end of it */

static void quadratic_look_through(void)
{
    for (uint32_t i = 0; i < QUADRATIC_BLOCKS && i < blocks.opened; i++)
        if (block_has_cells(&blocks.table[i]))
            quadratic_marks += blocks.table[i].marked[0] & 1;
}

static void quadratic_look_again(void)
{
    for (uint32_t i = 0; i < QUADRATIC_BLOCKS && i < blocks.opened; i++)
        for (uint32_t cell = 0; block_has_cells(&blocks.table[i]) && cell < blocks.table[i].cells; cell++)
            if (bit_is_set(blocks.table[i].marked, cell))
                quadratic_look_through();
}

#define marking_finish() (marking_finish(), quadratic_look_again())
#include "mark_sweep.h"
