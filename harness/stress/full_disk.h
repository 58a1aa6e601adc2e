/* A full disk: what cells and the commands of the harness do when there is no room for what they write. */
#ifndef RECLAIM_FULL_DISK_H
#define RECLAIM_FULL_DISK_H

#include "subject.h"

/* Tries it with cells of the first subject's workload, and tells the rows. Returns 0, or the signal that asks this process to
 * end. */
int full_disk_try(const Stress *stress, const Subjects *subjects);

#endif
