/* The one door to the operating system's memory.
 *
 * Every strategy that manages its own memory takes it here and gives it back here, so that there is one place to limit
 * it, to count it, or to make it fail. Memory taken is zero, page-aligned, and private to the process. */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "parts/census.h"

/* Ends the run with the status `oom`. Whoever runs the strategy defines it: a cell writes a row, a test fails.
 * bytes: what was asked for and not given. */
_Noreturn void out_of_memory(size_t bytes);

/* Memory that is in no footprint: whoever uses some of it tells. bytes: a multiple of the page size. Never returns NULL. */
static inline void *system_map(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        out_of_memory(bytes);
    return memory;
}

static inline void system_unmap(void *memory, size_t bytes)
{
    if (munmap(memory, bytes) != 0)
        abort(); /* only a damaged book-keeping can get here */
}

/* The same, aligned to bytes, a power of two: twice as much is mapped, and what lies before and behind goes back at once. */
static inline void *system_map_aligned(size_t bytes)
{
    char *memory = system_map(2 * bytes);
    size_t before = -(uintptr_t)memory & (bytes - 1);
    if (before)
        system_unmap(memory, before);
    system_unmap(memory + before + bytes, bytes - before);
    return memory + before;
}

/* bytes: a multiple of the page size. Never returns NULL. */
static inline void *system_take(size_t bytes)
{
    void *memory = system_map(bytes);
    footprint_grew(bytes);
    return memory;
}

/* memory, bytes: exactly what one system_take returned and was asked for. */
static inline void system_give(void *memory, size_t bytes)
{
    footprint_shrank(bytes);
    system_unmap(memory, bytes);
}

/* Huge pages are wanted here, if the system has them for those who ask (/sys/kernel/mm/transparent_hugepage/enabled on Linux).
 * Where it has none, nothing changes but the cost of asking. */
static inline void system_prefer_huge_pages(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    if (madvise(memory, bytes, MADV_HUGEPAGE) != 0 && errno != EINVAL)
        abort(); /* only a damaged book-keeping can get here */
#else
    (void)memory, (void)bytes;
#endif
}

/* The pages go back to the system; the addresses stay, and read as zero when they are used again. */
static inline void system_forget(void *memory, size_t bytes)
{
    footprint_shrank(bytes);
    if (madvise(memory, bytes, MADV_DONTNEED) != 0)
        abort(); /* only a damaged book-keeping can get here */
}

/* The same memory, or its contents elsewhere; what is added is zero. old_bytes, bytes: multiples of the page size. MAP_FAILED where
 * the system refuses; in no footprint. Where the system can (mremap), nothing is copied; but ThreadSanitizer does not see that, and
 * takes whoever gets the old addresses next for one who races with the thread that had them. */
static inline void *system_remap(void *memory, size_t old_bytes, size_t bytes)
{
#if defined MREMAP_MAYMOVE && !defined UNDER_THREAD_SANITIZER
    return mremap(memory, old_bytes, bytes, MREMAP_MAYMOVE);
#else
    void *moved = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (moved == MAP_FAILED)
        return MAP_FAILED;
    memcpy(moved, memory, old_bytes < bytes ? old_bytes : bytes);
    system_unmap(memory, old_bytes);
    return moved;
#endif
}

static inline void *system_resize(void *memory, size_t old_bytes, size_t bytes)
{
    void *resized = system_remap(memory, old_bytes, bytes);
    if (resized == MAP_FAILED)
        out_of_memory(bytes);
    footprint_shrank(old_bytes);
    footprint_grew(bytes);
    return resized;
}

/* bytes rounded up to a multiple of unit, a power of two; out of memory when that is no size_t. */
static inline size_t round_up(size_t bytes, size_t unit)
{
    if (bytes > (size_t)PTRDIFF_MAX - unit)
        out_of_memory(bytes);
    return (bytes + unit - 1) & ~(unit - 1);
}

#endif
