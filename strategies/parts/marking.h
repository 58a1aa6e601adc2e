/* marking: everything that can be reached from the stack, the registers and static data, without recursion.
 *
 * Invariant: an object is marked at most once; one that is marked and whose references are not is on the mark stack, in the
 * prefetch queue, or in a block that has overflowed. (E. Dijkstra et al., "On-the-fly garbage collection", 1978: white is
 * unmarked, grey is the last sentence, black the rest.)
 *
 * The heap is traced by type: a slot holds NULL or an object, and a number is never taken for one. The roots are not: a
 * local is a plain variable of C, in a register or wherever the compiler put it. So every word of the stack, of the
 * registers and of the executable's static data is looked at, and one that points at an object, into it, or past its last
 * element keeps it alive. (J. Bartlett, "Compacting garbage collection with ambiguous roots", 1988, divides roots and heap
 * so, but moves what only the heap refers to.) The collector's own static data is none: the linker gathers it in a section
 * of its own.
 *
 * A mark stack that may not grow drops what it has no room for, and the block remembers; when the stack is empty, the marked
 * objects of such blocks are scanned again (as libgc does for the whole heap; J. Knuth, TAOCP 1, 2.3.5, algorithm C). An array
 * is scanned in parts, so that its elements never stand on the stack all at once.
 *
 * From the stack an object goes through a short queue, and its memory is fetched as it enters. (C.-Y. Cher, A. Hosking,
 * T. Vijaykumar, "Software prefetching for mark-sweep garbage collection", 2004.) */
#ifndef MARKING_H
#define MARKING_H

#include <pthread.h>
#include <unistd.h>

#include "parts/blocks.h"
#include "parts/damage.h"
#include "parts/pointers.h"
#include "parts/setting.h"

/* A word of the stack may never have been written, which is none of our faults: what we copied of it counts as written. */
#if defined(__has_include) && __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#else
#define VALGRIND_MAKE_MEM_DEFINED(memory, bytes) ((void)(memory), (void)(bytes))
#endif

#ifdef CHECKED
enum { MARK_STACK_USUAL = 4, MARK_ARRAY_PART = 3, MARK_PREFETCH_USUAL = 2 }; /* so that small programs overflow */
#else
enum { MARK_STACK_USUAL = 1 << 24, MARK_ARRAY_PART = 128, MARK_PREFETCH_USUAL = 4 };
#endif

enum {
    MARK_QUEUE = 64,          /* a power of two */
    MARK_CLEARED_WORDS = 128, /* more than lie between the mutator's frame and the first that is no root */
};

SETTING(mark_stack, MARK_STACK_USUAL, 2, UINT32_MAX, "most objects on the mark stack; what is more is found again by scanning");
SETTING(prefetch, MARK_PREFETCH_USUAL, 0, MARK_QUEUE - 1, "objects whose memory is being fetched while another is scanned");

static NO_ROOT struct {
    Pointers stack;
    void *queue[MARK_QUEUE]; /* between the stack and the scan; a ring */
    size_t first, last;      /* of it */
    void *top, *bottom;      /* of the mutator's stack: its lowest address and its highest */
    bool overflowed;         /* some block has */
    uint64_t overflows;      /* how often, in all */
} marking;

/* ---- The mark stack --------------------------------------------------------------------------------------------- */

/* An entry is an object; or, with its lowest bit set, a slot in an array from which to go on. */
enum { MARK_GO_ON = 1 };

static inline bool marking_goes_on(const void *entry)
{
    return (uintptr_t)entry & MARK_GO_ON;
}

/* What marking looks at all the time, where a compiler can keep it in registers. */
typedef struct Marker {
    void **base, **top, **end; /* of the mark stack; end: as far as it has memory, and may grow */
    char *floor;               /* of the heap */
    size_t bytes;              /* of it */
    Block *table;
} Marker;

/* Scans an entry of one type, and the next ones as long as they are of this type, too; returns the first that is not, or NULL
 * when nothing is left. Compiled for every type, so that where its references stand are constants, and the address of
 * the next object does not wait for them to be loaded. A type's state begins with it. */
typedef void *Tracer(void *entry, Marker *marker);

static Marker marking_begin(void)
{
    void **base = marking.stack.at;
    size_t room = marking.stack.capacity < setting_mark_stack ? marking.stack.capacity : setting_mark_stack;
    size_t bytes = (size_t)blocks.opened << BLOCK_SHIFT;
    return (Marker){ base, base + marking.stack.length, base + room, blocks.floor, bytes, blocks.table };
}

static void marking_end(Marker marker)
{
    marking.stack.length = (size_t)(marker.top - marker.base);
}

/* The block in which an entry's object begins: arrays may fill runs of blocks. */
static inline Block *marking_block_of(const void *entry)
{
    Block *block = block_of(entry);
    return block->kind == BLOCK_BODY ? block - block->distance : block;
}

