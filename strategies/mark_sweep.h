/* mark_sweep: a precise tracing collector. What the program's variables do not reach is dead; nobody counts, and nothing is
 * written when a reference is stored. (J. McCarthy, "Recursive functions of symbolic expressions", 1960.)
 *
 * Invariant: a cell is taken from when it is handed out until the sweep after the first collection that did not mark it.
 * Between collections, a block has been swept in the last one, or is swept before a cell of it is handed out, and all are
 * before the next marking.
 *
 * Birth: each type and size has a run of free cells beside each other, and takes the next one. A run that is used up is
 * followed by the next in the bits of the type's blocks, then by a fresh block's.
 * Trigger: as many bytes born since the last collection as make the heap heap_percent of what was then live.
 * Sweeping a block is to copy its marks over its taken bits, as Go's runtime does (runtime/mbitmap.go); empty blocks are found
 * when the collection ends, and serve any type. */
#include <stdint.h>
#include <string.h>

#include "parts/census.h"
#include "parts/marking.h"

#ifdef CHECKED
enum { SWEEP_LEAST_HEAP_KIB = 16, SWEEP_FENCE = 16 }; /* so that small programs collect; bytes after each object, poisoned */
#else
enum { SWEEP_LEAST_HEAP_KIB = 2048, SWEEP_FENCE = 0 };
#endif

SETTING(heap_percent, 200, 101, 10000, "the heap's limit, in percent of what was live after the last collection",
        "125 150 300 400 800");
SETTING(least_heap_kib, SWEEP_LEAST_HEAP_KIB, 0, UINT32_MAX, "KiB born between two collections at the least");
SETTING(lazy, 1, 0, 1, "1: a block is swept when a cell of it is wanted; 0: all are when the collection ends");

/* Sizes of cells for objects with trailing elements: steps of 8 bytes up to 128, then four to every doubling. */
enum { SWEEP_FINE = 128, SWEEP_CLASSES = SWEEP_FINE / CELL_GRAIN + 4 * (BLOCK_SHIFT - 8) + 1 };

/* The cells of one type and size. */
typedef struct SweepClass {
    char *next, *end;          /* the run that is being handed out */
    uint64_t free;             /* of the word that the run is from: cells that are free and not in the run */
    uint32_t word;             /* the next one to look at in the block */
    Block *block;              /* the run's */
    Block *later;              /* blocks not looked at since the last collection */
    size_t cell_size;
    const Type *type;          /* NULL: never used */
    struct SweepClass *other;  /* the next class in use */
} SweepClass;

typedef struct SweepState {
    Tracer *trace; /* first: marking finds it there */
    SweepClass classes[SWEEP_CLASSES];
} SweepState;

#define type_state SweepState
#define type_state_of(T) { .trace = T##_trace }

static NO_ROOT struct {
    SweepClass *classes;       /* those in use; when a collection marks, they refer to no cell */
    uint64_t objects;          /* taken cells, the large ones included; those of unused runs too */
    int64_t live;              /* bytes of cells that the last collection found alive */
    int64_t fresh;             /* bytes taken since, less those given back */
    int64_t limit;             /* how many call for the next */
    uint32_t needed;           /* blocks that the heap could grow to after the last collection */
    uint32_t collections;
    bool busy;                 /* collecting, or running finalizers */
    bool finalizable;          /* an object with a finalizer was born */
    Weak *weaks;               /* weak references that are not empty */
    Pointers dying;            /* whose finalizers are to run, children first */
    Pointers ahead;            /* of the walk that orders them */
} sweep;

/* ---- Sizes ------------------------------------------------------------------------------------------------------ */

/* Whether the object's finalizer has yet to run: a word behind an object that has one. */
static inline uint64_t *sweep_pending(const Type *type, void *object)
{
    return (uint64_t *)((char *)object + round_up(type->size, sizeof(uint64_t)));
}

/* Bytes that an object needs of its cell. One with trailing elements needs one more, so that a pointer past the last, which
 * may be all that a compiler keeps of it, is still within. */
