/* The words a workload is written in.
 *
 * A workload says what it needs of memory in these words; the strategy it is compiled under (-DSTRATEGY=name) gives them
 * meaning by defining hooks. There is no dispatch: every hook is a macro or an inline function, and a hook that a strategy
 * leaves out costs nothing.
 *
 * Who owns what
 *   - An expression either owns a reference (new, new_of, new_unset, share, give, a call that says so) or borrows it (a variable, a
 *     field, a parameter). Whoever takes an owned reference must keep it or let it go; a borrowed one lives as long as its
 *     owner does.
 *   - Parameters are borrowed. Results are owned, unless the function says otherwise.
 *   - Every slot (a field listed in refs, a trailing element of slots) and every local owns what it holds. So does a static
 *     variable that is used as a slot, until the program empties it (a thread_local one is no slot).
 *
 * Order: in put and set the value is evaluated before the slot's address, each exactly once, and the new value is stored
 * before the old one is let go, for its death may run code that looks at the slot.
 * Leaving: break, continue, goto and return out of a local's scope, a region or an each leave nothing behind; break leaves
 * the innermost region or each.
 *
 * Include system headers first: `new`, `set`, `start` and the other words are macros. Names that end in _ are theirs. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "parts/setting.h"
#include "parts/system.h"
#include "parts/type.h"

/* ---- The strategy, and what it may leave out ------------------------------------------------------------------- */

#define WORD_TEXT_(x) #x
#define WORD_TEXT(x) WORD_TEXT_(x)
#define STRATEGY_NAME WORD_TEXT(STRATEGY)
#define STRATEGY_HEADER WORD_TEXT(STRATEGY.h)

#include STRATEGY_HEADER

/* A strategy may define these hooks, each as a macro (of its own name, where a function stands behind it):
 *   allocate(type, size)          required: a zeroed object of size bytes, owned by the caller, 8-byte aligned
 *   allocate_unset(type, size)    the same for a type without references, zeroed only in its first type->size bytes
 *   reallocate(object, type, old_size, size)  the object, with one owner, in size bytes, those added zero; it may move
 *   retain(object)                one owner more; object may be NULL
 *   release(object)               one owner less; object may be NULL
 *   reuse(object, type)           true: nobody else holds the object, it is of this type, and what it held has been let go
 *   is_unshared(object, type)     with reuse: a new object, in whose place an old one has just died, has come to nobody else
 *   freshen(object, type)         with reuse: what is reused or new and unshared is as if it had been born now
 *   bury_as(type, dead, top)      compiled once for every type, as a function that the type refers to (counting.h)
 *   savepoint()  rewind(p)        a Savepoint, and the death of everything born since
 *   collect()                     collect now; how many objects were found dead, as uint64_t, where it can tell
 *   collects_cycles               1: after collect(), no cycle that nobody reaches is left; with collect
 *   moves_close_cycles_unseen     1: but for one that was closed by give alone, which collect() may not suspect
 *   finalizes                     1: it runs finalizers (type->finalize)
 *   weak_of(object)               a Weak of the strategy's own making, owned; instead of the next two
 *   weak_refer(weak)              a Weak has been given its target, whose death shall empty it
 *   weak_leave(weak)              a Weak dies; if defined, it is the finalizer of Weak
 *   weak_target(weak)             what it refers to, borrowed, or NULL
 *   type_state                    a C type: what the strategy keeps about each type (type->state)
 *   type_functions(T)  type_state_of(T)  definitions to compile for every type; what its state is at first, in place of zero
 *   heap_open()  heap_close()     before the work; give back the memory that the strategy manages
 *   object_room(object, type, size)  counted builds: the bytes that it takes, with rounding and head (parts/census.h)
 *   footprint()                   counted builds: the bytes held from the system, besides what system.h gave
 *   streams_only                  1: it runs only variants that stream
 *   allocators                    the names of the C libraries' rivals that it shall run under, "glibc mimalloc …"
 *   unsupported_because           why it cannot run here at all, as a string
 * Its parameters are declared with SETTING (parts/setting.h). */
