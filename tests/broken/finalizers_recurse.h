/* refcount, where what a finalizer's owner lets go of dies, and is finalized, before its own death returns. */
/* Caught by: depth: recurses: */
#include "refcount.h"

static void deep_release(void *object);

static void deep_release_slot(AnyReference *slot, void *context)
{
    (void)context;
    void *child = *slot;
    *slot = NULL;
    deep_release(child);
}

static void deep_release(void *object)
{
    bool is_last = object && counting_count(object) == 1 && counting_is_finalizable(object) && !counting_finalizing();
    if (!is_last) {
        counting_release(object);
        return;
    }
    if (counting_let_go(object) && counting_finalize(object)) {
        counting_up(counting_head(object));
        type_visit(counting_type(object), object, deep_release_slot, NULL);
        counting_release(object);
    }
    counting_settle();
}

#undef release
#define release(object) deep_release(object)
