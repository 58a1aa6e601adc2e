/* chunks: 64 KiB pieces of memory in which blocks of one size stand side by side, and where they come from and go to.
 *
 * Invariant: a chunk that is empty serves any size. A chunk in use counts nothing while blocks are taken from it; of what comes
 * back it counts the bytes, from the moment on at which all of it had been handed out. (D. Leijen, B. Zorn and L. de Moura,
 * "Mimalloc: free list sharding in action", 2019: a list of free blocks for each chunk, and a count that only freeing touches.)
 *
 * Rule: as many empty chunks are kept as there are in use, setting_spare more, and one more for each that had gone back to the
 * system and was missed; the rest go back, the longest empty first. Of the missed ones one is forgotten for every
 * CHUNKS_FORGOTTEN chunks that become empty. For to take a page from the system costs more than to fill it with objects and to
 * bury them: what is built and dropped again and again asks the system twice, and then no more.
 *
 * (Blocks, chunks and segments are Mimalloc's blocks, pages and segments; CPython's are blocks, pools and arenas.)
 *
 * Chunks are taken from the system in segments of 2 MiB, aligned to as much, so that a block's address leads to its chunk's
 * record. The records lie packed in the first chunk of their segment, at an offset that differs from segment to segment: at
 * the heads of the chunks, all at addresses that end in the same sixteen bits, they would fall into one set of the cache. A
 * segment of which no chunk holds memory any more goes back as a whole. */
#ifndef CHUNKS_H
#define CHUNKS_H

#include <stdint.h>
#include <string.h>

#include "parts/per_heap.h"
#include "parts/poison.h"
#include "parts/setting.h"
#include "parts/system.h"

#ifdef pool_is_malloc
enum { setting_spare, setting_huge_pages };
#else
SETTING(spare, 64, 0, UINT32_MAX, "empty chunks of 64 KiB that are kept, besides as many as are in use");
SETTING(huge_pages, 0, 0, 1, "1: the system is asked for pages of 2 MiB");
#endif

enum {
    CHUNK_SHIFT = 16,
    CHUNK_BYTES = 1 << CHUNK_SHIFT,
    SEGMENT_BYTES = 2 << 20,
    SEGMENT_CHUNKS = SEGMENT_BYTES / CHUNK_BYTES - 1, /* without the one that holds the records */
    CHUNKS_FORGOTTEN = 64,
};

/* A free block that came back alone. */
typedef struct LoneBlock {
    struct LoneBlock *next;
} LoneBlock;

/* The first block of a row of free neighbours that is not the top one. */
typedef struct FreeRow {
    struct FreeRow *below;
    char *end;
} FreeRow;

/* A chunk's record: what is free in it, in one line of the cache. */
typedef struct Chunk {
    char *next, *end;      /* the top row: the next block to be taken, and where the row ends */
    FreeRow *rows;         /* below the top row */
    LoneBlock *lone;       /* the latest first; they go before the rows */
    struct Chunk *newer, *older; /* in the list it is in */
    uint32_t freed;        /* bytes that came back since all were handed out */
    uint32_t notice;       /* so many of them that something is to be done */
#ifdef threads_share_objects
    uint16_t capacity, block_size;
    uint32_t heap;         /* whose it is (parts/returns.h) */
#else
    uint32_t capacity;     /* bytes of all its blocks */
    uint32_t block_size;   /* bytes of one of them */
#endif
} __attribute__((aligned(64))) Chunk;

typedef struct ChunkList {
    Chunk *newest, *oldest;
    size_t length;
} ChunkList;

/* Stands where the record of a segment's first chunk would, which holds the records. */
typedef struct ChunkSegment {
    struct ChunkSegment *newer, *older;
    uint32_t bare; /* how many of its chunks hold no memory */
} ChunkSegment;

typedef struct Chunks {
    ChunkList empty; /* all their blocks have come back */
    ChunkList bare;  /* they hold no memory: never used, or back with the system */
    size_t in_use;   /* how many chunks are neither */
    size_t emptied;  /* how many have become empty so far */
    size_t returned; /* how many are back with the system and not missed yet */
    size_t missed;   /* how many had gone back and were taken again, but for those forgotten */
    ChunkSegment *segments;
} Chunks;

static PER_HEAP Chunks chunks;

#ifdef threads_share_objects
static PER_HEAP uint32_t thread_heap; /* of this thread's heap; 0: it has none yet */
#define chunk_becomes_ours(chunk) ((void)((chunk)->heap = thread_heap))
#else
#define chunk_becomes_ours(chunk) ((void)0)
#endif

/* ---- From an address to a record and back ------------------------------------------------------------------------ */

/* The ten bits above a chunk's sixteen choose the record: five are the chunk's number, the others the segment's offset. */
static inline Chunk *chunk_of(const void *memory)
{
    uintptr_t address = (uintptr_t)memory;
    uintptr_t record = (address >> CHUNK_SHIFT) & (CHUNK_BYTES / sizeof(Chunk) - 1);
    return (Chunk *)(address & -(uintptr_t)SEGMENT_BYTES) + record;
}

static inline char *chunk_segment_memory(const void *record)
{
    return (char *)((uintptr_t)record & -(uintptr_t)SEGMENT_BYTES);
}

