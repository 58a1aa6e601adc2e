/* Hooks: what a strategy defines, and what stands in for those that it leaves out. The words are made of them;
 * a workload itself says collect alone. workload.h includes the strategy's header before this file.
 *
 * Each is a macro (of its own name, where a function stands behind it):
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
 *   weak_share(weak)              what it refers to, shared, or NULL; where it may die before what was borrowed is shared
 *   type_state                    a C type: what the strategy keeps about each type (type->state)
 *   type_functions(T)  type_state_of(T)  definitions to compile for every type; what its state is at first, in place of zero
 *   heap_open()  heap_close()     before the work; give back the memory that the strategy manages
 *   heap_enter()  heap_leave()    threaded programs (parts/per_heap.h): before and after what a thread does; by default it opens
 *                                 and closes a heap of its own
 *   hands_over                    1: an object and all that it refers to may be given to another thread, which has them alone then
 *   threads_share_objects         1: and several threads may own one
 *   object_room(object, type, size)  counted builds: the bytes that it takes, with rounding and head (parts/census.h)
 *   footprint()                   counted builds: the bytes held from the system, besides what system.h gave
 *   streams_only                  1: it runs only variants that stream
 *   allocators                    the names of the C libraries' rivals that it shall run under, "glibc mimalloc …"
 *   unsupported_because           why it cannot run here at all, as a string
 * Its parameters are declared with SETTING (parts/setting.h). */
#ifndef WORDS_HOOKS_H
#define WORDS_HOOKS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "parts/type.h"

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
#ifndef heap_enter
#define heap_enter() heap_open()
#define heap_leave() heap_close()
#endif
#ifndef threads_share_objects
#define threads_share_objects 0
#endif
#ifndef hands_over
#define hands_over threads_share_objects
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

#endif
