/* stream: the discipline of generators taken to its end. Reference counting for programs that never hold their whole input: an
 * item is made in the memory of the one before it when its consumer kept no reference (as CPython's enumerate and zip do with
 * their tuple). Variants that hold their whole input are not its business. */
#include "parts/counting.h"

/* The object is emptied before anything that it held can die, for a finalizer must find a new object in its place. */
static inline void stream_let_go(void *object, const Type *type)
{
    void *held[TYPE_FIELDS_MAX];
    for (unsigned f = 0; f < type->field_count; f++)
        held[f] = *type_field(type, object, f);
    memset(object, 0, type->size);
    for (unsigned f = 0; f < type->field_count; f++)
        counting_release(held[f]);
}

/* The head of an object that nobody else holds, strongly or weakly, is that of a new one: one comparison. */
static inline bool stream_reuse(void *object, const Type *type)
{
    if (type->element_size || type->finalize)
        return false;
    if (__builtin_expect(!object || *counting_head(object) != counting_new_head(type), 0))
        return false;
    if (type_has_references(type))
        stream_let_go(object, type);
    return true;
}

#define allocate(type, size) counting_allocate(type, size)
#define reuse(object, type) stream_reuse(object, type)
#define heap_close() counting_close()
#define streams_only 1
