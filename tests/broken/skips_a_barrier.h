/* refcount, whose barrier is skipped once in a thousand times: a reference is stored, and its owner is not counted. */
/* Caught by: oracle: #[0-9]+ has [0-9]+ owners, and [0-9]+ are counted|an owner too few */
#include "refcount.h"

static uint64_t skips_retained;

static inline void skips_retain(void *object)
{
    if (++skips_retained % 1000)
        counting_retain(object);
}

#undef retain
#define retain(object) skips_retain(object)
