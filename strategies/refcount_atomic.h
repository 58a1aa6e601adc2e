/* refcount_atomic: reference counting for objects that several threads own at once. What counting costs when its counts are
 * atomic, as those of Rust's Arc and of C++'s shared_ptr are.
 *
 * It is the one to ask about threads, and beside refcount the price of asking.
 *
 * Invariant: an object's count is the number of owners it has in all threads. A thread that has a reference owns it, so the
 * count cannot fall to zero while it adds an owner: the addition need not be ordered (relaxed). Whoever lets go publishes what
 * it wrote (release), and whoever lets go last sees it all (acquire). (H. Boehm, "Atomic reference counting", ISO/IEC JTC1
 * SC22 WG21 N2145, 2007.) Who finds itself the only owner of what nobody refers to weakly knows that nobody can come to be
 * another, and writes the count without a locked instruction, as libstdc++'s shared_ptr does since GCC 13.
 *
 * Memory: every thread has a pool, and a block goes back to the pool that it is from (parts/returns.h).
 * Weak references stand in one table under one lock: sharing what one refers to, emptying it, and its own death exclude each
 * other. An object whose count is zero, or that is condemned, is shared with nobody.
 * What an object holds is the business of those who own it: to change a slot that two threads see takes a lock of theirs. */
/* Only when named */
/* Beside: refcount */
#include <pthread.h>
#include <stdint.h>

#include "parts/per_heap.h"

#undef PER_HEAP
#undef HEAP_PER_THREAD
#define PER_HEAP _Thread_local
#define HEAP_PER_THREAD 1
#define threads_share_objects 1
#define weakrefs_are_shared 1

static pthread_mutex_t atomic_weakrefs = PTHREAD_MUTEX_INITIALIZER;

#define counting_read(head) __atomic_load_n(head, __ATOMIC_ACQUIRE)
#define counting_up(head) ((void)__atomic_fetch_add(head, 1, __ATOMIC_RELAXED))
#define counting_down(head) atomic_down(head)
#define counting_flag(head, bits) ((void)__atomic_fetch_or(head, bits, __ATOMIC_ACQ_REL))
#define counting_unflag(head, bits) ((void)__atomic_fetch_and(head, ~(bits), __ATOMIC_ACQ_REL))
#define weakrefs_lock() pthread_mutex_lock(&atomic_weakrefs)
#define weakrefs_unlock() pthread_mutex_unlock(&atomic_weakrefs)

typedef uint64_t __attribute__((may_alias)) AtomicHead;
static inline AtomicHead atomic_down(AtomicHead *head);

#include "parts/counting.h"

/* One owner less. Returns what is left. */
static inline AtomicHead atomic_down(AtomicHead *head)
{
    AtomicHead left = counting_read(head) - 1;
    if (!(left & (COUNTING_OWNERS | COUNTING_WEAKLY_HELD))) {
        __atomic_store_n(head, left, __ATOMIC_RELAXED);
        return left;
    }
    left = __atomic_sub_fetch(head, 1, __ATOMIC_RELEASE);
    return left & COUNTING_OWNERS ? left : counting_read(head);
}

/* One owner more, unless there is none. */
static inline bool atomic_up_unless_dead(void *object)
{
    AtomicHead *head = counting_head(object), now = counting_read(head);
    while (now & COUNTING_OWNERS && !(now & COUNTING_CONDEMNED))
        if (__atomic_compare_exchange_n(head, &now, now + 1, true, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
            return true;
    return false;
}

/* What it refers to, shared, or NULL. While we hold the lock its memory is there: before that goes the reference is emptied. */
static __attribute__((unused)) void *atomic_share_target(Weak *weak)
{
    weakrefs_lock();
    void *target = weak->target && atomic_up_unless_dead(weak->target) ? weak->target : NULL;
    weakrefs_unlock();
    return target;
}

static void atomic_close(void)
{
    thread_heaps_close();
    counting_close();
}

#define allocate(type, size) counting_allocate(type, size)
#define weak_share(weak) atomic_share_target(weak)
#define heap_close() atomic_close()
#define heap_enter() ((void)0)
#define heap_leave() thread_heap_end()
