/* pool: memory for small objects, by size, out of chunks (parts/chunks.h).
 *
 * Invariant: each size takes from one chunk, its current one, until nothing is free there, and then from one that has room, or
 * that is empty. What comes back to another chunk gives that one room, or empties it.
 *
 * The free blocks of a chunk are a stack of rows of neighbours, and before them those that came back alone. Of the top row a
 * block is taken by moving a pointer; what comes back beside the top row joins it. So what dies in the order of its birth, or
 * against it, is bumped over again, as if it had never been used: none of its blocks is read or written meanwhile. A list of
 * free blocks has to load each to find the next, and no processor can begin the load before the last one's end.
 *
 * The caller says the size again when it frees: it knows the object's type, so a block needs no head. Blocks above POOL_LARGEST
 * bytes are the C library's. In a checked build, and where pool_is_malloc is defined, every block is, so that the sanitizers
 * see each object's bounds, life and leak. With a sanitizer but without CHECKED the free blocks are poisoned, so that the pool
 * itself is tested. */
#ifndef POOL_H
#define POOL_H

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parts/chunks.h"
#include "parts/damage.h"
#include "parts/per_heap.h"
#include "parts/poison.h"
#include "parts/system.h"

enum {
    POOL_GRAIN = 8,        /* bytes between one block size and the next */
    POOL_LEAST = 16,       /* bytes of the smallest block, which must hold a FreeRow */
    POOL_LARGEST = 512,    /* bytes of the largest */
    POOL_SIZES = POOL_LARGEST / POOL_GRAIN + 1,
    POOL_ROOM_DIVISOR = 16, /* a chunk has room when this part of it is free: below that it is not worth turning to */
};

enum { POOL_NEVER = UINT32_MAX }; /* no number of bytes freed, for they are multiples of the grain */

#ifdef CHECKED
static long pool_live_blocks;  /* taken and not given back, of all heaps */
#define POOL_COUNT(change) ((void)__atomic_fetch_add(&pool_live_blocks, change, __ATOMIC_RELAXED))
#else
#define POOL_COUNT(change) ((void)0)
#endif

#if defined(CHECKED) || defined(pool_is_malloc)
enum { POOL_SERVES = 0 };      /* the largest block that comes from a chunk, in bytes */
#else
enum { POOL_SERVES = POOL_LARGEST };
#endif

static Chunk pool_nothing; /* current at first: nothing is free there */

typedef struct Pool {
    Chunk *current[POOL_SIZES];  /* its notice: never */
    ChunkList roomy[POOL_SIZES]; /* those that have room; their notice: when they are empty */
} Pool;

#define POOL_AT_FIRST { .current = { [0 ... POOL_SIZES - 1] = &pool_nothing } }
static PER_HEAP Pool pool = POOL_AT_FIRST;

/* A pool of which several threads give blocks back, each to the heap that they are from. */
#ifdef threads_share_objects
static const Pool pool_at_first = POOL_AT_FIRST;
#include "parts/returns.h"
#else
#define is_foreign(chunk) false
#define returns_push(heap, first, end) ((void)0)
#define pool_regained() false
#endif

/* Bytes of the block in which size bytes, which a chunk serves, find room. */
static inline size_t pool_block_size(size_t size)
{
    return size < POOL_LEAST ? POOL_LEAST : round_up(size, POOL_GRAIN);
}