#ifndef allocate
#error "this strategy does not define allocate(type, size), the one hook that every strategy must define"
#endif
#if defined release
#define LETS_GO_(function) __attribute__((cleanup(function), unused))
#define LET_GO_(reference) release(reference)
#elif defined collect
/* What nothing reads any more the compiler forgets, and a collector then finds no root; but a local owns until its scope ends. */
#define LETS_GO_(function) __attribute__((cleanup(function), unused))
#define LET_GO_(reference) __asm__ volatile("" : : "g"(reference))
#else
#define LETS_GO_(function) __attribute__((unused))
#define LET_GO_(reference) ((void)(reference))
#endif
#ifndef release
#define retain(object) ((void)0)
#define release(object) ((void)(object))
#define leaks_cycles false
#else
#define leaks_cycles !collects_cycles
#endif
#ifndef allocate_unset
#define allocate_unset(type, size) allocate(type, size)
#endif
#ifndef reallocate
#define reallocate(object, type, old_size, size) copy_to_new(object, type, old_size, size)
static inline void *copy_to_new(const void *object, const Type *type, size_t old_size, size_t size)
{
    (void)type; /* unless allocate wants it */
    return memcpy(allocate(type, size), object, old_size < size ? old_size : size);
}
#endif
#ifndef reuse
#define is_unshared(object, type) true
#define freshen(object, type) ((void)0)
#endif
#if defined collect && !defined collects_cycles
#error "this strategy defines collect() and does not say whether it collects cycles: #define collects_cycles 1, or 0"
#endif
#ifndef collects_cycles
#define collects_cycles 0
#endif
#ifndef collect
#define collect() nothing_collected()
static inline uint64_t nothing_collected(void)
{
    return 0;
}
#endif
#ifndef finalizes
#define finalizes 0
#endif
#ifndef weak_refer
#define weak_refer(weak) ((void)(weak))
#endif
#ifndef weak_target
#define weak_target(weak) ((weak)->target)
#endif
#ifndef heap_open
#define heap_open() ((void)0)
#endif
#ifndef heap_close
#define heap_close() ((void)0)
#endif
#ifndef streams_only
#define streams_only 0
#endif
#ifndef allocators
#define allocators NULL
#endif
#ifndef unsupported_because
#define unsupported_because NULL
#endif

/* ---- Types: where the references are --------------------------------------------------------------------------- */

/* refs(T, a, b): the references of a T are exactly its fields a and b; 8 at the most. */
#define refs(T, ...) FIELDS_(T, NULL, __VA_ARGS__)

/* leaf(T): a T has no references. leaf_of(T): nor have its trailing elements, T being { size_t length; …; E at[]; }. */
#define leaf(T) FIELDS_(T, NULL)
#define leaf_of(T) TRAILING_(T, 0)

/* slots(T): the references of a T are all its trailing elements, T being { size_t length; …; E *at[]; }. */
#define slots(T) TRAILING_(T, 1)

/* finalized(T, f, a, b): like refs, or like leaf where no fields follow; and f(self), a void f(T *), runs once before a T dies:
 * with the last owner's release, at the region's end, or in a collection, as the strategy has it; never where nothing dies, and
 * not for what is still alive when the run ends. While it runs, nothing of what dies with self has been cleared. It may
 * allocate, collect, and keep a share of self: then self lives on, and f has run for good. A parent's runs before its
 * children's; in a cycle, in any order. */