static inline size_t sweep_room(const Type *type, size_t size)
{
    size_t room = size + (type->element_size ? 1 : 0);
    if (type->finalize)
        room = round_up(size, sizeof(uint64_t)) + sizeof(uint64_t);
    return round_up((room ? room : 1) + SWEEP_FENCE, CELL_GRAIN);
}

/* Of those four sizes to every doubling that hold room bytes, the smallest; its number goes to *at. */
static inline size_t sweep_coarse_size(size_t room, unsigned *at)
{
    unsigned doubling = 63 - (unsigned)__builtin_clzll(room - 1), step = doubling - 2;
    size_t quarters = (room - 1) >> step; /* 4 to 7 */
    *at = SWEEP_FINE / CELL_GRAIN + 4 * (doubling - 7) + (unsigned)quarters - 4 + 1;
    return (quarters + 1) << step;
}

static size_t sweep_blocks_for(size_t bytes)
{
    return round_up(bytes, BLOCK_BYTES) >> BLOCK_SHIFT;
}

/* Types of one size have one class. */
static inline SweepClass *sweep_class(const Type *type, size_t room, size_t *cell_size)
{
    SweepState *state = type_state_here(type);
    unsigned at = 0;
    *cell_size = room;
    if (type->element_size && room <= SWEEP_FINE)
        at = (unsigned)(room / CELL_GRAIN);
    else if (type->element_size)
        *cell_size = sweep_coarse_size(room, &at);
    return &state->classes[at];
}

/* ---- Sweeping --------------------------------------------------------------------------------------------------- */

static void sweep_poison_dead(Block *block)
{
    for (uint32_t cell = 0; POISONING && cell < block->cells; cell++)
        if (bit_is_set(block->taken, cell) && !bit_is_set(block->marked, cell))
            poison(block_cell(block, cell), block->cell_size);
}

static void sweep_block(Block *block)
{
    if (block->swept_at == sweep.collections)
        return;
    sweep_poison_dead(block);
    size_t bytes = block_words(block) * sizeof *block->marked;
    memcpy(block->taken, block->marked, bytes);
    memset(block->marked, 0, bytes);
    block->swept_at = sweep.collections;
}

static void sweep_finish(void)
{
    for (uint32_t i = 0; i < blocks.opened; i++)
        if (block_has_cells(&blocks.table[i]))
            sweep_block(&blocks.table[i]);
}

/* ---- Runs of free cells ----------------------------------------------------------------------------------------- */

static uint64_t sweep_bits(uint32_t count)
{
    return count < 64 ? (UINT64_C(1) << count) - 1 : ~UINT64_C(0);
}

/* The next word of the block in which a cell is free, if there is one. */
static bool sweep_find_free(SweepClass *class)
{
    Block *block = class->block;
    while (!class->free) {
        if (!block || class->word == block_words(block))
            return false;
        uint32_t word = class->word++;
        class->free = ~block->taken[word] & sweep_bits(block->cells - word * 64);
    }
    return true;
}

/* Free cells beside each other become the class's run, and are taken at once. */
static bool sweep_take_run(SweepClass *class)
{
    if (!sweep_find_free(class))
        return false;
    uint32_t first = (uint32_t)__builtin_ctzll(class->free);
    uint64_t after = ~(class->free >> first);
    uint32_t length = after ? (uint32_t)__builtin_ctzll(after) : 64;
    uint64_t run = sweep_bits(length) << first;
    class->free &= ~run;
    class->block->taken[class->word - 1] |= run;
    class->next = block_cell(class->block, (class->word - 1) * 64 + first);
    class->end = class->next + length * class->cell_size;
    sweep.fresh += (int64_t)(length * class->cell_size);
    sweep.objects += length;
    return true;
}

static void sweep_return_run(SweepClass *class)
{
    for (char *cell = class->next; cell < class->end; cell += class->cell_size) {
        bit_clear(class->block->taken, block_cell_at(class->block, cell));
        sweep.objects--;
    }
    class->next = class->end = NULL;
}

static void sweep_enter(SweepClass *class, Block *block)
{
    class->block = block;
    class->word = 0;
}