/* The stack grows; or else the entry is dropped, and its block remembers. */
static __attribute__((noinline)) Marker marking_push_slowly(Marker marker, void *entry)
{
    marking_end(marker);
    if (marking.stack.length < setting_mark_stack && pointers_grow(&marking.stack)) {
        marking.stack.at[marking.stack.length++] = entry;
    } else {
        marking_block_of(entry)->overflowed = true;
        marking.overflowed = true;
        marking.overflows++;
    }
    return marking_begin();
}

static inline void marking_push(Marker *marker, void *entry)
{
    if (__builtin_expect(marker->top == marker->end, 0))
        *marker = marking_push_slowly(*marker, entry);
    else
        *marker->top++ = entry;
}

/* ---- Marking ---------------------------------------------------------------------------------------------------- */

static inline bool is_marked(void *object)
{
    Block *block = block_of(object);
    return bit_is_set(block->marked, block_cell_at(block, object));
}

static _Noreturn __attribute__((noinline, cold)) void marking_damaged(AnyReference *slot)
{
    heap_damaged("a slot that refers to no object", slot, marking_block_of(slot)->type);
}

/* Ends the program where a slot refers to nothing in the heap; in a checked build, to anything but the first byte of a cell
 * that is taken. */
static inline void marking_demand_object(const Marker *marker, AnyReference *slot)
{
    bool is_object = (size_t)((char *)*slot - marker->floor) < marker->bytes;
#ifdef CHECKED
    is_object = blocks_object_around((uintptr_t)*slot) == *slot;
#endif
    if (__builtin_expect(!is_object, 0))
        marking_damaged(slot);
}

/* true: it was not marked before. */
static inline bool mark_in(Block *block, size_t offset)
{
    uint32_t cell = block_cell_at_offset(block, offset);
    uint64_t bit = UINT64_C(1) << cell % 64, *word = &block->marked[cell / 64];
    if (*word & bit)
        return false;
    *word |= bit;
    return true;
}

static inline __attribute__((always_inline)) void mark(Marker *marker, void *object)
{
    size_t offset = (size_t)((char *)object - marker->floor);
    Block *block = &marker->table[offset >> BLOCK_SHIFT];
    if (mark_in(block, offset) && block->has_references)
        marking_push(marker, object);
}

static inline __attribute__((always_inline)) void mark_slot(AnyReference *slot, void *marker)
{
    if (*slot) {
        marking_demand_object(marker, slot);
        mark(marker, *slot);
    }
}

/* ---- Scanning --------------------------------------------------------------------------------------------------- */

static inline __attribute__((always_inline)) void scan_part(Marker *marker, AnyReference *slot, AnyReference *end)
{
    if (end - slot > MARK_ARRAY_PART) {
        end = slot + MARK_ARRAY_PART;
        marking_push(marker, (char *)end + MARK_GO_ON);
    }
    for (; slot < end; slot++)
        mark_slot(slot, marker);
}

static inline void *marking_array_of(void *entry)
{
    Block *block = marking_block_of(entry);
    return block_cell(block, block_cell_at(block, entry));
}

static inline __attribute__((always_inline)) void scan_array(Marker *marker, const Type *type, void *entry)
{
    bool goes_on = marking_goes_on(entry);
    void *array = goes_on ? marking_array_of(entry) : entry;
    AnyReference *first = (AnyReference *)((char *)array + type->size);
    AnyReference *slot = goes_on ? (AnyReference *)((char *)entry - MARK_GO_ON) : first;
    scan_part(marker, slot, first + type_length(type, array));
}

/* What is to be scanned next, or NULL: the oldest in the queue, when as many as shall wait have come after it. */
static inline __attribute__((always_inline)) void *marking_next(Marker *marker)
{
    while (marker->top > marker->base) {
        void *entry = marking.queue[marking.last++ % MARK_QUEUE] = *--marker->top;
        __builtin_prefetch(entry);
        if (marking.last - marking.first > setting_prefetch)
            break;
    }
    return marking.first < marking.last ? marking.queue[marking.first++ % MARK_QUEUE] : NULL;
}

static inline __attribute__((always_inline)) void *trace_as(const Type *type, void *entry, Marker *shared)
{
    Marker marker = *shared;
    do {
        if (type->has_slots)
            scan_array(&marker, type, entry);
        else
            type_visit_fields(type, entry, mark_slot, &marker);
        entry = marking_next(&marker);
    } while (entry && marker.table[(size_t)((char *)entry - marker.floor) >> BLOCK_SHIFT].type == type);
    *shared = marker;
    return entry;
}

