/* refcount_cycle, which lets one object in a thousand live on when it loses its last owner. */
/* Caught by: leaks: [0-9]+ \([0-9]+ bytes\) more than predicted */
/* Tried with: resources */
#include "refcount_cycle.h"

static uint64_t leaks_last_owners;

static inline void leaks_release(void *object)
{
    if (!object || counting_count(object) > 1 || ++leaks_last_owners % 1000)
        counting_release(object);
}

#undef release
#define release(object) leaks_release(object)
