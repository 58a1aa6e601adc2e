/* refcount_atomic, whose words add an owner in two steps, as if there were no other thread. */
/* Caught by: threads: data race|owners come and go */
#include "refcount_atomic.h"

static inline void torn_retain(void *object)
{
    if (object)
        ++*counting_head(object);
}

#undef retain
#define retain(object) torn_retain(object)
