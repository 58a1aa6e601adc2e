/* blocks: a heap of equal blocks in one stretch of address space, each block for cells of one type and one size. What a
 * collector that finds objects by their address stands on.
 *
 * Invariant: a block is free, or divided into cells, or the first of a run that one large object fills, or of that run's
 * body. What is known of a block stands in a table beside the heap, not in the block: two bits for each cell, taken (an
 * object is in it) and marked (the last marking reached it). So an object needs no head, its type is its block's, and
 * marking and sweeping write nothing into objects. (One type to a block: G. Steele, "Data representations in PDP-10
 * MACLISP", 1977, "big bag of pages"; the table and its bits: H. Boehm, M. Weiser, "Garbage collection in an uncooperative
 * environment", 1988.)
 *
 * Blocks are taken lowest first. Address space is reserved at once, and made writable as it is used. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "parts/per_heap.h"
#include "parts/poison.h"
#include "parts/system.h"
#include "parts/type.h"

#ifdef CHECKED
enum { BLOCK_SHIFT = 12 }; /* so that small programs have many blocks, and objects that are large */
#else
enum { BLOCK_SHIFT = 14 };
#endif

enum {
    BLOCK_BYTES = 1 << BLOCK_SHIFT,
    CELL_GRAIN = 8,                                  /* sizes of cells are multiples of it */
    CELL_LARGEST = BLOCK_BYTES / 2,                  /* what is larger has blocks of its own */
    BLOCK_WORDS = BLOCK_BYTES / CELL_GRAIN / 64,     /* of bits */
    BLOCKS_STEP = 64,                                /* made writable at a time */
};

#define BLOCKS_RESERVED_BYTES (UINT64_C(64) << 30)

/* A static variable of the collector's own, in which addresses of the free and the dead may stand: it is no root
 * (marking.h). */
#ifdef THREADED
#define NO_ROOT PER_HEAP
#else
#define NO_ROOT __attribute__((section("no_roots")))
#endif

typedef enum BlockKind { BLOCK_FREE, BLOCK_OF_CELLS, BLOCK_LARGE, BLOCK_BODY } BlockKind;

typedef struct Block {
    uint32_t inverse;       /* 2^32 / cell_size, rounded up; 0 when large, so that every offset is in cell 0 */
    uint32_t cells;
    uint32_t swept_at;      /* the number of the collection whose dead it has given back */
    uint32_t distance;      /* of a body, to the first block of its run */
    uint8_t kind;
    bool has_references;    /* its objects may have some: they must be scanned */
    bool overflowed;        /* something in it is marked, but its references are not */
    bool dirty;             /* when it is free, and when it was taken: it may hold something other than zeros */
    size_t cell_size;       /* bytes */
    const Type *type;       /* of its objects, in bodies too */
    void *owner;            /* the allocator's: who hands out its cells */
    struct Block *next;     /* the owner's */
    uint64_t marked[BLOCK_WORDS] __attribute__((aligned(64)));
    uint64_t taken[BLOCK_WORDS];
} Block;

static NO_ROOT struct {
    char *floor;            /* where block 0 begins */
    Block *table;
    uint64_t *free;         /* a bit for each block below opened: nothing is in it */
    uint32_t first_free;    /* no block below this one is free */
    uint32_t opened;        /* blocks that were ever taken lie below */
    uint32_t writable;      /* likewise */
    uint32_t reserved;
    uint32_t dirty;         /* how many are: what is resident, to the block */
    size_t bytes;           /* of address space */
} blocks;

/* ---- From an address to its cell -------------------------------------------------------------------------------- */

static inline uint32_t block_index(const Block *block)
{
    return (uint32_t)(block - blocks.table);
}

static inline char *block_start(const Block *block)
{
    return blocks.floor + ((size_t)block_index(block) << BLOCK_SHIFT);
}

/* The block that an object begins in. */
static inline Block *block_of(const void *object)
{
    return &blocks.table[(size_t)((const char *)object - blocks.floor) >> BLOCK_SHIFT];
}

