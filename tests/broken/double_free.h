/* refcount_malloc, which gives one block in a thousand back twice. */
/* Caught by: oracle: double free */
#define pool_is_malloc 1
#include "parts/pool.h"

static uint64_t double_frees;

static inline void double_give(void *block, size_t size)
{
    pool_give(block, size);
    if (++double_frees % 1000 == 0)
        pool_give(block, size);
}

#define pool_give(block, size) double_give(block, size)
#undef pool_is_malloc
#include "refcount_malloc.h"
