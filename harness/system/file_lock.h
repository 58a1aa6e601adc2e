/* Locks on open files and folders (flock), which go with the process however it ends. */
#ifndef RECLAIM_FILE_LOCK_H
#define RECLAIM_FILE_LOCK_H

#include <stdbool.h>

/* Waits until nobody else has it locked; after a second it says the sentence, once. Signals do meanwhile what they do. False,
 * with errno, when it cannot be locked at all. */
bool file_lock_wait(int file, const char *sentence);

/* The descriptor that holds the lock. Who is locked out tries for a second: a process that shared the work of one that was killed
 * outlives it by some milliseconds, and has its lock as long. Then it ends the program. */
int folder_lock(const char *folder);

#endif
