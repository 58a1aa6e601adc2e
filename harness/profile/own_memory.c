#include "own_memory.h"

#include <sys/mman.h>

#include "parts/system.h"

enum { PAGE = 4 << 10 /* bytes; no page is smaller */ };

static size_t taken; /* bytes */

/* Touches what is new, a page at a time: in few faults, where the system has huge pages. */
static void *made_resident(char *memory, size_t from, size_t bytes)
{
    if ((void *)memory == MAP_FAILED)
        out_of_memory(bytes);
    madvise(memory, bytes, MADV_HUGEPAGE);
    for (size_t at = from; at < bytes; at += PAGE)
        *(volatile char *)(memory + at) = 0;
    taken += bytes - from;
    return memory;
}

void *own_memory(size_t bytes)
{
    return made_resident(mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 0, bytes);
}

void *own_memory_resized(void *memory, size_t old_bytes, size_t bytes)
{
    return made_resident(mremap(memory, old_bytes, bytes, MREMAP_MAYMOVE), old_bytes, bytes);
}

void own_memory_free(void *memory, size_t bytes)
{
    munmap(memory, bytes);
    taken -= bytes;
}

size_t own_memory_bytes(void)
{
    return taken;
}
