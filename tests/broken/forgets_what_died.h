/* refcount, which never uses the memory of one in ten again that died alone. */
/* Caught by: soak: drifts: .*footprint */
#include "parts/pool.h"

static uint64_t forgets_died;

static inline void forgets_give(void *block, size_t size)
{
    if (++forgets_died % 10)
        pool_give_lone(block, size);
}

#define pool_give_lone(block, size) forgets_give(block, size)
#include "refcount.h"
