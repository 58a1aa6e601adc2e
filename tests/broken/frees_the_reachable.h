/* mark_sweep, which frees one reachable object in a thousand: after marking, every thousandth mark is gone. */
/* Caught by: oracle: to which .* refers, must be alive, and its memory was given back */
#include "parts/marking.h"

static uint64_t frees_marks;

static void frees_lose_marks(void)
{
    for (uint32_t i = 0; i < blocks.opened; i++) {
        Block *block = &blocks.table[i];
        for (uint32_t cell = 0; block_has_cells(block) && cell < block->cells; cell++)
            if (bit_is_set(block->marked, cell) && ++frees_marks % 1000 == 0)
                bit_clear(block->marked, cell);
    }
}

#define marking_finish() (marking_finish(), frees_lose_marks())
#include "mark_sweep.h"