/* Bytes that a block of size bytes takes. */
static inline size_t pool_room(void *block, size_t size)
{
    return size > POOL_SERVES ? malloc_usable_size(block) : pool_block_size(size);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static inline void pool_push_row(Chunk *chunk, char *first, char *end)
{
    if (chunk->next != chunk->end) {
        FreeRow *row = (FreeRow *)chunk->next;
        unpoison(row, sizeof *row);
        *row = (FreeRow){ chunk->rows, chunk->end };
        poison(row, sizeof *row);
        chunk->rows = row;
    }
    chunk->next = first;
    chunk->end = end;
}

/* The top row is used up: the one below it is. */
static void pool_pop_row(Chunk *chunk)
{
    FreeRow *row = chunk->rows;
    unpoison(row, sizeof *row);
    if (chunk_of(row) != chunk || chunk_of(row->end) != chunk || row->end <= (char *)row)
        heap_damaged("a block was written to after its death", row, NULL);
    chunk->next = (char *)row;
    chunk->end = row->end;
    chunk->rows = row->below;
    poison(row, sizeof *row);
}

/* ---- Chunks that are full, have room, are empty -------------------------------------------------------------------- */

/* The current chunk is full. Of those that have room, the one that has had it for the shortest time comes next: it is likely
 * to be the fullest, and the others may become empty meanwhile. */
static void pool_change_current(size_t block_size)
{
    Chunk **current = &pool.current[block_size / POOL_GRAIN];
    ChunkList *roomy = &pool.roomy[block_size / POOL_GRAIN];
    if (!HEAP_PER_THREAD || *current != &pool_nothing) { /* which all heaps share, and nobody writes to */
        (*current)->freed = 0;
        (*current)->notice = (*current)->capacity / POOL_ROOM_DIVISOR;
    }
    *current = roomy->length ? chunk_list_remove(roomy, roomy->newest) : chunk_take(block_size);
    (*current)->notice = POOL_NEVER;
}

/* So much has come back that the chunk has room, or is empty. */
static __attribute__((noinline)) void pool_notice(Chunk *chunk)
{
    ChunkList *roomy = &pool.roomy[chunk->block_size / POOL_GRAIN];
    if (chunk->freed > chunk->capacity)
        heap_damaged("more came back to a chunk than was handed out", chunk_memory(chunk), NULL);
    if (chunk->freed < chunk->capacity) {
        chunk->notice = chunk->capacity;
        chunk_list_add(roomy, chunk);
    } else {
        if (chunk->notice == chunk->capacity)
            chunk_list_remove(roomy, chunk);
        chunk_give(chunk);
    }
}

static inline void pool_count_freed(Chunk *chunk, size_t bytes)
{
    chunk->freed += (uint32_t)bytes;
    if (__builtin_expect(chunk->freed >= chunk->notice, 0))
        pool_notice(chunk);
}

/* ---- Blocks of the C library --------------------------------------------------------------------------------------- */

/* What a block adds to the footprint. Where all are the C library's, the strategy has another way to tell. */
#ifdef pool_is_malloc
#define pool_large_footprint(block) ((void)(block), (size_t)0)
#else
#define pool_large_footprint(block) malloc_usable_size(block)
#endif

static inline void *pool_took_large(void *block, size_t size)
{
    if (!block)
        out_of_memory(size);
    footprint_grew(pool_large_footprint(block));
    return block;
}

static __attribute__((noinline)) void *pool_take_large(size_t size)
{
    /* fresh pages are zero: nothing is written twice */
    return pool_took_large(size > POOL_LARGEST ? calloc(1, size) : malloc(size), size);
}

static __attribute__((noinline, unused)) void *pool_take_large_unset(size_t size)
{
    return pool_took_large(malloc(size), size);
}

static void pool_give_large(void *block)
{
    footprint_shrank(pool_large_footprint(block));
    free(block);
}

static void *pool_resize_large(void *block, size_t size)
{
    footprint_shrank(pool_large_footprint(block));
    block = realloc(block, size);
    if (!block)
        out_of_memory(size);
    footprint_grew(pool_large_footprint(block));
    return block;
}

/* ---- Taking and giving ------------------------------------------------------------------------------------------- */

static void *pool_take_slowly(size_t block_size);

/* What let go of the dead once more has lowered the address of the next free block by one. (To ask whether that is in the same
 * chunk, too, would find more, and took 2% of the time of graph.) */
static inline void pool_demand_link(const LoneBlock *block)
{
    if (__builtin_expect((uintptr_t)block->next % POOL_GRAIN != 0, 0))
        heap_damaged("a block was written to after its death", block, NULL);
}

static inline void *pool_take_block(size_t block_size)
{
    Chunk *chunk = pool.current[block_size / POOL_GRAIN];
    LoneBlock *lone = chunk->lone;
    if (__builtin_expect(lone != NULL, 0)) { /* dear anyway, for it has to be loaded; the row goes on without a jump */
        unpoison(lone, block_size);
        pool_demand_link(lone);
        chunk->lone = lone->next;
        return lone;
    }
    char *block = chunk->next;
    if (__builtin_expect(block == chunk->end, 0))
        return pool_take_slowly(block_size);
    chunk->next = block + block_size;
    unpoison(block, block_size);
    return block;
}

static __attribute__((noinline)) void *pool_take_slowly(size_t block_size)
{
    Chunk *chunk = pool.current[block_size / POOL_GRAIN];
    if (chunk->rows)
        pool_pop_row(chunk);
    else if (!pool_regained())
        pool_change_current(block_size);
    return pool_take_block(block_size);
}

/* size bytes, 8-byte aligned; zero if they are more than POOL_LARGEST, else as they were left. */
static inline void *pool_take(size_t size)
{
    POOL_COUNT(+1);
    return size > POOL_SERVES ? pool_take_large(size) : pool_take_block(pool_block_size(size));
}

/* The same, as they were left, however many they are. */
static inline void *pool_take_unset(size_t size)
{
    POOL_COUNT(+1);
    return size > POOL_SERVES ? pool_take_large_unset(size) : pool_take_block(pool_block_size(size));
}

/* Gives back a block that a chunk serves and whose neighbours stay. */
static inline void pool_give_lone(void *memory, size_t block_size)
{
    Chunk *chunk = chunk_of(memory);
    if (__builtin_expect(is_foreign(chunk), 0)) {
        returns_push(chunk->heap, memory, (char *)memory + block_size);
        return;
    }
    LoneBlock *block = memory;
    block->next = chunk->lone;
    chunk->lone = block;
    poison(memory, block_size);
    pool_count_freed(chunk, block_size);
}

/* Gives back neighbouring blocks of one size that a chunk serves. */
static inline void pool_give_row(char *first, char *end)
{
    Chunk *chunk = chunk_of(first);
    if (__builtin_expect(is_foreign(chunk), 0)) {
        returns_push(chunk->heap, first, end);
        return;
    }
    poison(first, (size_t)(end - first));
    if (end == chunk->next)
        chunk->next = first;
    else if (first == chunk->end)
        chunk->end = end;
    else
        pool_push_row(chunk, first, end);
    pool_count_freed(chunk, (size_t)(end - first));
}

/* size: what it was taken with. */
static inline void pool_give(void *memory, size_t size)
{
    POOL_COUNT(-1);
    if (size > POOL_SERVES)
        pool_give_large(memory);
    else
        pool_give_lone(memory, pool_block_size(size));
}

/* The same memory, or its contents elsewhere; old_size: what it was taken with. What is added is not zeroed. */
static inline void *pool_resize(void *memory, size_t old_size, size_t size)
{
    if (old_size > POOL_SERVES && size > POOL_SERVES)
        return pool_resize_large(memory, size);
    void *moved = memcpy(pool_take(size), memory, old_size < size ? old_size : size);
    pool_give(memory, old_size);
    return moved;
}

/* Gives every chunk back to the system, whatever is still in it. Larger blocks that leaked stay the C library's. */
static void pool_close(void)
{
    chunks_close();
    memset(pool.roomy, 0, sizeof pool.roomy);
    for (int i = 0; i < POOL_SIZES; i++)
        pool.current[i] = &pool_nothing;
}

#endif
