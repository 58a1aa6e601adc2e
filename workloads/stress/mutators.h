/* Mutators: threads that work at the same time, each in its heap (parts/per_heap.h). Who includes it says `#define THREADED`
 * before. */
#ifndef MUTATORS_H
#define MUTATORS_H

#include <pthread.h>

#include "workload.h"

enum { MOST_MUTATORS = 64 };

SETTING(threads, 2, 1, MOST_MUTATORS, "mutators that work at the same time");

typedef struct Mutator {
    pthread_t thread;
    void (*work)(struct Mutator *self);
    uint64_t number; /* from 0 */
    uint64_t n;      /* operations */
    uint64_t checksum;
} Mutator;

/* Never inlined: all that its callees have on the stack is below its frame. */
static __attribute__((noinline)) void mutator_work(Mutator *self)
{
    heap_stack_bottom = __builtin_frame_address(0);
    heap_enter();
    self->work(self);
    heap_leave();
}

static void *mutator_main(void *self)
{
    mutator_work(self);
    return NULL;
}

/* All do this work, each at size n. Returns what their checksums add up to. */
static uint64_t mutators_work(void (*work)(Mutator *self), uint64_t n)
{
    static Mutator mutators[MOST_MUTATORS];
    uint64_t sum = 0;
    for (uint64_t i = 0; i < setting_threads; i++) {
        mutators[i] = (Mutator){ .work = work, .number = i, .n = n };
        if (pthread_create(&mutators[i].thread, NULL, mutator_main, &mutators[i]) != 0)
            out_of_memory(sizeof *mutators);
    }
    for (uint64_t i = 0; i < setting_threads; i++) {
        pthread_join(mutators[i].thread, NULL);
        sum += mutators[i].checksum;
    }
    operations += n * setting_threads;
    return sum;
}

#endif
