/* What else the machine is doing, as Linux tells in /proc/stat. */
#ifndef RECLAIM_SYSTEM_LOAD_H
#define RECLAIM_SYSTEM_LOAD_H

#include <stdio.h>

/* NAN: the system does not tell. */
typedef struct SystemLoad {
    double steal_s;  /* since it was booted: time in which the core was somebody else's, on the host of a virtual machine */
    double runnable; /* tasks that run or wait for a core, this process not among them */
} SystemLoad;

/* Of one core, or of all where it is ANY_CORE (process.h). Steal comes in ticks of 10 ms. */
SystemLoad system_load(int core);

/* The same from a file like /proc/stat; NULL is none. */
SystemLoad system_load_parse(FILE *stat, int core);

#endif
