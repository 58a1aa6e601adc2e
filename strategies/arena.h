/* arena: objects die together. A region's end rewinds to where the pointer stood at its beginning; nothing is freed alone.
 *
 * Invariant: objects stand in a chain of chunks, the newest first, filled from the top down (one subtraction and one
 * comparison: N. Fitzgerald, "Always Bump Downwards", 2019). A savepoint is a chunk and a place in it; rewinding to it gives
 * the newer chunks to a list of spare ones, from which the next are taken, so that a loop of regions asks the system only once.
 *
 * A large object has memory of its own from the system, in which it can grow without being copied, and which goes back at the
 * region's end. Large objects are numbered in the order of birth, and a place knows the last number.
 * Outside every region nothing dies before the run ends.
 *
 * An object that was born outside a region and grows inside moves into the region's memory. Then the region begins anew behind
 * it: what it has taken so far is left to the region around it, for the object shall live as long as it did where it was born.
 *
 * Finalizers run at the region's end, while all of its memory is as it was: the newest object's first, as destructors do,
 * for an arena does not know who owns whom. Nothing that they share survives. A weak reference is younger than its target,
 * so no region's end takes the target and leaves the reference: there is nothing to empty. */
#include <stdint.h>
#include <string.h>

#include "parts/census.h"
#include "parts/damage.h"
#include "parts/per_heap.h"
#include "parts/poison.h"
#include "parts/setting.h"
#include "parts/system.h"
#include "parts/type.h"

#ifdef CHECKED /* small, so that every kind of chunk is met */
enum { ARENA_FIRST_KIB = 4, ARENA_LARGEST_KIB = 16, ARENA_LARGE = 1 << 10 };
#else
enum {
    ARENA_FIRST_KIB = 64,
    ARENA_LARGEST_KIB = 1 << 10,
    ARENA_LARGE = 256 << 10, /* bytes; an object of more has memory of its own */
};
#endif

SETTING(first_chunk_kib, ARENA_FIRST_KIB, 4, 1 << 20,
        "KiB of the first chunk; each further one is twice as large, up to the largest");
SETTING(largest_chunk_kib, ARENA_LARGEST_KIB, 2 * ARENA_LARGE >> 10, 1 << 20, "KiB of the largest chunk",
        "512 4096 16384 65536");

enum {
    ARENA_UNIT = 64 << 10, /* bytes; what a large object's memory is a multiple of: the largest page in use */
    ARENA_PAGE = 4 << 10,  /* bytes; what a chunk is a multiple of */
};

typedef struct ArenaChunk {
    struct ArenaChunk *older;
    size_t bytes;    /* this head included */
    uint64_t number; /* how many are older */
} ArenaChunk;

typedef struct ArenaLarge {
    struct ArenaLarge *older, *newer;
    size_t bytes;  /* this head included */
    uint64_t number;
} ArenaLarge;

/* Stands in the arena itself, below the object whose finalizer is to run. */
typedef struct ArenaFinalizable {
    struct ArenaFinalizable *older;
    void *object;
    void (*finalize)(void *object);
} ArenaFinalizable;

/* Between one birth and the next. */
typedef struct ArenaPlace {
    ArenaChunk *chunk;
    char *next;
    uint64_t large_born;
} ArenaPlace;

/* A region that has not ended. */
typedef struct ArenaRegion {
    ArenaPlace start;
    ArenaFinalizable *finalizable;
    CensusMark census;
} ArenaRegion;

typedef size_t Savepoint; /* how many regions are around it */

static PER_HEAP struct {
    char *next;         /* objects are born below this … */
    char *floor;        /* … and above this */
    ArenaChunk *newest; /* the chunk both point into */
    ArenaChunk *spare;
    ArenaLarge *large;  /* the newest large object */
    uint64_t large_born;
    ArenaFinalizable *finalizable; /* the newest whose finalizer has not run */
    ArenaRegion *regions;          /* the outermost first */
    size_t depth;                  /* how many regions there are … */
    size_t room;                   /* … and there is room for */
} arena;

/* ---- Chunks ----------------------------------------------------------------------------------------------------- */

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

/* A spare chunk with room for size bytes, or NULL. They are few, for they double. */
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

/* The first as large as it was asked for: there is no birth yet. Each further one twice as large as the newest, and with room
 * for size bytes, which every largest chunk has. */
static size_t arena_chunk_bytes(size_t size)
{
    if (!arena.newest)
        return round_up(setting_first_chunk_kib << 10, ARENA_PAGE);
    size_t largest = round_up(setting_largest_chunk_kib << 10, ARENA_PAGE);
    size_t bytes = 2 * arena.newest->bytes;
    while (bytes < size)
        bytes *= 2;
    return bytes < largest ? bytes : largest;
}

