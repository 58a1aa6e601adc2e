/* boehm: the conservative tracing collector of Boehm, Demers and Weiser (libgc), used as its authors advise: what has no
 * references is never scanned, a type tells where its references are, and objects are taken from free lists inlined here
 * (gc_inline.h), which libgc fills a page at a time.
 *
 * Invariant: an object in a free list of ours is known to nobody else. At the beginning of every marking the lists are
 * forgotten, so what was in them is unreachable, and the sweep finds it again: no free object is ever marked, and none is
 * in two lists.
 *
 * In a threaded program all threads have one heap, and no free lists but libgc's.
 *
 * References point at the first byte of an object (parts/type.h), so pointers into the middle count on the stack only: then
 * libgc need not add a byte to every object, and one of 16 bytes takes 16, not 32. */
/* Links with: -lgc */
/* Not under ThreadSanitizer: libgc is not compiled with ThreadSanitizer, which would take its collector for a race */
/* Best settings: free_space_divisor=1,initial_heap_mib=64 */
#define GC_THREADS /* declares how many threads mark; the work itself has one */
#define GC_NO_THREAD_REDIRECTS
#include <gc.h>
#include <gc/gc_inline.h>
#include <gc/gc_mark.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "parts/census.h"
#include "parts/damage.h"
#include "parts/finalization.h"
#include "parts/setting.h"
#include "parts/system.h"
#include "parts/type.h"

SETTING(free_space_divisor, 3, 1, 1000,
        "a collection is due when this fraction of what it traces is new; more: slower, smaller", "1 2 6 12");
SETTING(initial_heap_mib, 0, 0, 1 << 20, "MiB that the heap has before the work; 0: libgc's own, 64 KiB", "32 128");
SETTING(incremental, 0, 0, 1, "1: marking is spread over the allocations, and old objects are not marked again each time");
SETTING(markers, 1, 1, 16, "threads that mark");
SETTING(typed, 1, 0, 1, "1: only the references of a record are scanned; 0: all of it");
/* A thread may be stopped between reading a list's head and taking it off, when a collection forgets the list. */
#ifdef THREADED
enum { setting_inline_lists = 0 };
#else
SETTING(inline_lists, 1, 0, 1, "1: small objects are taken from free lists of the type's own; 0: each from libgc");
#endif

/* What boehm keeps about a type. */
typedef struct BoehmType {
    struct BoehmType *next; /* of those that were met */
    bool is_met;
    int kind;                      /* libgc's: where the references are, and whether memory comes zero */
    void *free[GC_TINY_FREELISTS]; /* by size in granules of GC_GRANULE_BYTES, threaded through the first word */
} BoehmType;

#define type_state BoehmType

static PER_HEAP BoehmType *boehm_types;

/* ---- Kinds: where libgc looks for references -------------------------------------------------------------------- */

enum { BOEHM_KINDS = 12 }; /* libgc has 16 (MAXOBJKINDS) and ends the program that asks for more; four are its own */

static struct {
    int count, kind[BOEHM_KINDS];
    GC_word descriptor[BOEHM_KINDS];
} boehm_kinds;

/* Types whose references are at the same places share a kind; those for whom none is left are scanned whole. */
static int boehm_kind_described(GC_word descriptor)
{
    for (int i = 0; i < boehm_kinds.count; i++)
        if (boehm_kinds.descriptor[i] == descriptor)
            return boehm_kinds.kind[i];
    if (boehm_kinds.count == BOEHM_KINDS)
        return GC_I_NORMAL;
    int i = boehm_kinds.count++;
    boehm_kinds.descriptor[i] = descriptor;
    return boehm_kinds.kind[i] = (int)GC_new_kind(GC_new_free_list(), descriptor, 0, 1);
}

/* Every thread meets a type for itself; what libgc is told of it, all share. */
static int boehm_kind_agreed(GC_word descriptor)
{
#ifdef THREADED
    static pthread_mutex_t agreeing = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&agreeing);
    int kind = boehm_kind_described(descriptor);
    pthread_mutex_unlock(&agreeing);
    return kind;
#else
    return boehm_kind_described(descriptor);
#endif
}

/* A record of which some words are no references. Where these come last, a length is enough, and libgc's marker takes the same
 * way as with plain objects; otherwise a bitmap, the first word's bit highest. */
static int boehm_kind_of_record(const Type *type)
{
    enum { WORD = sizeof(GC_word), BITS = 8 * WORD - GC_DS_TAG_BITS };
    GC_word bitmap = 0;
    unsigned last = 0;
    for (unsigned f = 0; f < type->field_count; f++) {
        unsigned word = type->field[f] / WORD;
        if (word >= BITS)
            return GC_I_NORMAL;
        bitmap |= (GC_word)1 << (8 * WORD - 1 - word);
        last = word > last ? word : last;
    }
    if (last + 1 == type->field_count)
        return boehm_kind_agreed((last + 1) * WORD | GC_DS_LENGTH);
    return boehm_kind_agreed(bitmap | GC_DS_BITMAP);
}