static bool sweep_enter_later(SweepClass *class)
{
    Block *block = class->later;
    if (!block)
        return false;
    class->later = block->next;
    sweep_block(block);
    sweep_enter(class, block);
    return true;
}

static void sweep_begin_block(Block *block, const Type *type, size_t cell_size, uint32_t cells)
{
    block->has_references = type_has_references(type);
    block->cell_size = cell_size;
    block->cells = cells;
    block->swept_at = sweep.collections;
    block->overflowed = false;
    memset(block->marked, 0, block_words(block) * sizeof *block->marked);
    memset(block->taken, 0, block_words(block) * sizeof *block->taken);
}

static bool sweep_enter_fresh(SweepClass *class)
{
    Block *block = blocks_take(1, class->type);
    if (!block)
        return false;
    sweep_begin_block(block, class->type, class->cell_size, (uint32_t)(BLOCK_BYTES / class->cell_size));
    block->kind = BLOCK_OF_CELLS;
    block->inverse = (uint32_t)(((UINT64_C(1) << 32) + class->cell_size - 1) / class->cell_size);
    block->owner = class;
    poison(block_start(block), BLOCK_BYTES);
    sweep_enter(class, block);
    return true;
}

/* ---- Finalizers and weak references ----------------------------------------------------------------------------- */

/* Weak references are emptied before a finalizer can look through them. */
static void sweep_empty_weaks(void)
{
    for (Weak *weak = sweep.weaks; weak; weak = weak->next)
        if (!is_marked(weak->target))
            weak->target = NULL;
}

static void sweep_forget_weaks(void)
{
    for (Weak **link = &sweep.weaks; *link;)
        if ((*link)->target && is_marked(*link))
            link = &(*link)->next;
        else
            *link = (*link)->next;
}

static inline void sweep_refer(Weak *weak)
{
    weak->next = sweep.weaks;
    sweep.weaks = weak;
}

static void sweep_walk_to(AnyReference *slot, void *context)
{
    (void)context;
    if (*slot && !is_marked(*slot))
        pointers_push(&sweep.ahead, *slot);
}

/* Marks what dies with the object, depth first; who has a finalizer joins the dying after all that he reaches. An entry whose
 * lowest bit is set is an object that is left. (A parent in no cycle so comes after its children: R. Tarjan, "Depth-first
 * search and linear graph algorithms", 1972.) */
static void sweep_walk(void *object)
{
    pointers_push(&sweep.ahead, object);
    while (sweep.ahead.length) {
        void *entry = pointers_pop(&sweep.ahead);
        if (marking_goes_on(entry)) {
            pointers_push(&sweep.dying, (char *)entry - MARK_GO_ON);
            continue;
        }
        Block *block = block_of(entry);
        if (!mark_in(block, (size_t)((char *)entry - blocks.floor)))
            continue;
        if (block->type->finalize && *sweep_pending(block->type, entry))
            pointers_push(&sweep.ahead, (char *)entry + MARK_GO_ON);
        type_visit(block->type, entry, sweep_walk_to, NULL);
    }
}

static void sweep_find_dying_in(Block *block)
{
    for (uint32_t cell = 0; cell < block->cells; cell++)
        if (bit_is_set(block->taken, cell) && !bit_is_set(block->marked, cell) &&
            *sweep_pending(block->type, block_cell(block, cell)))
            sweep_walk(block_cell(block, cell));
}

static void sweep_find_dying(void)
{
    for (uint32_t i = 0; sweep.finalizable && i < blocks.opened; i++) {
        Block *block = &blocks.table[i];
        if (block_has_cells(block) && block->type->finalize)
            sweep_find_dying_in(block);
    }
}

/* Parents first. What they allocate is collected after them. Returns whether there were any. */
static __attribute__((noinline)) bool sweep_run_finalizers(void)
{
    bool any = sweep.dying.length;
    sweep.busy = true;
    while (sweep.dying.length) {
        void *object = pointers_pop(&sweep.dying);
        const Type *type = block_of(object)->type;
        *sweep_pending(type, object) = false;
        type->finalize(object);
        census_finalized(object);
    }
    pointers_close(&sweep.dying);
    pointers_close(&sweep.ahead);
    sweep.busy = false;
    return any;
}

