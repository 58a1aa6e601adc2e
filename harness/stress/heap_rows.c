#include "heap_rows.h"

#include <stddef.h>

static const Column columns[] = {
    { "strategy",    NAME, offsetof(HeapRow, strategy) },
    { "workload",    NAME, offsetof(HeapRow, workload) },
    { "variant",     NAME, offsetof(HeapRow, variant) },
    { "size",        NATURAL, offsetof(HeapRow, size) },
    { "least_kib",   COUNT, offsetof(HeapRow, least_kib) },
    { "refused_kib", COUNT, offsetof(HeapRow, refused_kib) },
    { "once_kib",    COUNT, offsetof(HeapRow, once_kib) },
    { "peak_kib",    QUANTITY, offsetof(HeapRow, peak_kib) },
    { "of_peak",     QUANTITY, offsetof(HeapRow, of_peak) },
    { "of_counting", QUANTITY, offsetof(HeapRow, of_counting) },
};
const Layout least_heaps_layout = LAYOUT(HeapRow, columns);