/* Multiplied, not divided: exact, for an offset is below 2^14 and a cell's size, too, so that what the inverse is too large by
 * stays below 1 in the product. */
static inline uint32_t block_cell_at_offset(const Block *block, uint64_t offset_in_heap)
{
    return (uint32_t)((offset_in_heap & (BLOCK_BYTES - 1)) * block->inverse >> 32);
}

static inline uint32_t block_cell_at(const Block *block, const void *address)
{
    return block_cell_at_offset(block, (size_t)((const char *)address - blocks.floor));
}

static inline void *block_cell(const Block *block, uint32_t cell)
{
    return block_start(block) + cell * block->cell_size;
}

static inline bool bit_is_set(const uint64_t *bits, uint32_t i)
{
    return bits[i / 64] >> i % 64 & 1;
}

static inline void bit_clear(uint64_t *bits, uint32_t i)
{
    bits[i / 64] &= ~(UINT64_C(1) << i % 64);
}

static inline uint32_t block_words(const Block *block)
{
    return (block->cells + 63) / 64;
}

/* Whether it is the first or the only block of a cell: what is known of cells is known of it. */
static inline bool block_has_cells(const Block *block)
{
    return block->kind == BLOCK_OF_CELLS || block->kind == BLOCK_LARGE;
}

/* The object that an address points at or into, or NULL: what a word is that may be a reference, or may be a number. */
static inline void *blocks_object_around(uintptr_t address)
{
    size_t offset = address - (uintptr_t)blocks.floor;
    if (offset >= (size_t)blocks.opened << BLOCK_SHIFT)
        return NULL;
    Block *block = &blocks.table[offset >> BLOCK_SHIFT];
    if (block->kind == BLOCK_FREE)
        return NULL;
    uint32_t cell = block_cell_at(block, (void *)address);
    if (block->kind == BLOCK_BODY)
        block -= block->distance, cell = 0;
    return cell < block->cells && bit_is_set(block->taken, cell) ? block_cell(block, cell) : NULL;
}

/* ---- Free blocks ------------------------------------------------------------------------------------------------ */

/* The first block from this one on whose bit in the map of free blocks is `wanted`; at most `end`. */
static uint32_t blocks_next(uint32_t at, uint32_t end, bool wanted)
{
    while (at < end) {
        uint64_t word = (wanted ? blocks.free[at / 64] : ~blocks.free[at / 64]) >> at % 64;
        if (word) {
            at += (uint32_t)__builtin_ctzll(word);
            break;
        }
        at = (at | 63) + 1;
    }
    return at < end ? at : end;
}

/* Where a run of so many free blocks begins; or where one would, if the heap grew at its end. */
static uint32_t blocks_find(uint32_t count)
{
    uint32_t at = blocks.first_free = blocks_next(blocks.first_free, blocks.opened, true);
    while (at < blocks.opened) {
        uint32_t end = blocks_next(at, blocks.opened, false);
        if (end - at >= count || end == blocks.opened)
            break;
        at = blocks_next(end, blocks.opened, true);
    }
    return at;
}

static bool blocks_make_writable(uint32_t end)
{
    size_t heads = round_up((size_t)end * sizeof(Block), BLOCK_BYTES);
    return mprotect(blocks.table, heads, PROT_READ | PROT_WRITE) == 0 &&
           mprotect(blocks.floor, (size_t)end << BLOCK_SHIFT, PROT_READ | PROT_WRITE) == 0;
}

/* Makes all blocks below end usable; false: the system, or the reservation, has no more. */
static bool blocks_open(uint32_t end)
{
    if (end > blocks.reserved)
        return false;
    if (end > blocks.writable) {
        uint32_t ahead = end + BLOCKS_STEP < blocks.reserved ? end + BLOCKS_STEP : end;
        blocks.writable = blocks_make_writable(ahead) ? ahead : blocks_make_writable(end) ? end : blocks.writable;
    }
    if (end > blocks.opened && end <= blocks.writable)
        blocks.opened = end;
    return end <= blocks.writable;
}

