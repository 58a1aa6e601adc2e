/* refcount, where who dies lets go of what it owned before its own release returns: as deep as a chain is long. */
/* Caught by: depth: recurses: 256 KiB of stack are too few */
#include "refcount.h"

static void recursive_release(void *object);

static void recursive_release_slot(AnyReference *slot, void *context)
{
    (void)context;
    recursive_release(*slot);
}

/* Finalizers are left to whom they belong. */
static void recursive_release(void *object)
{
    if (!object || counting_count(object) > 1 || counting_is_finalizable(object)) {
        counting_release(object);
        return;
    }
    const Type *type = counting_type(object);
    counting_let_go(object);
    type_visit(type, object, recursive_release_slot, NULL);
    counting_free(object, type);
}

#undef release
#define release(object) recursive_release(object)
