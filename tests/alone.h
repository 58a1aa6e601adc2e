/* What a test that uses a strategy through the words has in a cell's place. Included instead of workload.h, and like it
 * after the system's headers. */
#ifndef ALONE_H
#define ALONE_H

#include <stdio.h>
#include <unistd.h>

#include "workload.h"

uint64_t operations;
uint64_t cell_seed = 1;
const char *cell_input;

enum { EXIT_REFUSED = 42 }; /* the status of a test whose strategy was out of memory */

_Noreturn void out_of_memory(size_t bytes)
{
    fprintf(stderr, "out of memory: %zu bytes\n", bytes);
    _exit(EXIT_REFUSED);
}

/* Checked builds: how many blocks the strategy's heap has taken and not given back, where it counts them; else 0. */
static inline long live_blocks(void)
{
#if defined(CHECKED) && defined(POOL_H)
    return pool_live_blocks;
#elif defined(CHECKED) && defined(CPYTHON_COUNT)
    return cpython_live;
#else
    return 0;
#endif
}

/* For cmocka, around a test or all of them. */
static inline int open_strategy(void **state)
{
    (void)state;
    heap_open();
    return 0;
}

static inline int close_strategy(void **state)
{
    (void)state;
    heap_close();
    return 0;
}

#endif