static ArenaChunk *arena_take_fresh(size_t size)
{
    size_t bytes = arena_chunk_bytes(size);
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
    chunk->number = chunk->older ? chunk->older->number + 1 : 0;
    poison(arena_chunk_floor(chunk), chunk->bytes - sizeof *chunk);
    arena_enter(chunk, (char *)chunk + chunk->bytes);
}

/* ---- Large objects ---------------------------------------------------------------------------------------------- */

static size_t arena_large_bytes(size_t size)
{
    return round_up(round_up(size, sizeof(void *)) + sizeof(ArenaLarge), ARENA_UNIT);
}

/* Makes its neighbours, or the arena, refer to where it is now. */
static void arena_place_large(ArenaLarge *large)
{
    if (large->older)
        large->older->newer = large;
    *(large->newer ? &large->newer->older : &arena.large) = large;
}

static __attribute__((noinline)) void *arena_take_large(size_t size)
{
    ArenaLarge *large = system_take(arena_large_bytes(size));
    *large = (ArenaLarge){ arena.large, NULL, arena_large_bytes(size), ++arena.large_born };
    arena_place_large(large);
    return large + 1;
}

/* Fresh memory is zero; what the object had before, and no longer has, may not be. */
static void *arena_resize_large(void *object, size_t old_size, size_t size)
{
    ArenaLarge *large = (ArenaLarge *)object - 1;
    size_t room = large->bytes - sizeof *large;
    large = system_resize(large, large->bytes, arena_large_bytes(size));
    large->bytes = arena_large_bytes(size);
    arena_place_large(large);
    if (size > old_size)
        memset((char *)(large + 1) + old_size, 0, (size < room ? size : room) - old_size);
    return large + 1;
}

static void arena_give_large_since(uint64_t born)
{
    while (arena.large && arena.large->number > born) {
        ArenaLarge *large = arena.large;
        arena.large = large->older;
        if (arena.large)
            arena.large->newer = NULL;
        system_give(large, large->bytes);
    }
}

/* ---- Birth ------------------------------------------------------------------------------------------------------ */

/* As its memory was left. */
static inline void *arena_bump_small(size_t size)
{
    size_t rounded = round_up(size, sizeof(void *));
    if (__builtin_expect(rounded > (size_t)(arena.next - arena.floor), 0))
        arena_add_chunk(rounded);
    arena.next -= rounded;
    unpoison(arena.next, size);
    return arena.next;
}

static inline void *arena_bump(size_t size)
{
    return size > ARENA_LARGE ? arena_take_large(size) : memset(arena_bump_small(size), 0, size);
}

static __attribute__((noinline)) void arena_expect_finalizer(void *object, const Type *type)
{
    ArenaFinalizable *expected = arena_bump(sizeof *expected);
    *expected = (ArenaFinalizable){ arena.finalizable, object, type->finalize };
    arena.finalizable = expected;
}

static inline void *arena_allocate(const Type *type, size_t size)
{
    void *object = arena_bump(size);
    if (type->finalize)
        arena_expect_finalizer(object, type);
    return object;
}

static inline void *arena_allocate_unset(const Type *type, size_t size)
{
    return size > ARENA_LARGE ? arena_take_large(size) : memset(arena_bump_small(size), 0, type->size);
}

/* ---- Growth ----------------------------------------------------------------------------------------------------- */

static ArenaPlace arena_place(void)
{
    return (ArenaPlace){ arena.newest, arena.next, arena.large_born };
}

static ArenaChunk *arena_chunk_of(const void *object)
{
    for (ArenaChunk *chunk = arena.newest; chunk; chunk = chunk->older)
        if ((uintptr_t)object - (uintptr_t)chunk < chunk->bytes)
            return chunk;
    heap_damaged("an object that the arena does not have is resized", object, NULL);
}

static bool arena_is_born_since(const void *object, size_t size, ArenaPlace place)
{
    if (size > ARENA_LARGE)
        return ((const ArenaLarge *)object - 1)->number > place.large_born;
    ArenaChunk *chunk = arena_chunk_of(object);
    return chunk == place.chunk ? (const char *)object < place.next : chunk->number > place.chunk->number;
}

/* The object has just moved here: the regions that it was born outside of begin anew. */
static void arena_keep_from_regions_inside(const void *born, size_t size)
{
    for (size_t r = arena.depth; r > 0 && !arena_is_born_since(born, size, arena.regions[r - 1].start); r--)
        arena.regions[r - 1].start = arena_place();
}

