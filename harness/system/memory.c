#include "memory.h"

#include "fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void *memory_new(size_t count, size_t size)
{
    void *room = calloc(count ? count : 1, size);
    if (room == NULL)
        fail("no memory for %zu items of %zu bytes", count, size);
    return room;
}

void *memory_resize(void *old, size_t count, size_t size)
{
    void *room = reallocarray(old, count ? count : 1, size);
    if (room == NULL)
        fail("no memory for %zu items of %zu bytes", count, size);
    return room;
}

void *memory_room(void *old, size_t *room, size_t needed, size_t size)
{
    if (needed <= *room)
        return old;
    *room = needed > 2 * *room ? needed : 2 * *room;
    return memory_resize(old, *room, size);
}

char *text_format(const char *format, ...)
{
    char *text;
    va_list values;
    va_start(values, format);
    int length = vasprintf(&text, format, values);
    va_end(values);
    if (length < 0)
        fail("no memory for a line of text");
    return text;
}
