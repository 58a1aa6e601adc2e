/* stream: the discipline of generators taken to its end. Reference counting for programs that never hold their whole input: an
 * item is made in the memory of the one before it when its consumer kept no reference (as CPython's enumerate and zip do with
 * their tuple). Variants that hold their whole input are not its business. */
#include "parts/counting.h"

/* Whether nothing can run when an object of this type dies, for it holds nothing and has no finalizer. */
static inline bool stream_is_plain(const Type *type)
{
    return !type_has_references(type) && !type->element_size && !type->finalize;
}

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
static inline bool stream_has_new_head(void *object, const Type *type)
{
    return *counting_head(object) == counting_new_head(type);
}

static inline bool stream_reuse(void *object, const Type *type)
{
    if (type->element_size || type->finalize)
        return false;
    if (__builtin_expect(!object || !stream_has_new_head(object, type), 0))
        return false;
    if (type_has_references(type))
        stream_let_go(object, type);
    return true;
}

/* What a plain object takes the place of may be another than it, whose finalizer finds it there and shares it. */
static inline bool stream_is_unshared(void *object, const Type *type)
{
    return !stream_is_plain(type) || stream_has_new_head(object, type);
}

/* Plain ones are cleared here, whether they were reused or are new: where the fields are written next, the compiler can tell
 * that it is for nothing. Their head is written again, though it is what it was: so the compiler can tell that in the next
 * round it will be, if the consumer kept nothing, and neither compares it nor has another way through the loop. */
static inline void stream_freshen(void *object, const Type *type)
{
    if (!stream_is_plain(type))
        return;
    memset(object, 0, type->size);
    *counting_head(object) = counting_new_head(type);
}

#define allocate(type, size) counting_allocate(type, size)
#define reuse(object, type) stream_reuse(object, type)
#define is_unshared(object, type) stream_is_unshared(object, type)
#define freshen(object, type) stream_freshen(object, type)
#define heap_close() counting_close()
#define streams_only 1
