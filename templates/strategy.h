/* NAME: how it manages memory, and what it gives back when. Here every object is a block of malloc's, and all are freed when
 * the run ends. Invariant: each block refers to the one that was born before it, and NAME_newest to the last.
 *
 * A strategy is what it defines at the end of this file; harness/workload.h lists all hooks, and those left out cost nothing.
 * If it needs a library, a line of its own says so, as in strategies/boehm.h. Names begin with the strategy's. */
#include <stdint.h>
#include <stdlib.h>

#include "parts/census.h"
#include "parts/system.h"
#include "parts/type.h"

typedef struct NAME_Head {
    struct NAME_Head *older;
} NAME_Head;

static NAME_Head *NAME_newest;

/* A zeroed object of size bytes, 8-byte aligned. */
static inline void *NAME_allocate(size_t size)
{
    NAME_Head *head = calloc(1, sizeof *head + size);
    if (!head)
        out_of_memory(size);
    footprint_grew(sizeof *head + size); /* counted builds ask for it; in others it is nothing */
    head->older = NAME_newest;
    NAME_newest = head;
    return head + 1;
}

static void NAME_close(void)
{
    while (NAME_newest) {
        NAME_Head *older = NAME_newest->older;
        free(NAME_newest);
        NAME_newest = older;
    }
}

/* One that frees objects before the end also defines retain and release, or savepoint and rewind, or collect with
 * collects_cycles, and tells their deaths with census_died (strategies/parts/census.h). */
#define allocate(type, size) NAME_allocate(size)
#define heap_close() NAME_close()
#define object_room(object, type, size) ((size) + sizeof(NAME_Head))
