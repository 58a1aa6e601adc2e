/* refcount, whose larger objects get a block that is 16 bytes too short, so that the next block begins within. */
/* Caught by: oracle: #[0-9]+ and #[0-9]+ are alive, and share memory */
#include "refcount.h"

enum { OVERLAPPING_FROM = 80, OVERLAPPING_BY = 16 }; /* bytes */

static inline void *overlapping_allocate(const Type *type, size_t size)
{
    return counting_allocate(type, size < OVERLAPPING_FROM ? size : size - OVERLAPPING_BY);
}

#undef allocate
#define allocate(type, size) overlapping_allocate(type, size)