#define type_functions(T)                                                                                              \
    static void *T##_trace(void *entry, Marker *marker)                                                                \
    {                                                                                                                  \
        return trace_as(&T##_type, entry, marker);                                                                     \
    }

/* Until the mark stack is empty. */
static __attribute__((noinline)) void marking_drain(void)
{
    Marker marker = marking_begin();
    for (void *entry = marking_next(&marker); entry;) {
        Tracer *trace = *(Tracer **)type_state_here(block_of(entry)->type);
        entry = trace(entry, &marker);
    }
    marking_end(marker);
}

/* ---- Overflow --------------------------------------------------------------------------------------------------- */

static void marking_rescan(Block *block)
{
    block->overflowed = false;
    for (uint32_t cell = 0; cell < block->cells; cell++)
        if (bit_is_set(block->marked, cell)) {
            Marker marker = marking_begin();
            marking_push(&marker, block_cell(block, cell));
            marking_end(marker);
            marking_drain();
        }
}

/* Every pass marks something new, or is the last. */
static void marking_finish(void)
{
    marking_drain();
    while (marking.overflowed) {
        marking.overflowed = false;
        for (uint32_t i = 0; i < blocks.opened; i++)
            if (blocks.table[i].overflowed)
                marking_rescan(&blocks.table[i]);
    }
}

/* ---- Roots ------------------------------------------------------------------------------------------------------ */

/* Where static data that can be written begins and ends, and in it that of the collector: names that the linkers of Linux give
 * (libgc goes by the first two as well). What cannot be written was filled before there was an object. */
extern char __data_start[], _end[], __start_no_roots[], __stop_no_roots[];

/* Marks what the words from here to there refer to. (The sanitizer fences off parts of the stack and of static data, which
 * we do read.) */
static __attribute__((noinline, no_sanitize("address"))) void mark_ambiguous(const void *from, const void *to)
{
    const uintptr_t *at = (const uintptr_t *)(((uintptr_t)from + sizeof *at - 1) & -sizeof *at);
    const uintptr_t *end = (const uintptr_t *)((uintptr_t)to & -sizeof *at);
    Marker marker = marking_begin();
    for (; at < end; at++) {
        uintptr_t word = *at;
        VALGRIND_MAKE_MEM_DEFINED(&word, sizeof word);
        void *object = blocks_object_around(word);
        if (object)
            mark(&marker, object);
    }
    marking_end(marker);
}

/* Marks what the mutator's registers, its part of the stack, and static data refer to; of which a heap among several has none. */
static __attribute__((noinline)) void mark_roots(void)
{
    mark_ambiguous(marking.top, marking.bottom);
#ifndef THREADED
    mark_ambiguous(__data_start, __start_no_roots);
    mark_ambiguous(__stop_no_roots, _end);
#endif
}

/* Overwrites what functions that have returned left on the stack, where the collector's own frames are about to be. */
static __attribute__((noinline, no_sanitize("address"))) void marking_clear_stack(void)
{
    uintptr_t stale[MARK_CLEARED_WORDS];
    memset(stale, 0, sizeof stale);
    __asm__ volatile("" : : "r"(stale) : "memory"); /* or nobody would see it, and it would not be done */
}

static __attribute__((noinline)) uint64_t marking_above_here(uint64_t (*collect)(void))
{
    marking.top = __builtin_frame_address(0);
    return collect();
}

/* Collects with the stack from here up as roots: what the collector's own frames hold, or find left behind by others, is none.
 * The registers that a call preserves are put on the stack; the others were by whoever called. */
static __attribute__((noinline)) uint64_t marking_from_here(uint64_t (*collect)(void))
{
    __builtin_unwind_init();
    uint64_t died = marking_above_here(collect);
    __asm__ volatile(""); /* or the call would be a jump, and this frame gone before it */
    return died;
}

/* For the main thread the C library reads /proc/self/maps, and where it has no memory for a line, it tells that none is the
 * stack's. */
static bool marking_lacks_memory(int error)
{
    return error == ENOMEM || (error == ENOENT && access("/proc/self/maps", R_OK) == 0);
}

/* Rescanning needs a mark stack, be it ever so short. */
static void marking_open(void)
{
    pthread_attr_t attributes;
    void *lowest;
    size_t bytes;
    int error = pthread_getattr_np(pthread_self(), &attributes);
    if (error && marking_lacks_memory(error))
        out_of_memory(0);
    if (error)
        abort(); /* Linux always knows where a running thread's stack is */
    pthread_attr_getstack(&attributes, &lowest, &bytes);
    pthread_attr_destroy(&attributes);
    marking.bottom = (char *)lowest + bytes;
#ifdef THREADED
    if (heap_stack_bottom)
        marking.bottom = heap_stack_bottom;
#endif
    if (!pointers_grow(&marking.stack))
        out_of_memory(POINTERS_FIRST_BYTES);
}

static void marking_close(void)
{
    pointers_close(&marking.stack);
}

#endif
