/* never: bump a pointer and never free. What a program costs when memory management does nothing; which is not the least
 * there can be, for memory that was used before is in the cache, and fresh pages are not. */
#include "parts/per_heap.h"
#include "parts/system.h"
#include "parts/type.h"

enum { NEVER_CHUNK = 1 << 20 }; /* bytes taken from the system at a time */

static PER_HEAP struct {
    char *next, *end;
} never_heap;

static __attribute__((noinline)) void never_take_chunk(size_t size)
{
    size_t bytes = round_up(size, NEVER_CHUNK);
    never_heap.next = system_take(bytes);
    never_heap.end = never_heap.next + bytes;
}

/* Fresh memory from the system is zero already. */
static inline void *never_allocate(size_t size)
{
    size = round_up(size, sizeof(void *));
    if (size > (size_t)(never_heap.end - never_heap.next))
        never_take_chunk(size);
    void *object = never_heap.next;
    never_heap.next += size;
    return object;
}

#define allocate(type, size) never_allocate(size)
#define threads_share_objects 1 /* nothing is counted, and nothing freed */