/* ---- Collecting ------------------------------------------------------------------------------------------------- */

/* What was marked in the block; gives it back if that is nothing, else to its class. */
static uint32_t sweep_survey_block(Block *block)
{
    uint32_t live = 0;
    for (uint32_t word = 0; word < block_words(block); word++)
        live += (uint32_t)__builtin_popcountll(block->marked[word]);
    if (!live) {
        blocks_give(block, block->kind == BLOCK_LARGE ? block->cell_size >> BLOCK_SHIFT : 1);
    } else if (live < block->cells) {
        SweepClass *class = block->owner;
        block->next = class->later;
        class->later = block;
    }
    return live;
}

/* How many bytes may be born until the next collection. */
static int64_t sweep_limit(void)
{
    int64_t least = (int64_t)setting_least_heap_kib << 10;
    int64_t limit = sweep.live / 100 * ((int64_t)setting_heap_percent - 100);
    return limit > least ? limit : least;
}

/* From the last block to the first, so that every class has its own in order. Returns how many objects died, and sets the
 * limit by what lives. */
static uint64_t sweep_survey(void)
{
    uint64_t objects = 0;
    int64_t bytes = 0;
    for (uint32_t i = blocks.opened; i-- > 0;) {
        Block *block = &blocks.table[i];
        if (block_has_cells(block)) {
            uint32_t live = sweep_survey_block(block);
            objects += live;
            bytes += (int64_t)(live * block->cell_size);
        }
    }
    uint64_t died = sweep.objects - objects;
    sweep.objects = objects;
    sweep.live = bytes;
    sweep.fresh = 0;
    sweep.limit = sweep_limit();
    return died;
}

/* Returns to the system what the heap may not grow to now, nor might have after the collection before: what is dead since may
 * well be followed by its like. */
static void sweep_shrink(void)
{
    uint32_t before = sweep.needed;
    sweep.needed = (uint32_t)sweep_blocks_for((size_t)(sweep.live + sweep.limit));
    blocks_shrink(sweep.needed > before ? sweep.needed : before);
    pointers_shrink(&marking.stack);
}

static void sweep_leave_blocks(void)
{
    for (SweepClass *class = sweep.classes; class; class = class->other) {
        sweep_return_run(class);
        class->block = class->later = NULL;
        class->free = 0;
    }
}

/* In a checked build: what is taken are the objects that were handed out and not yet found dead, and nothing else. */
static void sweep_demand_consistency(void)
{
#ifdef CHECKED
    uint64_t taken = 0;
    for (uint32_t i = 0; i < blocks.opened; i++)
        for (uint32_t word = 0; block_has_cells(&blocks.table[i]) && word < block_words(&blocks.table[i]); word++) {
            taken += (uint32_t)__builtin_popcountll(blocks.table[i].taken[word]);
            if (blocks.table[i].marked[word])
                heap_damaged("marks before marking, in a block", block_start(&blocks.table[i]), blocks.table[i].type);
        }
    if (taken != sweep.objects)
        heap_damaged("another number of objects than was handed out, in the heap", blocks.floor, NULL);
#endif
}

static void sweep_mark(void)
{
    mark_roots();
    marking_finish();
    sweep_empty_weaks();
    sweep_find_dying();
    sweep_forget_weaks();
}

/* Returns how many objects it found dead; what is to be finalized, and all that hangs from it, is not among them yet. */
static uint64_t sweep_cycle(void)
{
    collection_begin();
    sweep_finish();
    sweep_leave_blocks();
    sweep_demand_consistency();
    sweep_mark();
    census_sweep(is_marked);
    sweep.collections++;
    uint64_t died = sweep_survey();
    if (!setting_lazy)
        sweep_finish();
    collection_end();
    return died;
}

/* Inlined, for its frame would be where roots are looked for. */
static inline __attribute__((always_inline)) uint64_t sweep_collect_once(void)
{
    marking_clear_stack();
    return marking_from_here(sweep_cycle);
}