static int boehm_kind_of(const Type *type)
{
    bool all_references = type->field_count * sizeof(void *) == round_up(type->size, GC_GRANULE_BYTES);
    if (!type_has_references(type))
        return GC_I_PTRFREE;
    if (type->has_slots || all_references || !setting_typed)
        return GC_I_NORMAL;
    return boehm_kind_of_record(type);
}

static void boehm_meet(const Type *type)
{
    BoehmType *state = type_state_here(type);
    *state = (BoehmType){ .next = boehm_types, .is_met = true, .kind = boehm_kind_of(type) };
    boehm_types = state;
}

/* ---- Birth ------------------------------------------------------------------------------------------------------ */

/* Memory without references comes as it was left; all other memory is zero, but for the word that linked it. */
static inline void *boehm_cleared(const Type *type, void *object, size_t size)
{
    if (!type_has_references(type))
        return memset(object, 0, size);
    *(AnyReference *)object = NULL;
    return object;
}

static inline void *boehm_pop(void **list)
{
    void *object = *list;
    if (__builtin_expect(object != NULL, 1))
        *list = *(AnyReference *)object;
    return object;
}

/* An object of libgc's choice, which it may have to collect for; as its memory was left. */
static inline __attribute__((always_inline)) void *boehm_take(const Type *type, size_t size, size_t granules)
{
    BoehmType *state = type_state_here(type);
    if (!state->is_met)
        boehm_meet(type);
    void *object;
    if (granules < GC_TINY_FREELISTS && setting_inline_lists) {
        GC_generic_malloc_many(granules * GC_GRANULE_BYTES, state->kind, &state->free[granules]);
        object = boehm_pop(&state->free[granules]);
    } else {
        object = GC_malloc_kind(size, state->kind);
    }
    if (!object)
        out_of_memory(size);
    return object;
}

/* Finalizers wait until there is no half-born object. */
static __attribute__((noinline)) void *boehm_allocate_slowly(const Type *type, size_t size, size_t granules)
{
    void *object = boehm_cleared(type, boehm_take(type, size, granules), size);
    finalization_run();
    return object;
}

static __attribute__((noinline, unused)) void *boehm_allocate_unset_slowly(const Type *type, size_t size, size_t granules)
{
    void *object = memset(boehm_take(type, size, granules), 0, type->size);
    finalization_run();
    return object;
}

static inline size_t boehm_granules(size_t size)
{
    return (size + GC_GRANULE_BYTES - 1) / GC_GRANULE_BYTES;
}

static inline void *boehm_pop_small(const Type *type, size_t granules)
{
    BoehmType *state = type_state_here(type);
    return granules < GC_TINY_FREELISTS ? boehm_pop(&state->free[granules]) : NULL;
}

/* libgc's tables of finalizers and weak references are ours (parts/finalization.h), and for one thread. */
#ifdef THREADED
#define boehm_expect(object, type) end_damaged("threads cannot have finalizers under boehm: one of %s at %p", (type)->name, object)
#define weak_refer(weak) end_damaged("threads cannot have weak references under boehm: one at %p", (void *)(weak))
#define finalizes 0
#else
#define boehm_expect(object, type) finalization_expect(object, type)
#define weak_refer(weak) finalization_watch(weak)
#define finalizes 1
#endif

static inline void *boehm_allocate(const Type *type, size_t size)
{
    size_t granules = boehm_granules(size);
    void *object = boehm_pop_small(type, granules);
    if (__builtin_expect(object != NULL, 1))
        boehm_cleared(type, object, size);
    else
        object = boehm_allocate_slowly(type, size, granules);
    if (type->finalize)
        boehm_expect(object, type);
    return object;
}

static inline void *boehm_allocate_unset(const Type *type, size_t size)
{
    void *object = boehm_pop_small(type, boehm_granules(size));
    if (__builtin_expect(object != NULL, 1))
        return memset(object, 0, type->size);
    return boehm_allocate_unset_slowly(type, size, boehm_granules(size));
}

static inline void *boehm_reallocate(void *object, size_t old_size, size_t size)
{
    object = GC_REALLOC(object, size);
    if (size > old_size)
        memset((char *)object + old_size, 0, size - old_size);
    return object;
}

/* ---- Collection ------------------------------------------------------------------------------------------------- */

enum { BOEHM_DEAD_STACK = 16 << 10 }; /* bytes */

static void boehm_forget_free_lists(void)
{
    for (BoehmType *type = boehm_types; type; type = type->next)
        memset(type->free, 0, sizeof type->free);
}

