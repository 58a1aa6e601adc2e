/* refcount, which aborts where the system has no more memory for its objects. */
/* Caught by: limits: under ulimit -d [0-9]+: .*signal 6 \(Aborted\) */
/* Tried with: binary_trees */
#include "parts/system.h"

static void *abrupt_map_aligned(size_t bytes)
{
    void *room = mmap(NULL, 2 * bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED)
        abort();
    system_unmap(room, 2 * bytes);
    return system_map_aligned(bytes);
}

#define system_map_aligned(bytes) abrupt_map_aligned(bytes)
#include "refcount.h"