static inline char *chunk_memory(const Chunk *chunk)
{
    uintptr_t number = (uintptr_t)chunk / sizeof *chunk & (SEGMENT_BYTES / CHUNK_BYTES - 1);
    return chunk_segment_memory(chunk) + number * CHUNK_BYTES;
}

static inline ChunkSegment *chunk_segment(const Chunk *chunk)
{
    return (ChunkSegment *)chunk_of(chunk_segment_memory(chunk));
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

static void chunk_list_add(ChunkList *list, Chunk *chunk)
{
    chunk->newer = NULL;
    chunk->older = list->newest;
    *(list->newest ? &list->newest->newer : &list->oldest) = chunk;
    list->newest = chunk;
    list->length++;
}

static Chunk *chunk_list_remove(ChunkList *list, Chunk *chunk)
{
    *(chunk->newer ? &chunk->newer->older : &list->newest) = chunk->older;
    *(chunk->older ? &chunk->older->newer : &list->oldest) = chunk->newer;
    list->length--;
    return chunk;
}

/* ---- The system -------------------------------------------------------------------------------------------------- */

/* The footprint is that of the chunks that hold memory, and of those with the records. */
static void chunks_take_segment(void)
{
    char *memory = system_map_aligned(SEGMENT_BYTES);
    if (setting_huge_pages)
        system_prefer_huge_pages(memory, SEGMENT_BYTES);
    footprint_grew(CHUNK_BYTES);
    ChunkSegment *segment = (ChunkSegment *)chunk_of(memory);
    *segment = (ChunkSegment){ NULL, chunks.segments, SEGMENT_CHUNKS };
    if (chunks.segments)
        chunks.segments->newer = segment;
    chunks.segments = segment;
    for (int i = SEGMENT_CHUNKS; i >= 1; i--)
        chunk_list_add(&chunks.bare, chunk_of(memory + i * CHUNK_BYTES));
    poison(memory + CHUNK_BYTES, SEGMENT_BYTES - CHUNK_BYTES);
}

static void chunks_give_segment(ChunkSegment *segment)
{
    char *memory = chunk_segment_memory(segment);
    *(segment->newer ? &segment->newer->older : &chunks.segments) = segment->older;
    if (segment->older)
        segment->older->newer = segment->newer;
    footprint_shrank(SEGMENT_BYTES - segment->bare * (size_t)CHUNK_BYTES);
    unpoison(memory, SEGMENT_BYTES);
    system_unmap(memory, SEGMENT_BYTES);
}

static void chunk_return(Chunk *chunk)
{
    ChunkSegment *segment = chunk_segment(chunk);
    char *memory = chunk_segment_memory(chunk);
    chunks.returned++;
    system_forget(chunk_memory(chunk), CHUNK_BYTES);
    chunk_list_add(&chunks.bare, chunk);
    if (++segment->bare < SEGMENT_CHUNKS)
        return;
    for (int i = 1; i <= SEGMENT_CHUNKS; i++)
        chunk_list_remove(&chunks.bare, chunk_of(memory + i * CHUNK_BYTES));
    chunks_give_segment(segment);
}

static Chunk *chunk_take_bare(void)
{
    if (chunks.returned) {
        chunks.returned--;
        chunks.missed++;
    }
    if (!chunks.bare.length)
        chunks_take_segment();
    Chunk *chunk = chunk_list_remove(&chunks.bare, chunks.bare.newest);
    chunk_segment(chunk)->bare--;
    footprint_grew(CHUNK_BYTES);
    return chunk;
}

/* Gives every segment back to the system, whatever is still in it. */
static void chunks_close(void)
{
    while (chunks.segments)
        chunks_give_segment(chunks.segments);
    memset(&chunks, 0, sizeof chunks);
}

/* ---- Taking and giving ------------------------------------------------------------------------------------------- */

/* A chunk for blocks of this size, all of it one row; its memory is as it was left. No block ends where the chunk ends, so
 * that no row goes on into the next. */
static Chunk *chunk_take(size_t block_size)
{
    Chunk *chunk = chunks.empty.length ? chunk_list_remove(&chunks.empty, chunks.empty.newest) : chunk_take_bare();
    chunks.in_use++;
    chunk_becomes_ours(chunk);
    chunk->block_size = block_size;
    chunk->capacity = (CHUNK_BYTES - 1) / chunk->block_size * chunk->block_size;
    chunk->lone = NULL;
    chunk->next = chunk_memory(chunk);
    chunk->end = chunk->next + chunk->capacity;
    chunk->rows = NULL;
    return chunk;
}

static size_t chunks_to_keep(void)
{
    return chunks.in_use + setting_spare + chunks.missed;
}

/* All of the chunk's blocks are free. */
static void chunk_give(Chunk *chunk)
{
    chunks.in_use--;
    chunk_list_add(&chunks.empty, chunk);
    if (++chunks.emptied % CHUNKS_FORGOTTEN == 0 && chunks.missed)
        chunks.missed--;
    while (chunks.empty.length > chunks_to_keep())
        chunk_return(chunk_list_remove(&chunks.empty, chunks.empty.oldest));
}

#endif
