/* refcount, which runs one finalizer in a hundred too early: as soon as an owner lets go, though another is left. */
/* Caught by: oracle: the finalizer of #[0-9]+ ran, which has [0-9]+ owners */
#include "refcount.h"

static uint64_t living_spared;

static inline void living_release(void *object)
{
    bool is_spared = object && counting_count(object) > 1;
    counting_release(object);
    if (is_spared && counting_is_finalizable(object) && ++living_spared % 100 == 0)
        counting_finalize(object);
}

#undef release
#define release(object) living_release(object)