static void *arena_move(void *object, size_t old_size, size_t size)
{
    void *moved = memcpy(arena_bump(size), object, old_size < size ? old_size : size);
    arena_keep_from_regions_inside(object, old_size);
    return moved;
}

static void *arena_reallocate(void *object, size_t old_size, size_t size)
{
    if (old_size > ARENA_LARGE && size > ARENA_LARGE)
        return arena_resize_large(object, old_size, size);
    return arena_move(object, old_size, size);
}

/* ---- Death ------------------------------------------------------------------------------------------------------ */

/* Those born since last, which is older. Each leaves the list before it runs, and may make more. */
static __attribute__((noinline)) void arena_finalize_down_to(ArenaFinalizable *last)
{
    while (arena.finalizable != last) {
        ArenaFinalizable *newest = arena.finalizable;
        arena.finalizable = newest->older;
        newest->finalize(newest->object);
        census_finalized(newest->object);
    }
}

/* ---- Regions ---------------------------------------------------------------------------------------------------- */

static __attribute__((noinline)) void arena_room_for_region(void)
{
    size_t bytes = arena.room * sizeof *arena.regions;
    size_t wanted = bytes ? 2 * bytes : ARENA_UNIT;
    arena.regions = bytes ? system_resize(arena.regions, bytes, wanted) : system_take(wanted);
    arena.room = wanted / sizeof *arena.regions;
}

static inline Savepoint arena_savepoint(void)
{
    if (__builtin_expect(arena.depth == arena.room, 0))
        arena_room_for_region();
    arena.regions[arena.depth] = (ArenaRegion){ arena_place(), arena.finalizable, census_mark() };
    return arena.depth++;
}

static void arena_spare_newest(void)
{
    ArenaChunk *chunk = arena.newest;
    arena.newest = chunk->older;
    poison(arena_chunk_floor(chunk), chunk->bytes - sizeof *chunk);
    chunk->older = arena.spare;
    arena.spare = chunk;
}

static __attribute__((noinline)) void arena_spare_down_to(ArenaChunk *last)
{
    while (arena.newest != last)
        arena_spare_newest();
}

static inline void arena_go_back_to(ArenaPlace place)
{
    char *next = arena.next;
    if (__builtin_expect(arena.newest != place.chunk, 0)) {
        arena_spare_down_to(place.chunk);
        next = arena_chunk_floor(place.chunk);
    }
    poison(next, (size_t)(place.next - next));
    arena_enter(place.chunk, place.next);
    if (__builtin_expect(arena.large_born != place.large_born, 0))
        arena_give_large_since(place.large_born);
}

/* The region is open until its finalizers have run. */
static inline void arena_rewind(Savepoint to)
{
    pause_begin();
    ArenaRegion *region = &arena.regions[to];
    if (__builtin_expect(to + 1 != arena.depth, 0))
        heap_damaged("a region ends before one inside it", region->start.next, NULL);
    if (__builtin_expect(arena.finalizable != region->finalizable, 0)) {
        arena_finalize_down_to(region->finalizable);
        region = &arena.regions[to]; /* a finalizer's own regions may have moved it */
    }
    census_died_since(region->census);
    arena_go_back_to(region->start);
    arena.depth = to;
    pause_end(PAUSE_RESET);
}

/* The first chunk is there from the beginning, so that a savepoint always has one to rewind to. */
static void arena_open(void)
{
    arena_add_chunk(0);
}

/* What was born outside every region has not died: it is not finalized. */
static void arena_close(void)
{
    arena.finalizable = NULL;
    arena_give_large_since(0);
    while (arena.newest)
        arena_spare_newest();
    while (arena.spare) {
        ArenaChunk *chunk = arena.spare;
        arena.spare = chunk->older;
        unpoison(chunk, chunk->bytes);
        system_give(chunk, chunk->bytes);
    }
    if (arena.room)
        system_give(arena.regions, arena.room * sizeof *arena.regions);
}

#define allocate(type, size) arena_allocate(type, size)
#define allocate_unset(type, size) arena_allocate_unset(type, size)
#define reallocate(object, type, old_size, size) arena_reallocate(object, old_size, size)
#define savepoint() arena_savepoint()
#define rewind(to) arena_rewind(to)
#define finalizes 1
#define heap_open() arena_open()
#define heap_close() arena_close()
#define object_room(object, type, size) ((size) > ARENA_LARGE ? arena_large_bytes(size) : round_up(size, sizeof(void *)))
