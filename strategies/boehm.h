/* boehm: the conservative tracing collector of Boehm, Demers and Weiser (libgc). Objects whose types have no references are
 * taken from memory that it never scans. */
/* Links with: -lgc */
#include <gc.h>
#include <string.h>

#include "parts/system.h"
#include "parts/type.h"

static void *boehm_refuse(size_t bytes)
{
    out_of_memory(bytes);
}

static void boehm_open(void)
{
    GC_INIT();
    GC_set_warn_proc(GC_ignore_warn_proc); /* a heap that cannot grow collects; one that is full is refused in our own words */
    GC_set_oom_fn(boehm_refuse);
}

/* A whole collection that gives what it frees back to the system. */
static void boehm_close(void)
{
    GC_gcollect_and_unmap();
}

static inline void *boehm_allocate(const Type *type, size_t size)
{
    if (type_has_references(type))
        return GC_MALLOC(size);
    return memset(GC_MALLOC_ATOMIC(size), 0, size); /* atomic memory comes as it was left */
}

static inline void *boehm_reallocate(void *object, size_t old_size, size_t size)
{
    object = GC_REALLOC(object, size);
    if (size > old_size)
        memset((char *)object + old_size, 0, size - old_size);
    return object;
}

#define allocate(type, size) boehm_allocate(type, size)
#define reallocate(object, type, old_size, size) boehm_reallocate(object, old_size, size)
#define collects_cycles 1
#define collect() GC_gcollect()
#define heap_open() boehm_open()
#define heap_close() boehm_close()
