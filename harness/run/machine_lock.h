/* One run at a time is measured on a machine: two would take each other's core and caches, and both be wrong without a word. */
#ifndef RECLAIM_MACHINE_LOCK_H
#define RECLAIM_MACHINE_LOCK_H

enum { NO_LOCK = -1 };

/* Locks out the other runs, whoever's they are; ends the program with a sentence that names the one that is being measured. The lock
 * goes with this process, however it ends. Where nothing can be locked that is said, and the answer is NO_LOCK. */
int machine_lock(const char *run);

/* Likewise, but waits for that one to end, and says so when it takes longer than a second. Who waits comes next. */
int machine_lock_wait(const char *run);

void machine_unlock(int lock);

#endif
