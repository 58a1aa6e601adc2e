/* The smallest limit of memory under which a cell works, found by bisection. */
#ifndef RECLAIM_LEAST_HEAP_H
#define RECLAIM_LEAST_HEAP_H

#include "probe.h"

typedef struct LeastHeap {
    uint64_t kib;       /* works, and so do 1.1, 1.5 and 2 times as much; 0: none was found that holds */
    uint64_t refused_kib; /* the largest limit tried below it that did not do */
    uint64_t once_kib;  /* a lower one under which it worked once; 0: there was none */
} LeastHeap;

/* Looks for it, beginning at what is resident without limits. Returns 0, or the signal that asks this process to end. */
int least_heap_find(Probe *probe, uint64_t peak_kib, LeastHeap *found);

#endif