/* The dead that had finalizers are dead for good when these have run and it was looked again. (Noinline, so that its frame lies
 * where the caller has cleared the stack.) */
static __attribute__((noinline)) uint64_t sweep_collect(void)
{
    if (sweep.busy)
        return 0;
    uint64_t died = sweep_collect_once();
    if (sweep_run_finalizers()) {
        died += sweep_collect_once();
        sweep_run_finalizers();
    }
    sweep_shrink();
    return died;
}

/* Before the heap grows by so many bytes; 0: by a run of cells, which is counted when it is taken. */
static void sweep_collect_when_due(int64_t bytes)
{
    if (sweep.fresh + bytes < sweep.limit || sweep.busy)
        return;
    sweep_collect_once();
    sweep_shrink();
    sweep_run_finalizers();
}

/* Before a refusal ends the program. */
static void sweep_collect_or_die(bool *tried, size_t bytes)
{
    if (*tried || sweep.busy)
        out_of_memory(bytes);
    *tried = true;
    sweep_collect();
}

/* ---- Birth ------------------------------------------------------------------------------------------------------ */

static void sweep_begin_class(SweepClass *class, const Type *type, size_t cell_size)
{
    if (class->type)
        return;
    class->type = type;
    class->cell_size = cell_size;
    class->other = sweep.classes;
    sweep.classes = class;
}

/* Finds the class its next run. Collecting runs finalizers, which may use the class: after it, all is looked at again. */
static __attribute__((noinline)) void sweep_refill(SweepClass *class, const Type *type, size_t cell_size)
{
    sweep_begin_class(class, type, cell_size);
    sweep_collect_when_due(0);
    for (bool tried = false; class->next == class->end && !sweep_take_run(class);)
        if (!sweep_enter_later(class) && !sweep_enter_fresh(class))
            sweep_collect_or_die(&tried, BLOCK_BYTES);
}

static void sweep_clear_run(Block *first, size_t from, size_t count)
{
    for (size_t i = from; i < count; i++)
        if (first[i].dirty)
            memset(block_start(&first[i]), 0, BLOCK_BYTES);
}

/* As its memory was left. given_back: bytes of an object that dies for this one's sake. */
static inline __attribute__((always_inline)) Block *sweep_take_large(const Type *type, size_t room, size_t given_back)
{
    size_t count = sweep_blocks_for(room);
    sweep_collect_when_due((int64_t)(count << BLOCK_SHIFT) - (int64_t)given_back);
    Block *block;
    for (bool tried = false; !(block = blocks_take(count, type));)
        sweep_collect_or_die(&tried, room);
    sweep_begin_block(block, type, count << BLOCK_SHIFT, 1);
    block->kind = BLOCK_LARGE;
    block->inverse = 0;
    block->taken[0] = 1;
    sweep.fresh += (int64_t)block->cell_size;
    sweep.objects++;
    unpoison(block_start(block), block->cell_size);
    return block;
}

static __attribute__((noinline)) void *sweep_allocate_large(const Type *type, size_t room, size_t size, size_t given_back)
{
    Block *block = sweep_take_large(type, room, given_back);
    sweep_clear_run(block, 0, sweep_blocks_for(room));
    poison(block_start(block) + size, block->cell_size - size);
    return block_start(block);
}

static __attribute__((noinline, unused)) void *sweep_allocate_large_unset(const Type *type, size_t room, size_t size)
{
    Block *block = sweep_take_large(type, room, 0);
    poison(block_start(block) + size, block->cell_size - size);
    return memset(block_start(block), 0, type->size);
}

/* Of size bytes, and zero only in the first so many. */
static inline __attribute__((always_inline)) void *
sweep_allocate_small(const Type *type, size_t room, size_t size, size_t zeroed)
{
    size_t cell_size;
    SweepClass *class = sweep_class(type, room, &cell_size);
    if (__builtin_expect(class->next == class->end, 0))
        sweep_refill(class, type, cell_size);
    char *cell = class->next;
    class->next = cell + cell_size;
    unpoison(cell, size);
    return memset(cell, 0, zeroed);
}

