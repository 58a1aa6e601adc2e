/* Memory that is there, or the program ends with a sentence: the runner could do nothing better without it. */
#ifndef RECLAIM_MEMORY_H
#define RECLAIM_MEMORY_H

#include <stddef.h>

/* Zeroed room for `count` items of `size` bytes each. */
void *memory_new(size_t count, size_t size);

/* The same items in room for `count` of them; `old` may be NULL. What is new is not zeroed. */
void *memory_resize(void *old, size_t count, size_t size);

/* The same items, with room for at least `needed`; `room` is how many there is room for, and is doubled when it must grow,
 * so that appending n items one by one copies O(n). */
void *memory_room(void *old, size_t *room, size_t needed, size_t size);

/* The text printf would print, in memory that the caller frees. */
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
