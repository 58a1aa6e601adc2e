/* torn_counts: refcount_atomic, whose words share an object as refcount's do: they read a count, and write it with one added. A
 * thread that changes it in between has changed it for nothing. It is no strategy of the suite. */
/* Caught by: threads: data race|owners come and go|not as it was written */
#include "refcount_atomic.h"

static inline void torn_retain(void *object)
{
    if (object)
        ++*counting_head(object);
}

#undef retain
#define retain(object) torn_retain(object)
