/* pointers: a stack of pointers that grows in memory of the system's. */
#ifndef POINTERS_H
#define POINTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "parts/system.h"

enum { POINTERS_FIRST_BYTES = 1 << 16, POINTERS_KEPT_BYTES = 1 << 20 }; /* of memory */

typedef struct Pointers {
    void **at;
    size_t length, capacity;
} Pointers;

static inline size_t pointers_bytes(const Pointers *pointers)
{
    return pointers->capacity * sizeof(void *);
}

/* Twice as many; false: the system refused. */
static bool pointers_grow(Pointers *pointers)
{
    size_t bytes = pointers_bytes(pointers), more = bytes ? 2 * bytes : POINTERS_FIRST_BYTES;
    void *at = bytes ? system_remap(pointers->at, bytes, more)
                     : mmap(NULL, more, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        return false;
    footprint_grew(more - bytes);
    pointers->at = at;
    pointers->capacity = more / sizeof(void *);
    return true;
}

static inline void pointers_push(Pointers *pointers, void *pointer)
{
    if (__builtin_expect(pointers->length == pointers->capacity, 0) && !pointers_grow(pointers))
        out_of_memory(pointers_bytes(pointers));
    pointers->at[pointers->length++] = pointer;
}

static inline void *pointers_pop(Pointers *pointers)
{
    return pointers->at[--pointers->length];
}

/* As it was when it first grew, if it has become much more since; only what is empty may be shrunk. */
static void pointers_shrink(Pointers *pointers)
{
    if (pointers_bytes(pointers) <= POINTERS_KEPT_BYTES)
        return;
    pointers->at = system_resize(pointers->at, pointers_bytes(pointers), POINTERS_FIRST_BYTES);
    pointers->capacity = POINTERS_FIRST_BYTES / sizeof(void *);
}

/* Gives the memory back; the next push takes it again. */
static void pointers_close(Pointers *pointers)
{
    if (pointers->at)
        system_give(pointers->at, pointers_bytes(pointers));
    *pointers = (Pointers){ 0 };
}

#endif
