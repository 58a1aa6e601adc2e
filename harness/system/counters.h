/* The processor's own counters of instructions, cache misses and the like, by perf_event_open(2). Nothing here reads them:
 * virtual machines mostly have none, so a run only says whether they were there. */
#ifndef RECLAIM_COUNTERS_H
#define RECLAIM_COUNTERS_H

/* Why this process cannot count its own instructions; NULL: it can. */
const char *counters_obstacle(void);

#endif
