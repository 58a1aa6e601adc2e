/* mark_sweep, which does not tell the end of one collection in five, so that the pause goes on for ever. */
/* Caught by: pauses: a pause has begun and did not end */
#include "parts/census.h"

static uint64_t forgets_ended;

static void forgets_collection_end(void)
{
    if (++forgets_ended % 5 != 0)
        pause_end(PAUSE_COLLECTION);
}

#undef collection_end
#define collection_end() forgets_collection_end()
#include "mark_sweep.h"
