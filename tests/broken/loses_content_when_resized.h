/* refcount, which loses the last byte of a leaf's elements when it makes more of them. */
/* Caught by: oracle: of its [0-9]+ bytes of content byte [0-9]+ is not what was written there */
#include "refcount.h"

static inline void *loses_reallocate(void *object, const Type *type, size_t old_size, size_t size)
{
    char *moved = counting_reallocate(object, type, old_size, size);
    if (size > old_size && old_size > type->size && !type_has_references(type))
        moved[old_size - 1] = 0;
    return moved;
}

#undef reallocate
#define reallocate(object, type, old_size, size) loses_reallocate(object, type, old_size, size)