static inline void *sweep_allocate(const Type *type, size_t size)
{
    size_t room = sweep_room(type, size);
    void *object = room > CELL_LARGEST ? sweep_allocate_large(type, room, size, 0)
                                       : sweep_allocate_small(type, room, size, size);
    if (type->finalize) {
        unpoison(sweep_pending(type, object), sizeof(uint64_t));
        *sweep_pending(type, object) = true;
        sweep.finalizable = true;
    }
    return object;
}

static inline void *sweep_allocate_unset(const Type *type, size_t size)
{
    size_t room = sweep_room(type, size);
    return room > CELL_LARGEST ? sweep_allocate_large_unset(type, room, size)
                               : sweep_allocate_small(type, room, size, type->size);
}

/* ---- Resizing --------------------------------------------------------------------------------------------------- */

/* Before the next collection: nobody refers to the object any more. */
static void sweep_give(Block *block, void *object)
{
    size_t bytes = block->cell_size;
    sweep.objects--;
    sweep.fresh -= (int64_t)bytes;
    if (block->kind == BLOCK_LARGE) {
        blocks_give(block, bytes >> BLOCK_SHIFT);
        return;
    }
    sweep_block(block);
    bit_clear(block->taken, block_cell_at(block, object));
    poison(object, bytes);
}

static bool sweep_extend(Block *block, size_t room)
{
    size_t have = block->cell_size >> BLOCK_SHIFT, count = sweep_blocks_for(room);
    if (block->kind != BLOCK_LARGE || !blocks_extend(block, have, count))
        return false;
    unpoison(block_start(&block[have]), (count - have) << BLOCK_SHIFT);
    sweep_clear_run(block, have, count);
    sweep.fresh += (int64_t)((count - have) << BLOCK_SHIFT);
    block->cell_size = count << BLOCK_SHIFT;
    return true;
}

/* What it leaves is free at once, for nobody else holds it. */
static void *sweep_move(Block *block, void *object, const Type *type, size_t old_size, size_t size)
{
    size_t room = sweep_room(type, size);
    void *moved = room > CELL_LARGEST ? sweep_allocate_large(type, room, size, block->cell_size) : sweep_allocate(type, size);
    memcpy(moved, object, old_size < size ? old_size : size);
    sweep_give(block, object);
    return moved;
}

static void *sweep_reallocate(void *object, const Type *type, size_t old_size, size_t size)
{
    Block *block = block_of(object);
    size_t room = sweep_room(type, size);
    if (room > block->cell_size && !sweep_extend(block, room))
        return sweep_move(block, object, type, old_size, size);
    unpoison(object, size);
    if (size > old_size)
        memset((char *)object + old_size, 0, size - old_size);
    return object;
}

/* ---- Beginning and end ------------------------------------------------------------------------------------------ */

static void sweep_open(void)
{
    blocks_open_heap();
    marking_open();
    sweep.limit = sweep_limit();
}

static void sweep_close(void)
{
    for (SweepClass *class = sweep.classes, *other; class; class = other) {
        other = class->other;
        *class = (SweepClass){ 0 };
    }
    pointers_close(&sweep.dying);
    pointers_close(&sweep.ahead);
    memset(&sweep, 0, sizeof sweep);
    marking_close();
    blocks_close_heap();
}

/* Bytes held past the door of system.h. */
static inline uint64_t sweep_footprint(void)
{
    return ((uint64_t)blocks.dirty << BLOCK_SHIFT) + blocks.opened * sizeof(Block);
}

#define allocate(type, size) sweep_allocate(type, size)
#define allocate_unset(type, size) sweep_allocate_unset(type, size)
#define reallocate(object, type, old_size, size) sweep_reallocate(object, type, old_size, size)
#define collect() (marking_clear_stack(), sweep_collect())
#define collects_cycles 1
#define finalizes 1
#define weak_refer(weak) sweep_refer(weak)
#define heap_open() sweep_open()
#define heap_close() sweep_close()
#define object_room(object, type, size) (block_of(object)->cell_size)
#define footprint() sweep_footprint()
