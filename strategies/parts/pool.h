/* pool: memory for small objects, by size class, with free lists threaded through the free blocks.
 *
 * Invariant: a block belongs to one size class for ever. A free block's first word is the next free one of its class; memory
 * that was never handed out is not linked but bumped over. Blocks above POOL_LARGEST bytes are the C library's.
 * In a checked build every block is the C library's, so that the sanitizers see each object's bounds, life and leak. With a
 * sanitizer but without CHECKED the free blocks are poisoned, so that the pool itself is tested.
 *
 * The caller says the size again when it frees: it knows the object's type, so a block needs no head. */
#ifndef POOL_H
#define POOL_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parts/poison.h"
#include "parts/system.h"

enum {
    POOL_GRAIN = 8,          /* bytes between one class and the next */
    POOL_LARGEST = 512,      /* bytes of the largest class */
    POOL_CHUNK = 64 << 10,   /* bytes of memory that one class is bumped from */
    POOL_ARENA = 1 << 20,    /* bytes taken from the system at a time */
    POOL_CLASSES = POOL_LARGEST / POOL_GRAIN + 1,
};

#ifdef CHECKED
enum { POOL_SERVES = 0 };            /* the largest block served by a pool, in bytes */
static long pool_live_blocks;        /* taken and not given back */
#define POOL_COUNT(change) ((void)(pool_live_blocks += (change)))
#else
enum { POOL_SERVES = POOL_LARGEST };
#define POOL_COUNT(change) ((void)0)
#endif

typedef struct PoolBlock {
    struct PoolBlock *next;
} PoolBlock;

typedef struct PoolClass {
    PoolBlock *free;
    char *fresh, *end;  /* never handed out yet */
} PoolClass;

typedef struct PoolArena {
    struct PoolArena *older;
} PoolArena;

static struct {
    PoolClass classes[POOL_CLASSES];
    PoolArena *arenas;
    char *chunk, *end;  /* of the newest arena, not given to a class yet */
} pool;

static void pool_take_arena(void)
{
    PoolArena *arena = system_take(POOL_ARENA);
    arena->older = pool.arenas;
    pool.arenas = arena;
    poison(arena, POOL_ARENA);
    unpoison(arena, sizeof *arena);
    pool.chunk = (char *)arena + POOL_CHUNK; /* the head costs a chunk, so that the others are aligned */
    pool.end = (char *)arena + POOL_ARENA;
}

static __attribute__((noinline)) void *pool_take_fresh(PoolClass *class, size_t size)
{
    if (size > (size_t)(class->end - class->fresh)) {
        if (pool.chunk == pool.end)
            pool_take_arena();
        class->fresh = pool.chunk;
        class->end = pool.chunk += POOL_CHUNK;
    }
    void *block = class->fresh;
    class->fresh += size;
    unpoison(block, size);
    return block;
}

static __attribute__((noinline)) void *pool_take_large(size_t size)
{
    void *block = calloc(1, size); /* fresh pages are zero already: nothing is written twice */
    if (!block)
        out_of_memory(size);
    return block;
}

/* size bytes, 8-byte aligned; zero if they are more than a pool serves, else as they were left. */
static inline void *pool_take(size_t size)
{
    POOL_COUNT(+1);
    if (size > POOL_SERVES)
        return pool_take_large(size);
    size = round_up(size, POOL_GRAIN);
    PoolClass *class = &pool.classes[size / POOL_GRAIN];
    PoolBlock *block = class->free;
    if (__builtin_expect(!block, 0))
        return pool_take_fresh(class, size);
    unpoison(block, size);
    class->free = block->next;
    return block;
}

/* size: what it was taken with. */
static inline void pool_give(void *memory, size_t size)
{
    POOL_COUNT(-1);
    if (size > POOL_SERVES) {
        free(memory);
        return;
    }
    PoolClass *class = &pool.classes[round_up(size, POOL_GRAIN) / POOL_GRAIN];
    PoolBlock *block = memory;
    block->next = class->free;
    class->free = block;
    poison(memory, size);
}

/* Gives back a row of blocks of one size that a pool serves, linked in the order in which they shall be taken again. */
static inline void pool_give_row(PoolBlock *first, PoolBlock **end, size_t size)
{
    PoolClass *class = &pool.classes[round_up(size, POOL_GRAIN) / POOL_GRAIN];
    *end = class->free;
    class->free = first;
}

/* The same memory, or its contents elsewhere; old_size: what it was taken with. What is added is not zeroed. */
static inline void *pool_resize(void *memory, size_t old_size, size_t size)
{
    if (old_size > POOL_SERVES && size > POOL_SERVES) {
        memory = realloc(memory, size);
        if (!memory)
            out_of_memory(size);
        return memory;
    }
    void *moved = memcpy(pool_take(size), memory, old_size < size ? old_size : size);
    pool_give(memory, old_size);
    return moved;
}

/* Gives every arena back to the system, whatever is still in it. Larger blocks that leaked stay the C library's. */
static void pool_close(void)
{
    while (pool.arenas) {
        PoolArena *arena = pool.arenas;
        pool.arenas = arena->older;
        unpoison(arena, POOL_ARENA);
        system_give(arena, POOL_ARENA);
    }
    memset(&pool, 0, sizeof pool);
}

#endif
