/* Work shared out among as many processes at a time as this one has cores, for what does not depend on who runs beside it. */
#ifndef RECLAIM_SHARING_H
#define RECLAIM_SHARING_H

#include <stddef.h>

/* Does the part with this number, in a process that may start others (process.h), and leaves what came of it in `result`: bytes
 * without pointers to what it made itself. Returns 0, or the signal that asks the process to end. */
typedef int SharedWork(void *context, size_t number, void *result);

/* How many processes there will be. */
size_t sharers(void);

/* Does the parts 0 to count - 1; the result of each has `size` bytes, zeroed before, and stands in `results`; where it has
 * none, `results` may be NULL. Returns 0, or the signal that asks this process to end: then some parts may not be done. When one
 * of the processes fails, it has said why, and this one ends, too. */
int share_work(SharedWork *work, void *context, size_t count, size_t size, void *results);

#endif
