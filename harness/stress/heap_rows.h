/* least_heaps.csv: how little memory each cell works in. */
#ifndef RECLAIM_HEAP_ROWS_H
#define RECLAIM_HEAP_ROWS_H

#include "records.h"

typedef struct HeapRow {
    const char *strategy, *workload, *variant;
    uint64_t size;
    Count least_kib, refused_kib, once_kib; /* as of a LeastHeap; NA: there is none */
    double peak_kib;    /* resident, without limits */
    double of_peak;     /* the least heap by that */
    double of_counting; /* the least heap by that of pure counting */
} HeapRow;

extern const Layout least_heaps_layout;

#endif