static inline bool boehm_is_marked(void *object)
{
    return GC_is_marked(object);
}

/* What the mutator waits for: a collection, or, where marking is incremental, the world standing still. */
static bool boehm_begins_pause(GC_EventType event)
{
    return event == (setting_incremental ? GC_EVENT_PRE_STOP_WORLD : GC_EVENT_START);
}

static bool boehm_ends_pause(GC_EventType event)
{
    return event == (setting_incremental ? GC_EVENT_POST_START_WORLD : GC_EVENT_END);
}

/* libgc holds its lock here: nothing below may allocate from it. */
static void boehm_attend(GC_EventType event)
{
    if (boehm_begins_pause(event))
        collection_begin();
    if (event == GC_EVENT_MARK_START)
        boehm_forget_free_lists();
    if (event == GC_EVENT_MARK_END) {
        finalization_prepare();
        census_sweep(boehm_is_marked);
    }
    if (boehm_ends_pause(event))
        collection_end();
}

/* Functions that have returned leave references behind below the stack's end, where libgc's own frames, which it scans, are
 * about to be. (It clears a little there itself, now and then.) */
static __attribute__((noinline)) void boehm_clear_dead_stack(void)
{
    char dead[BOEHM_DEAD_STACK];
    memset(dead, 0, sizeof dead);
    GC_reachable_here(dead);
}

/* Twice where finalizers ran, for what they ran for is dead only then. libgc counts bytes, not objects. */
static uint64_t boehm_collect(void)
{
    boehm_clear_dead_stack();
    GC_gcollect();
    if (finalization_run()) {
        GC_gcollect();
        finalization_run();
    }
    return 0;
}

static void *boehm_refuse(size_t bytes)
{
    out_of_memory(bytes);
}

/* A heap that cannot grow collects, and one that is full is refused in our own words, so libgc's are not repeated. But where it has
 * no memory for a table of its own, 8.2 goes on with a block that has no map, and its next collection reads that. It asks once
 * more behind this warning; where we are refused a page, too, it will not be given any. */
static void boehm_hear(char *warning, GC_word bytes)
{
    if (!strstr(warning, "Out of memory - trying to allocate requested amount"))
        return;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    void *given = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (given == MAP_FAILED || munmap(given, page) != 0)
        out_of_memory(bytes);
}

/* libgc ends a program that has no memory for it to begin with by exit(1), of which it tells with NULL; whatever else ends it has
 * a sentence. */
static void boehm_end(const char *sentence)
{
    if (!sentence)
        out_of_memory(0);
    fprintf(stderr, "boehm: libgc ends: %s\n", sentence);
}

/* Where threads mark, they begin now, so that no trial has some of its time with and some without them. */
static void boehm_open(void)
{
    GC_set_all_interior_pointers(0);
    GC_set_markers_count((unsigned)setting_markers);
    GC_set_abort_func(boehm_end);
    GC_set_warn_proc(boehm_hear);
    GC_INIT();
#ifdef THREADED
    GC_allow_register_threads();
#endif
    GC_set_oom_fn(boehm_refuse);
    GC_set_on_collection_event(boehm_attend);
    GC_set_free_space_divisor(setting_free_space_divisor);
    if (setting_markers > 1)
        GC_start_mark_threads();
    if (setting_incremental) {
        GC_enable_incremental();
        collections_untold(); /* marking is part of the allocations */
    }
    if (setting_initial_heap_mib && !GC_expand_hp(setting_initial_heap_mib << 20))
        out_of_memory(setting_initial_heap_mib << 20);
}

/* A whole collection that gives what it frees back to the system. */
static void boehm_close(void)
{
    if (finalization.length)
        boehm_collect();
    GC_gcollect_and_unmap();
    finalization_close();
}

/* Threads of one program have one heap, whoever began them: libgc is to know their stacks. */
#ifdef THREADED
static void boehm_enter(void)
{
    struct GC_stack_base base;
    if (GC_get_stack_base(&base) != GC_SUCCESS || GC_register_my_thread(&base) != GC_SUCCESS)
        end_damaged("libgc does not take on a thread");
}

#define heap_enter() boehm_enter()
#define heap_leave() ((void)GC_unregister_my_thread())
#define threads_share_objects 1
#endif

#define allocate(type, size) boehm_allocate(type, size)
#define allocate_unset(type, size) boehm_allocate_unset(type, size)
#define reallocate(object, type, old_size, size) boehm_reallocate(object, old_size, size)
#define collects_cycles 1
#define collect() boehm_collect()
#define heap_open() boehm_open()
#define heap_close() boehm_close()
#define object_room(object, type, size) GC_size(object)
#define footprint() GC_get_heap_size()