/* Free blocks become part of the run that begins with the first. */
static void blocks_join(Block *first, size_t from, size_t to, const Type *type)
{
    for (size_t i = from; i < to; i++) {
        bit_clear(blocks.free, block_index(first) + (uint32_t)i);
        blocks.dirty += !first[i].dirty;
        first[i].kind = BLOCK_BODY;
        first[i].distance = (uint32_t)i;
        first[i].type = type;
    }
}

/* A run of so many blocks, or NULL. */
static Block *blocks_take(size_t count, const Type *type)
{
    uint32_t start = count < blocks.reserved ? blocks_find((uint32_t)count) : blocks.reserved;
    if (!blocks_open(start + (uint32_t)count))
        return NULL;
    Block *first = &blocks.table[start];
    blocks_join(first, 0, count, type);
    return first;
}

static void blocks_give(Block *first, size_t count)
{
    uint32_t start = block_index(first);
    if (start < blocks.first_free)
        blocks.first_free = start;
    for (uint32_t i = start; i < start + count; i++) {
        blocks.free[i / 64] |= UINT64_C(1) << i % 64;
        blocks.table[i].kind = BLOCK_FREE;
        blocks.table[i].dirty = true;
    }
    poison(block_start(first), count << BLOCK_SHIFT);
}

/* Lets a run grow in its place, from so many blocks to so many; false: something is in the way. */
static bool blocks_extend(Block *first, size_t have, size_t wanted)
{
    size_t end = block_index(first) + wanted, after = block_index(first) + have;
    if (end > blocks.reserved)
        return false;
    uint32_t within = (uint32_t)end < blocks.opened ? (uint32_t)end : blocks.opened;
    if (blocks_next((uint32_t)after, within, false) < within || !blocks_open((uint32_t)end))
        return false;
    blocks_join(first, have, wanted, first->type);
    return true;
}

static bool block_is_spare(const Block *block)
{
    return block->kind == BLOCK_FREE && block->dirty;
}

/* Returns free memory to the system, the highest first and as far as possible at once, until no more than so many blocks
 * are resident. */
static void blocks_shrink(uint32_t resident)
{
    for (uint32_t end = blocks.opened; end > 0 && blocks.dirty > resident;) {
        uint32_t start = end;
        while (start > 0 && blocks.dirty > resident && block_is_spare(&blocks.table[start - 1])) {
            blocks.table[--start].dirty = false;
            blocks.dirty--;
        }
        if (start < end && madvise(block_start(&blocks.table[start]), (size_t)(end - start) << BLOCK_SHIFT, MADV_DONTNEED))
            abort(); /* only a damaged book-keeping can get here */
        end = start < end ? start : end - 1;
    }
}

/* ---- The reservation -------------------------------------------------------------------------------------------- */

/* What is reserved is neither memory nor counted as such; where the system's limits still refuse, half will do. */
static void blocks_reserve(void)
{
    void *space = MAP_FAILED;
    for (blocks.bytes = BLOCKS_RESERVED_BYTES; blocks.bytes >= BLOCK_BYTES; blocks.bytes /= 2) {
        space = mmap(NULL, blocks.bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (space != MAP_FAILED)
            break;
    }
    if (space == MAP_FAILED)
        out_of_memory(BLOCK_BYTES);
    blocks.table = space;
}

static size_t blocks_map_bytes(void)
{
    return round_up(blocks.reserved / 8 + sizeof *blocks.free, BLOCK_BYTES);
}

static void blocks_open_heap(void)
{
    blocks_reserve();
    blocks.reserved = (uint32_t)((blocks.bytes - BLOCK_BYTES) / (BLOCK_BYTES + sizeof(Block)));
    blocks.floor = (char *)blocks.table + round_up(blocks.reserved * sizeof(Block), BLOCK_BYTES);
    blocks.free = system_take(blocks_map_bytes());
}

static void blocks_close_heap(void)
{
    unpoison(blocks.floor, (size_t)blocks.opened << BLOCK_SHIFT);
    system_give(blocks.free, blocks_map_bytes());
    munmap(blocks.table, blocks.bytes);
    memset(&blocks, 0, sizeof blocks);
}

#endif
