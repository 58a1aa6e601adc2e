/* stream: the discipline of generators taken to its end. Reference counting for programs that never hold their whole input: an
 * item is made in the memory of the one before it when its consumer kept no reference (as CPython's enumerate and zip do with
 * their tuple). Variants that hold their whole input are not its business. */
#include "parts/counting.h"

/* The head of an object that nobody else holds, strongly or weakly, is that of a new one. */
static inline bool stream_reuse(void *object, const Type *type)
{
    if (type_has_references(type) || type->element_size || type->finalize) /* what it held would have to be let go first */
        return false;
    if (!object || *counting_head(object) != counting_new_head(type))
        return false;
    memset(object, 0, type->size);
    return true;
}

#define allocate(type, size) counting_allocate(type, size)
#define reuse(object, type) stream_reuse(object, type)
#define heap_close() counting_close()
#define streams_only 1
