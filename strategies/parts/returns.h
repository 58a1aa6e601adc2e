/* returns: blocks that a thread gives back to another thread's heap. What makes the pool one of many threads.
 *
 * Invariant: a chunk belongs to one heap, a heap to one thread at a time, and only that thread touches the chunk, but for its
 * heap's number, which stays. Whoever frees a block of another heap pushes it on a stack, that heap's own, which its thread
 * takes as a whole when it runs out of blocks. So nobody waits for a lock, and since none is ever popped alone, none can
 * come back unnoticed between a look and an exchange. (D. Leijen, B. Zorn and L. de Moura, "Mimalloc: free list sharding
 * in action", 2019, have such a list for each page; here it is one for each heap, for neighbours come back as one row.)
 *
 * The heap of a thread that has ended keeps what it has, and goes to the next thread that wants one. */
#ifndef RETURNS_H
#define RETURNS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "parts/chunks.h"
#include "parts/damage.h"
#include "parts/poison.h"

enum { THREAD_HEAPS_MOST = 1024 }; /* threads that have one at a time */

/* A row of free neighbours, in the first of them, which has room for it. */
typedef struct Returned {
    struct Returned *below;
    char *end;
} Returned;

typedef struct ThreadHeap {
    Returned *returned __attribute__((aligned(64))); /* written by all */
    Pool pool __attribute__((aligned(64)));          /* these two while it has no thread */
    Chunks chunks;
    bool is_idle;
} ThreadHeap;

static ThreadHeap thread_heaps[THREAD_HEAPS_MOST + 1]; /* by their numbers; 0: none */
static uint32_t thread_heaps_begun;       /* the highest number in use */
static pthread_mutex_t thread_heaps_lock = PTHREAD_MUTEX_INITIALIZER;

/* The chunk is another heap's. A thread that has none yet has no chunk either. */
static inline bool is_foreign(const Chunk *chunk)
{
    return chunk->heap != thread_heap;
}

/* ---- Threads come and go ----------------------------------------------------------------------------------------- */

static uint32_t thread_heap_find(void)
{
    uint32_t number = 1;
    while (number <= thread_heaps_begun && !thread_heaps[number].is_idle)
        number++;
    if (number > THREAD_HEAPS_MOST)
        end_damaged("more than %d threads have a heap", THREAD_HEAPS_MOST);
    if (number > thread_heaps_begun)
        thread_heaps_begun = number;
    return number;
}

/* The thread has a heap from now on: one that was left, or a new one. */
static bool thread_heap_begin(void)
{
    pthread_mutex_lock(&thread_heaps_lock);
    thread_heap = thread_heap_find();
    if (thread_heaps[thread_heap].is_idle) {
        pool = thread_heaps[thread_heap].pool;
        chunks = thread_heaps[thread_heap].chunks;
        thread_heaps[thread_heap].is_idle = false;
    }
    pthread_mutex_unlock(&thread_heaps_lock);
    return true;
}

/* The thread has none any more. What others own of it stays where it is. */
static void thread_heap_end(void)
{
    if (!thread_heap)
        return;
    pthread_mutex_lock(&thread_heaps_lock);
    thread_heaps[thread_heap].pool = pool;
    thread_heaps[thread_heap].chunks = chunks;
    thread_heaps[thread_heap].is_idle = true;
    thread_heap = 0;
    pool = pool_at_first;
    chunks = (Chunks){ .segments = NULL };
    pthread_mutex_unlock(&thread_heaps_lock);
}

/* Gives all heaps back to the system, whatever is still in them. No other thread is left that has one. */
static void thread_heaps_close(void)
{
    thread_heap_end();
    for (uint32_t number = thread_heaps_begun; number > 0; number--) {
        chunks = thread_heaps[number].chunks;
        chunks_close();
        thread_heaps[number] = (ThreadHeap){ .returned = NULL };
    }
    thread_heaps_begun = 0;
}

/* ---- Blocks that go home ------------------------------------------------------------------------------------------ */

static inline void pool_give_row(char *first, char *end);

/* To another heap, blocks of this one's that are neighbours. */
static __attribute__((noinline)) void returns_push(uint32_t heap, char *first, char *end)
{
    Returned *row = (Returned *)first, *below = __atomic_load_n(&thread_heaps[heap].returned, __ATOMIC_RELAXED);
    poison(first, (size_t)(end - first));
    unpoison(row, sizeof *row);
    row->end = end;
    do
        row->below = below;
    while (!__atomic_compare_exchange_n(&thread_heaps[heap].returned, &below, row, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
}

/* What others gave back to this heap is its own again; a thread that has none begins one. Returns whether either was so. */
static bool pool_regained(void)
{
    Returned **returned = &thread_heaps[thread_heap].returned;
    if (!thread_heap)
        return thread_heap_begin();
    if (!__atomic_load_n(returned, __ATOMIC_RELAXED))
        return false;
    for (Returned *row = __atomic_exchange_n(returned, NULL, __ATOMIC_ACQUIRE), *below; row; row = below) {
        below = row->below;
        pool_give_row((char *)row, row->end);
    }
    return true;
}

#endif
