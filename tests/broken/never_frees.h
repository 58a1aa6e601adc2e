/* refcount, where nothing dies with its last owner. */
/* Caught by: leaks: nothing of it was freed */
/* Tried with: resources */
#include "refcount.h"

static inline void never_release(void *object)
{
    if (object)
        (void)counting_let_go(object);
}

#undef release
#define release(object) never_release(object)