#define finalized(T, f, ...)                                                                                           \
    static inline void T##_finalize(void *self)                                                                        \
    {                                                                                                                  \
        f((T *)self);                                                                                                  \
    }                                                                                                                  \
    FIELDS_(T, T##_finalize, __VA_ARGS__)

#define FIELDS_(T, finalize, ...)                                                                                      \
    _Static_assert(COUNT_(__VA_ARGS__) <= TYPE_FIELDS_MAX, "refs(" #T ", …) lists too many fields");                   \
    EACH_(IS_REFERENCE_, T, __VA_ARGS__)                                                                               \
    enum { T##_can_move_ = 0, T##_can_be_unset_ = 0 };                                                                 \
    TYPE_(T, finalize, 0, 0, COUNT_(__VA_ARGS__), { EACH_(OFFSET_, T, __VA_ARGS__) })

#define TRAILING_(T, are_references)                                                                                   \
    _Static_assert(offsetof(T, length) == 0 && sizeof(((T *)0)->length) == sizeof(size_t),                             \
                   #T " must begin with `size_t length`");                                                             \
    _Static_assert(!are_references || (sizeof(*((T *)0)->at) == sizeof(void *) && offsetof(T, at) == sizeof(T)),       \
                   "the trailing elements of " #T " must be references");                                              \
    enum { T##_can_move_ = 1, T##_can_be_unset_ = !are_references };                                                   \
    TYPE_(T, NULL, sizeof(*((T *)0)->at), are_references, 0, { 0 })

#ifdef bury_as
#define BURY_(T) T##_bury
#define DEFINE_BURY_(T)                                                                                                \
    static void *T##_bury(void *dead, void *top)                                                                       \
    {                                                                                                                  \
        return bury_as(&T##_type, dead, top);                                                                          \
    }
#else
#define BURY_(T) NULL
#define DEFINE_BURY_(T)
#endif

#ifdef type_state
#ifndef type_functions
#define type_functions(T)
#endif
#ifndef type_state_of
#define type_state_of(T) { 0 }
#endif
#define STATE_(T) &T##_state
#define DEFINE_STATE_(T)                                                                                               \
    type_functions(T)                                                                                                  \
    static __attribute__((unused)) type_state T##_state = type_state_of(T);
#else
#define STATE_(T) NULL
#define DEFINE_STATE_(T)
#endif

#define TYPE_(T, finalize, ...)                                                                                        \
    static const Type T##_type;                                                                                        \
    DEFINE_STATE_(T)                                                                                                   \
    DEFINE_BURY_(T)                                                                                                    \
    static const __attribute__((unused)) Type T##_type = { #T, STATE_(T), BURY_(T), finalize, sizeof(T), __VA_ARGS__ }

#define OFFSET_(T, f) offsetof(T, f),
#define IS_REFERENCE_(T, f)                                                                                            \
    _Static_assert(__builtin_classify_type(((T *)0)->f) == POINTER_CLASS_ && sizeof(((T *)0)->f) == sizeof(void *),     \
                   #T "." #f " is no single reference; arrays are for slots");
enum { POINTER_CLASS_ = 5 }; /* what gcc and clang call a pointer, and an array; arrays differ in size */
#define COUNT_(...) PICK_10_(0, ##__VA_ARGS__, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define PICK_10_(none, a, b, c, d, e, f, g, h, i, n, ...) n
#define EACH_(M, T, ...) JOIN_(EACH_, COUNT_(__VA_ARGS__))(M, T, __VA_ARGS__)
#define JOIN_(a, b) JOIN__(a, b)
#define JOIN__(a, b) a##b
#define EACH_0(M, T, ...)
#define EACH_1(M, T, f) M(T, f)
#define EACH_2(M, T, f, ...) M(T, f) EACH_1(M, T, __VA_ARGS__)
#define EACH_3(M, T, f, ...) M(T, f) EACH_2(M, T, __VA_ARGS__)
#define EACH_4(M, T, f, ...) M(T, f) EACH_3(M, T, __VA_ARGS__)
#define EACH_5(M, T, f, ...) M(T, f) EACH_4(M, T, __VA_ARGS__)
#define EACH_6(M, T, f, ...) M(T, f) EACH_5(M, T, __VA_ARGS__)
#define EACH_7(M, T, f, ...) M(T, f) EACH_6(M, T, __VA_ARGS__)
#define EACH_8(M, T, f, ...) M(T, f) EACH_7(M, T, __VA_ARGS__)

/* ---- Birth ----------------------------------------------------------------------------------------------------- */

#include "profile/births.h"

/* new(T): a fresh zeroed T, owned. new_of(T, n): one with n trailing elements and its length set. */
#define new(T) ((T *)BORN_(&T##_type, sizeof(T), allocate(&T##_type, sizeof(T))))
#define new_of(T, n)                                                                                                   \
    ({                                                                                                                 \
        size_t length_ = (n);                                                                                          \
        T *born_ = allocate(&T##_type, size_with_elements(sizeof(T), sizeof(*born_->at), length_));                    \
        born_->length = length_;                                                                                       \
        (T *)BORN_(&T##_type, type_object_size(&T##_type, born_), born_);                                              \
    })

/* new_unset(T, n): likewise, but the elements hold anything until they are written, for a caller that writes what it is going
 * to read; a T has no references. Where faults are looked for they are no zeros, so that who reads first comes to another
 * answer. */
#define new_unset(T, n)                                                                                                \
    ({                                                                                                                 \
        _Static_assert(T##_can_be_unset_, "a " #T " is no leaf_of: what it refers to may not be left unset");          \
        size_t length_ = (n);                                                                                          \
        size_t size_ = size_with_elements(sizeof(T), sizeof(*((T *)0)->at), length_);                                  \
        T *born_ = allocate_unset(&T##_type, size_);                                                                   \
        SPOIL_(born_ + 1, size_ - sizeof(T));                                                                          \
        born_->length = length_;                                                                                       \
        (T *)BORN_(&T##_type, size_, born_);                                                                           \
    })

/* The byte that is neither a zero nor, eight times, a number that a program is likely to come to. */
enum { SPOILED_BYTE = 0xA5 };
#if defined CHECKED || defined spoils_unset
#define SPOIL_(elements, bytes) ((void)memset(elements, SPOILED_BYTE, bytes))
#else
#define SPOIL_(elements, bytes) ((void)0)
#endif

static inline size_t size_with_elements(size_t size, size_t element_size, size_t length)
{
    if (length > ((size_t)PTRDIFF_MAX - size) / element_size)
        out_of_memory(SIZE_MAX);
    return size + length * element_size;
}

/* resize(slot, T, n): the T in the slot, which nobody else may hold, comes to have n trailing elements; those that are added
 * are zero, and those that are cut off must be empty. It may move. An empty slot takes a new one. */
#define resize(slot, T, n)                                                                                             \
    ({                                                                                                                 \
        T **resized_ = &(slot);                                                                                        \
        *resized_ = *resized_ ? resize_object(*resized_, &T##_type, n) : new_of(T, n);                                 \
    })

static inline void *resize_object(void *object, const Type *type, size_t length)
{
    size_t old_size = type_object_size(type, object);
    size_t size = size_with_elements(type->size, type->element_size, length);
    uintptr_t from = (uintptr_t)object;
    object = reallocate(object, type, old_size, size);
    *(size_t *)object = length;
    RESIZED_(from, object, type, size);
    return object;
}

/* renew(slot, T): a fresh T in the slot, in the old one's memory where the strategy can tell that nobody else holds it.
 * The result is borrowed from the slot. */
#define renew(slot, T)                                                                                                 \
    ({                                                                                                                 \
        T **renewed_ = &(slot);                                                                                        \
        if (try_reuse(*renewed_, &T##_type))                                                                           \
            REBORN_(&T##_type, *renewed_);                                                                             \
        else                                                                                                           \
            do                                                                                                         \
                put(*renewed_, new(T));                                                                                \
            while (__builtin_expect(!is_unshared(*renewed_, &T##_type), 0));                                           \
        freshen(*renewed_, &T##_type);                                                                                 \
        *renewed_;                                                                                                     \
    })

/* True: the object lives again, and what it held has been let go. */
static inline bool try_reuse(void *object, const Type *type)
{
#ifdef reuse
    return reuse(object, type);
#else
    (void)object, (void)type;
    return false;
#endif
}

/* ---- Owning and letting go ------------------------------------------------------------------------------------- */

/* local(T) x = e: a variable that owns what it holds until its scope ends. */
#define local(T) LETS_GO_(leave_local) typeof(T *)

/* put(slot, e): the slot takes over e, an owned reference. set(slot, r): the slot comes to share r, a borrowed one. */
#define put(slot, value)                                                                                               \
    ({                                                                                                                 \
        typeof(slot) value_ = (value);                                                                                 \
        typeof(slot) *slot_ = &(slot);                                                                                 \
        typeof(slot) old_ = *slot_;                                                                                    \
        *slot_ = value_;                                                                                               \
        release(old_);                                                                                                 \
    })
#define set(slot, value) put(slot, share(value))

/* share(r): another owner of r. give(x): what x owns, owned by whoever takes it. drop(x): let go now; x becomes NULL. */
#define share(reference)                                                                                               \
    ({                                                                                                                 \
        typeof(reference) shared_ = (reference);                                                                       \
        retain(shared_);                                                                                               \
        shared_;                                                                                                       \
    })
#define give(variable)                                                                                                 \
    ({                                                                                                                 \
        typeof(variable) *giver_ = &(variable);                                                                        \
        typeof(variable) given_ = *giver_;                                                                             \
        *giver_ = NULL;                                                                                                \
        given_;                                                                                                        \
    })
#define drop(variable) put(variable, NULL)

static inline void leave_local(void *variable)
{
    LET_GO_(*(AnyReference *)variable);
}

/* weak(T, r): a weak reference to the T that r refers to, owned: an object of type Weak, which does not keep the T alive. A
 * T has no trailing elements, for to be resized is to move. strong(T, w): the T that w refers to, shared with whoever takes
 * it, or NULL once it is dead, and where w is NULL. It reads NULL before anybody can see a T whose fields were cleared;
 * whether its finalizer still finds it there differs between strategies. */
#define weak(T, reference)                                                                                             \
    ({                                                                                                                 \
        _Static_assert(!T##_can_move_, "a " #T " has trailing elements: no weak reference can follow it");            \
        T *referent_ = (reference);                                                                                    \
        new_weak(referent_);                                                                                           \
    })
#define strong(T, weak_reference)                                                                                      \
    ({                                                                                                                 \
        Weak *weak_ = (weak_reference);                                                                                \
        T *strong_ = weak_ ? weak_target(weak_) : NULL;                                                                \
        retain(strong_);                                                                                               \
        strong_;                                                                                                       \
    })

#ifdef weak_leave
finalized(Weak, weak_leave);
#else
leaf(Weak);
#endif

static inline Weak *new_weak(void *target)
{
#ifdef weak_of
    return weak_of(target);
#else
    Weak *made = new(Weak);
    made->target = target;
    if (target)
        weak_refer(made);
    return made;
#endif
}

/* ---- Regions --------------------------------------------------------------------------------------------------- */

/* region { … }: what is born inside and kept by nobody outside is dead at its end. Keeping something is a mistake that
 * only some strategies forgive. */
#ifdef savepoint
#define region                                                                                                         \
    for (__attribute__((cleanup(leave_region))) Region region_ = { savepoint(), true }; region_.open; region_.open = false)
typedef struct Region {
    Savepoint start;
    bool open;
} Region;
static inline void leave_region(Region *left)
{
    rewind(left->start);
}
#else
#define region for (bool region_ = true; region_; region_ = false)
#endif

/* ---- Generators ------------------------------------------------------------------------------------------------ */

/* GENERATOR(G, T, fields) { start; … yield(r); … closing; … finish; }
 * A stackless generator of T. Its frame, *self, has the fields and `T *item`, a slot for what it yields. What must last
 * from one yield to the next has to be in the frame, and no local may be in scope at a yield: going on would jump into its
 * scope past its birth (an error, in gcc and in clang). yield(r) lends r to the consumer until it asks for the next; a
 * consumer that wants more says share. What follows closing (which may be left out) runs once: when the generator ends, or when
 * it is abandoned after it began. */
#define GENERATOR(G, T, ...) FRAME_(G, T, (item), __VA_ARGS__)

/* GENERATOR_HOLDING(G, T, (a, b), fields): its fields a and b are slots too. Their owned values are given to it as it is
 * made. */
#define GENERATOR_HOLDING(G, T, holds, ...) FRAME_(G, T, (item, LIST_ holds), __VA_ARGS__)

#define FRAME_(G, T, slots_, ...)                                                                                      \
    typedef struct G {                                                                                                 \
        Frame frame;                                                                                                   \
        T *item;                                                                                                       \
        __VA_ARGS__;                                                                                                   \
    } G;                                                                                                               \
    static inline T *G##_next(G *self);                                                                                \
    static inline __attribute__((unused)) void G##_close(G *self)                                                      \
    {                                                                                                                  \
        if (self->frame.resume_at > 0) {                                                                               \
            self->frame.resume_at = FRAME_CLOSING;                                                                     \
            G##_next(self);                                                                                            \
        }                                                                                                              \
    }                                                                                                                  \
    finalized(G, G##_close, LIST_ slots_);                                                                             \
    static inline __attribute__((unused)) void G##_leave(G *self)                                                      \
    {                                                                                                                  \
        G##_close(self);                                                                                               \
        EACH_(LEAVE_FIELD_, G, LIST_ slots_)                                                                           \
    }                                                                                                                  \
    static inline T *G##_next(G *self)

#define LIST_(...) __VA_ARGS__
#define LEAVE_FIELD_(G, f) LET_GO_(self->f);

typedef struct Frame {
    int resume_at;  /* line of the yield to go on after; 0: the beginning; FRAME_CLOSING, FRAME_FINISHED */
    bool left;      /* its consumer wants no more */
} Frame;

enum { FRAME_FINISHED = -1, FRAME_CLOSING = -2 };

#define start switch (self->frame.resume_at) { case 0:
#define yield(reference)                                                                                               \
    do {                                                                                                               \
        self->frame.resume_at = __LINE__;                                                                              \
        return (reference);                                                                                            \
    case __LINE__:;                                                                                                    \
    } while (0)
#define closing                                                                                                        \
    __attribute__((fallthrough));                                                                                      \
    case FRAME_CLOSING:
#define finish }                                                                                                       \
    self->frame.resume_at = FRAME_FINISHED;                                                                            \
    return NULL

/* each (T, x, G, .n = n) { … }: x is each T in turn that a generator G with these fields yields, borrowed. */
#define each(T, x, G, ...)                                                                                             \
    for (__attribute__((cleanup(G##_leave))) G x##_from_ = { .frame = { 0 }, __VA_ARGS__ };                            \
         !x##_from_.frame.left; x##_from_.frame.left = true)                                                           \
        for (T *x; (x = G##_next(&x##_from_));)

/* new_frame(G, .n = n): a generator that is an object, owned; G##_next(g) borrows its next item from it, or is NULL. One that
 * nobody holds any more is closed by its finalizer. */
#define new_frame(G, ...)                                                                                              \
    ({                                                                                                                 \
        G *made_ = new(G);                                                                                             \
        *made_ = (G){ .frame = { 0 }, __VA_ARGS__ };                                                                   \
        made_;                                                                                                         \
    })

/* ---- Chance ---------------------------------------------------------------------------------------------------- */

/* Every random choice comes from the cell's seed (-s). A workload that needs several independent sequences salts them.
 * splitmix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. */
typedef struct Random {
    uint64_t state;
} Random;

static inline uint64_t random_next(Random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline Random random_salted(uint64_t salt)
{
    Random random = { cell_seed };
    random.state = random_next(&random) ^ salt;
    return random;
}

/* A number from 0 to bound - 1; bound from 1 to 2^32. By multiplication: Lemire, "Fast random integer generation in an
 * interval", 2019, without the rejection; the bias is below 2^-32. */
static inline uint64_t random_below(Random *random, uint64_t bound)
{
    return ((random_next(random) >> 32) * bound) >> 32;
}

/* ---- What the file is ------------------------------------------------------------------------------------------ */

/* WORKLOAD(name, class, size, "about", VARIANT(a), VARIANT(b, STREAMS)): the last lines of every workload. Its class is MICRO,
 * CLASSIC, TECHNIQUE, REAL or STRESS (cell.h). Size is one number of things, or SIZES(quick, standard, full), or SWEPT(…) of
 * the same for a workload that is also measured at a tenth, a hundredth and a thousandth of its size (SWEPT_BY(…, 2, 5): at
 * half and a fifth of it), or DEPTHS(…) of a binary tree, of which one more is twice the work. */
#define WORKLOAD(name_, class_, size_, about_, ...)                                                                    \
    const Workload cell_workload = {                                                                                   \
        .name = #name_, .class = class_, .about = about_, .variants = { __VA_ARGS__ }, .size = size_                   \
    };                                                                                                                 \
    static void open_heap_(void) { heap_open(); }                                                                      \
    static void close_heap_(void) { heap_close(); }                                                                    \
    static void collect_(void) { (void)collect(); }                                                                    \
    const Strategy cell_strategy = {                                                                                   \
        STRATEGY_NAME, allocators, unsupported_because, streams_only, open_heap_, close_heap_, collect_,           \
        leaks_cycles, collections_told                                                                                 \
    }

#define SIZES(quick_, standard_, full_) standard_, .quick = quick_, .full = full_
#define SWEPT(quick_, standard_, full_) SWEPT_BY(quick_, standard_, full_, 10, 100, 1000)
#define SWEPT_BY(quick_, standard_, full_, ...) SIZES(quick_, standard_, full_), .swept = { __VA_ARGS__ }
#define DEPTHS(quick_, standard_, full_) SIZES(quick_, standard_, full_), .depth = true

/* VARIANT(f, flags): the function f(n), of that name, does the work at size n and returns its checksum. Flags: STREAMS when
 * it never holds its whole input, CYCLIC when it drops cycles, SUPERLINEAR when twice the operations cost more than twice;
 * A | B is both. (A variant named like a word is defined as (word)(n).)
 * VARIANT(f, REPEATED(30)), VARIANT(f, flags, REPEATED(30)): where others at the same n take so long that a trial of this one
 * would be too short to be measured, it does the work 30 times, or until that took 0.06 s, and tells what it took once. Then
 * f must begin with its static variables as they were at first. */
#define VARIANT(function, ...) { .name = #function, .run = function, __VA_ARGS__ }
#define REPEATED(times) .repeats = times

/* REFERENCE(f): f(n) is the checksum of size n, computed another way and without the words. */
#define REFERENCE(function) Reference *const cell_reference = function

/* INPUT(path): the file that the workload reads unless --input names another. INPUT(a, b): or b, where a is not there. */
#define INPUT(...) const char *const cell_usual_inputs[] = { __VA_ARGS__, NULL }

/* PREPARE(f): f() is called once before the clock starts, and uses none of the words: for what is no matter of memory
 * management, such as reading the input, with input_read, which checks it (objects/rounds.h). */
#define PREPARE(function) Prepare *const cell_prepare = function

/* LARGEST(n): sizes above n make no sense here (a shift by n, a square of n that overflows). */
#define LARGEST(n) const uint64_t cell_largest = n

#endif
