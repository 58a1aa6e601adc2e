/* hoarder: mark_sweep, with one fault that can be planted in it (PLANT=the-dead-are-roots): when asked to collect, it finds the
 * addresses of the last births on its stack, as a collector would that takes its own frames, or dead ones, for roots. It is no
 * strategy of the suite; tests/broken.sh has it found. */
#include <stdlib.h>
#include <string.h>

#include "mark_sweep.h"

enum { HOARD = 64 }; /* births */

static struct {
    uintptr_t born[HOARD]; /* a ring; complemented, for static data is a root */
    uint64_t births;
    bool planted;
} hoard;

static inline void *hoarder_allocate(const Type *type, size_t size)
{
    void *object = allocate(type, size);
    hoard.born[hoard.births++ % HOARD] = ~(uintptr_t)object;
    return object;
}

static __attribute__((noinline)) uint64_t hoarder_collect(void)
{
    uintptr_t dead[HOARD] = { 0 };
    for (int i = 0; hoard.planted && i < HOARD; i++)
        dead[i] = ~hoard.born[i];
    __asm__ volatile("" : : "r"(dead) : "memory");
    uint64_t died = collect();
    __asm__ volatile("" : : "r"(dead) : "memory"); /* it is on the stack until here */
    return died;
}

static void hoarder_open(void)
{
    const char *plant = getenv("PLANT");
    hoard.planted = plant && strcmp(plant, "the-dead-are-roots") == 0;
    heap_open();
}

/* Above, these are mark_sweep's. */
#undef allocate
#define allocate(type, size) hoarder_allocate(type, size)
#undef collect
#define collect() hoarder_collect()
#undef heap_open
#define heap_open() hoarder_open()
