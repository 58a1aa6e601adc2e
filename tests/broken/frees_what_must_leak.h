/* refcount, which frees one object in a thousand that lost an owner and has another left: in a cycle nobody misses it. */
/* Caught by: leaks: [0-9]+ \([0-9]+ bytes\) fewer than predicted */
/* Tried with: resources */
#include "refcount.h"

static uint64_t frees_spared;

static inline void frees_release(void *object)
{
    bool is_spared = object && counting_count(object) > 1;
    counting_release(object);
    if (is_spared && ++frees_spared % 1000 == 0)
        counting_free(object, counting_type(object));
}

#undef release
#define release(object) frees_release(object)
