/* mark_sweep, which takes all free memory for fresh, that is zero, from the moment on that it was refused some. */
/* Caught by: famine: request [0-9]+, .* failed: wrong: .* is new, and byte [0-9]+ of its [0-9]+ is not zero */
/* Tried with: ring */
#include "parts/system.h"

static bool fresh_refused;

static int fresh_mprotect(void *memory, size_t bytes, int protection)
{
    int failed = mprotect(memory, bytes, protection);
    fresh_refused |= failed != 0;
    return failed;
}

#define mprotect(memory, bytes, protection) fresh_mprotect(memory, bytes, protection)
#include "parts/blocks.h"
#undef mprotect

static void fresh_forget_dirt(void)
{
    for (uint32_t i = 0; i < blocks.opened; i++)
        if (block_is_spare(&blocks.table[i])) {
            blocks.table[i].dirty = false;
            blocks.dirty--;
        }
}

static Block *fresh_take(size_t count, const Type *type)
{
    if (fresh_refused)
        fresh_forget_dirt();
    return blocks_take(count, type);
}

#define blocks_take(count, type) fresh_take(count, type)
#include "mark_sweep.h"
