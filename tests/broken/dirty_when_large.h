/* refcount, whose leaves of more than 4 KiB are not zero at their end when they are new. */
/* Caught by: oracle: #[0-9]+ is new, and byte [0-9]+ of its [0-9]+ is not zero */
#include "refcount.h"

enum { DIRTY_ABOVE = 4096 };

static inline void *dirty_allocate(const Type *type, size_t size)
{
    char *object = counting_allocate(type, size);
    if (size > DIRTY_ABOVE && !type_has_references(type))
        object[size - 1] = 1;
    return object;
}

#undef allocate
#define allocate(type, size) dirty_allocate(type, size)
