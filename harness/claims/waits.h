/* How long a program, or who asks it, has to wait: the longest stop of any program, and what requests wait. */
#ifndef RECLAIM_WAITS_H
#define RECLAIM_WAITS_H

#include "evidence.h"

/* The longest wait under a series of all programs that were looked at, and in which it was. */
typedef struct Wait {
    const Cell *series, *where; /* `where` is NULL when nothing was counted, or nothing waited */
    Finding longest;            /* in ns: of the median run, and the range of its runs */
    size_t programs;            /* that were looked at */
} Wait;

typedef Wait WaitUnder(const Evidence *evidence, const Cell *series);

/* The longest pause. */
WaitUnder longest_stop;

/* What 99.9 of 100 requests wait at most, from when they were due; of a series that cannot keep up there is none. */
enum { REQUESTS_IN_1000 = 999 };
WaitUnder wait_of_requests;

/* The series under which the longest wait is the shortest, of those that are to be chosen and that ran whatever the baseline
 * did, the next of them, and those whose waits cannot be told from its own: they are as short in one of the runs, or no longer
 * than what the machine itself stops a program for. */
typedef struct ShortestWait {
    Wait best, next; /* no series where there is none */
    const char *as_good; /* labels with ", " between them */
} ShortestWait;

ShortestWait shortest_wait(Evidence *evidence, WaitUnder *wait_under, bool drops_cycles, bool with_regions);

#endif
