/* refcount_cycle, which forgets that the finalizer of an object ran, when that brought the object back. */
/* Caught by: oracle: the finalizer of #[0-9]+ ran twice */
#include "parts/census.h"

static void twice_finalized(void *object);
#define census_finalized(object) (census_finalized(object), twice_finalized(object))
#include "refcount_cycle.h"

/* Its owner for the time of the finalizer is one. */
static void twice_finalized(void *object)
{
    if (counting_count(object) > 1)
        *counting_head(object) |= COUNTING_TO_FINALIZE;
}
