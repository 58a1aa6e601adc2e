/* The census's own memory: from the system, and past everything that is counted. libgc knows nothing of it, so that an object's
 * address kept there keeps no object alive.
 *
 * Invariant: all of it is resident from the moment it is taken, so that it can be subtracted from what the process has. */
#ifndef OWN_MEMORY_H
#define OWN_MEMORY_H

#include <stddef.h>
#include <stdint.h>

/* Zero. When the system refuses, the cell is out of memory. */
void *own_memory(size_t bytes);

/* Likewise with the contents of `memory`, which may move. */
void *own_memory_resized(void *memory, size_t old_bytes, size_t bytes);

void own_memory_free(void *memory, size_t bytes);

/* How many bytes of it there are. */
size_t own_memory_bytes(void);

#endif
