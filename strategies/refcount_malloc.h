/* refcount_malloc: the counting of refcount over the C library's malloc, or over one of its rivals. What differs between it and
 * refcount is what the pool brings; what differs between its own allocators is theirs alone.
 *
 * Invariant: every object is one block of malloc, with its 8-byte head before it. One allocator serves the whole process: a
 * cell asked for another (--allocator) starts again under LD_PRELOAD, and its row names the one that it finds. */
#define pool_is_malloc 1
#include "parts/counting.h"

#ifdef COUNTED
/* The four allocators have no words in common for what they hold from the system: what is resident by now and was not at first
 * stands for it, the rest of the process included. */
static uint64_t malloc_resident_at_first;

static void malloc_open(void)
{
    malloc_resident_at_first = census_resident();
}

static uint64_t malloc_footprint(void)
{
    uint64_t resident = census_resident();
    return resident > malloc_resident_at_first ? resident - malloc_resident_at_first : 0;
}

#define heap_open() malloc_open()
#define footprint() malloc_footprint()
#endif

/* Its heap is malloc's, which takes a block back from any thread; its counts are for one thread at a time. */
#define hands_over 1
#define allocators "glibc mimalloc jemalloc tcmalloc"
#define allocate(type, size) counting_allocate(type, size)
#define heap_close() counting_close()
