/* pointers: a stack of pointers that grows in memory of the system's. */
#ifndef POINTERS_H
#define POINTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "parts/system.h"

enum { POINTERS_FIRST_BYTES = 1 << 16 }; /* of memory */

typedef struct Pointers {
    void **at;
    size_t length, capacity;
} Pointers;

/* Twice as many. */
static void pointers_grow(Pointers *pointers)
{
    size_t bytes = pointers->capacity * sizeof(void *);
    pointers->at = bytes ? system_resize(pointers->at, bytes, 2 * bytes) : system_take(POINTERS_FIRST_BYTES);
    pointers->capacity = (bytes ? 2 * bytes : POINTERS_FIRST_BYTES) / sizeof(void *);
}

static inline void pointers_push(Pointers *pointers, void *pointer)
{
    if (__builtin_expect(pointers->length == pointers->capacity, 0))
        pointers_grow(pointers);
    pointers->at[pointers->length++] = pointer;
}

static inline void *pointers_pop(Pointers *pointers)
{
    return pointers->at[--pointers->length];
}

static inline size_t pointers_bytes(const Pointers *pointers)
{
    return pointers->capacity * sizeof(void *);
}

static void pointers_close(Pointers *pointers)
{
    if (pointers->at)
        system_give(pointers->at, pointers_bytes(pointers));
    *pointers = (Pointers){ 0 };
}

#endif
