/* mark_sweep, which keeps three of four objects that died: after marking, they have a mark. */
/* Caught by: leaks: [0-9]+ \([0-9]+ bytes\) more than predicted */
/* Tried with: cache */
#include "parts/marking.h"

static NO_ROOT uint64_t keeps_dead;

static void keeps_mark_dead(void)
{
    for (uint32_t i = 0; i < blocks.opened; i++) {
        Block *block = &blocks.table[i];
        for (uint32_t cell = 0; block_has_cells(block) && cell < block->cells; cell++)
            if (bit_is_set(block->taken, cell) && !bit_is_set(block->marked, cell) && ++keeps_dead % 4 != 0)
                block->marked[cell / 64] |= UINT64_C(1) << cell % 64;
    }
}

#define marking_finish() (marking_finish(), keeps_mark_dead())
#include "mark_sweep.h"
