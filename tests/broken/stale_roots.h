/* mark_sweep, which takes for roots what stood on the stack at the collection before. */
/* Caught by: oracle: to which a local variable refers, must be alive, and its memory was given back */
#include "parts/marking.h"

static NO_ROOT struct {
    char *stack; /* a copy */
    size_t bytes;
} stale;

static void stale_remember(void)
{
    stale.bytes = (size_t)((char *)marking.bottom - (char *)marking.top);
    stale.stack = realloc(stale.stack, stale.bytes);
    if (!stale.stack)
        out_of_memory(stale.bytes);
    memcpy(stale.stack, marking.top, stale.bytes);
}

static void stale_mark_roots(void)
{
    if (!stale.stack)
        stale_remember();
    mark_ambiguous(stale.stack, stale.stack + stale.bytes);
    mark_ambiguous(__data_start, __start_no_roots);
    mark_ambiguous(__stop_no_roots, _end);
    stale_remember();
}

#define mark_roots() ((void)mark_roots, stale_mark_roots())
#include "mark_sweep.h"
