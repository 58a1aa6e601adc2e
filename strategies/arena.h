/* arena: objects die together. A region's end rewinds to where the pointer stood at its beginning; nothing is freed alone.
 *
 * Invariant: objects stand in a chain of chunks, the newest first, filled from the top down (one subtraction and one
 * comparison: N. Fitzgerald, "Always Bump Downwards", 2019). A savepoint is a chunk and a place in it; rewinding to it gives
 * the newer chunks to a list of spare ones, from which the next are taken, so that a loop of regions asks the system only once.
 * Outside every region nothing dies before the run ends. */
#include <string.h>

#include "parts/poison.h"
#include "parts/system.h"
#include "parts/type.h"

enum {
    ARENA_FIRST_CHUNK = 64 << 10,  /* bytes; each further chunk is twice as large, up to */
    ARENA_LARGEST_CHUNK = 1 << 20, /* bytes; a larger object has a chunk of its own */
};

typedef struct ArenaChunk {
    struct ArenaChunk *older;
    size_t bytes; /* this head included */
} ArenaChunk;

typedef struct Savepoint {
    ArenaChunk *chunk;
    char *next;
} Savepoint;

static struct {
    char *next;         /* objects are born below this … */
    char *floor;        /* … and above this */
    ArenaChunk *newest; /* the chunk both point into */
    ArenaChunk *spare;
} arena;

static char *arena_chunk_floor(ArenaChunk *chunk)
{
    return (char *)(chunk + 1);
}

static void arena_enter(ArenaChunk *chunk, char *next)
{
    arena.newest = chunk;
    arena.next = next;
    arena.floor = arena_chunk_floor(chunk);
}

/* A spare chunk with room for size bytes, or NULL. The spare are looked through once: they are few, for they double. */
static ArenaChunk *arena_take_spare(size_t size)
{
    for (ArenaChunk **link = &arena.spare; *link; link = &(*link)->older)
        if ((*link)->bytes >= size) {
            ArenaChunk *chunk = *link;
            *link = chunk->older;
            return chunk;
        }
    return NULL;
}

static ArenaChunk *arena_take_fresh(size_t size)
{
    size_t bytes = arena.newest ? 2 * arena.newest->bytes : ARENA_FIRST_CHUNK;
    if (bytes > ARENA_LARGEST_CHUNK)
        bytes = ARENA_LARGEST_CHUNK;
    if (bytes < size)
        bytes = round_up(size, ARENA_FIRST_CHUNK);
    ArenaChunk *chunk = system_take(bytes);
    chunk->bytes = bytes;
    return chunk;
}

static __attribute__((noinline)) void arena_add_chunk(size_t size)
{
    size_t with_head = round_up(size, 16) + sizeof(ArenaChunk);
    ArenaChunk *chunk = arena_take_spare(with_head);
    if (!chunk)
        chunk = arena_take_fresh(with_head);
    chunk->older = arena.newest;
    poison(arena_chunk_floor(chunk), chunk->bytes - sizeof *chunk);
    arena_enter(chunk, (char *)chunk + chunk->bytes);
}

static inline void *arena_allocate(size_t size)
{
    size_t rounded = round_up(size, sizeof(void *));
    if (__builtin_expect(rounded > (size_t)(arena.next - arena.floor), 0))
        arena_add_chunk(rounded);
    arena.next -= rounded;
    unpoison(arena.next, size);
    return memset(arena.next, 0, size);
}

static inline Savepoint arena_savepoint(void)
{
    return (Savepoint){ arena.newest, arena.next };
}

static void arena_spare_down_to(ArenaChunk *last)
{
    while (arena.newest != last) {
        ArenaChunk *chunk = arena.newest;
        arena.newest = chunk->older;
        poison(arena_chunk_floor(chunk), chunk->bytes - sizeof *chunk);
        chunk->older = arena.spare;
        arena.spare = chunk;
    }
}

static inline void arena_rewind(Savepoint to)
{
    char *next = arena.next;
    if (__builtin_expect(arena.newest != to.chunk, 0)) {
        arena_spare_down_to(to.chunk);
        next = arena_chunk_floor(to.chunk);
    }
    poison(next, (size_t)(to.next - next));
    arena_enter(to.chunk, to.next);
}

/* The first chunk is there from the beginning, so that a savepoint always has one to rewind to. */
static void arena_open(void)
{
    arena_add_chunk(0);
}

static void arena_close(void)
{
    arena_spare_down_to(NULL);
    while (arena.spare) {
        ArenaChunk *chunk = arena.spare;
        arena.spare = chunk->older;
        unpoison(chunk, chunk->bytes);
        system_give(chunk, chunk->bytes);
    }
}

#define allocate(type, size) arena_allocate(size)
#define savepoint() arena_savepoint()
#define rewind(to) arena_rewind(to)
#define heap_open() arena_open()
#define heap_close() arena_close()
