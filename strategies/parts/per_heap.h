/* per heap: what a strategy has once for every heap.
 *
 * A cell has one heap, and what is known of it is static data. A threaded program, which says so (#define THREADED) before
 * it includes workload.h, has a heap for every thread: what stands behind PER_HEAP is the thread's own then, and in other
 * programs a static variable as ever, with the same instructions. Settings are all heaps' own: nobody writes them once the
 * first heap is open. A strategy whose objects several threads may own has such heaps in all programs.
 *
 * What a strategy keeps about a type is per heap, too; a constant that names the type cannot name the thread's variable, and so
 * names a function that returns it.
 *
 * A threaded program has no census and no static variable that is a slot: two heaps would have to look at it. */
#ifndef PER_HEAP_H
#define PER_HEAP_H

#if defined THREADED && defined COUNTED
#error "the census has one heap: no threaded program counts"
#endif

#ifdef THREADED
#define HEAP_PER_THREAD 1
#define PER_HEAP _Thread_local
#define type_state_here(type) ((void *(*)(void))(type)->state)()
#else
#define HEAP_PER_THREAD 0
#define PER_HEAP
#define type_state_here(type) ((type)->state)
#endif

#ifdef THREADED
/* Where the stack begins that may refer to objects of this thread's heap: its owner says so before the heap opens, from the
 * function that calls whatever uses it. (At the highest addresses of a thread's stack lie its thread-local variables, our own
 * among them, which are no roots.) */
static PER_HEAP __attribute__((unused)) void *heap_stack_bottom;
#endif

#endif
