/* refcount_cycle, which runs the finalizers of what dies in a collection of its own, of the young, twice. */
/* Caught by: oracle: the finalizer of #[0-9]+ ran twice */
#include "parts/census.h"

static void young_finalized(void *object);
static bool collects_the_young;

#define census_finalized(object) (census_finalized(object), young_finalized(object))
#undef collection_begin
#undef collection_end
#define collection_begin() (collects_the_young = generation != CYCLE_OLD, pause_begin())
#define collection_end() (collects_the_young = false, pause_end(PAUSE_COLLECTION))
#include "refcount_cycle.h"

static void young_finalized(void *object)
{
    if (collects_the_young)
        counting_type(object)->finalize(object);
}
