/* mark_sweep, whose marking overlooks the last slot of every array. */
/* Caught by: oracle: to which the last of [0-9]+ slots of #[0-9]+ refers */
#include "parts/blocks.h"
#include "parts/type.h"

static inline size_t loses_length(const Type *type, const void *array)
{
    size_t length = type_length(type, array);
    return length ? length - 1 : 0;
}

#define type_length(type, array) loses_length(type, array)
#include "parts/marking.h"
#undef type_length
#include "mark_sweep.h"
