/* How much mutators do in a second that work at the same time. */
#ifndef RECLAIM_THREADS_PACE_H
#define RECLAIM_THREADS_PACE_H

#include "subject.h"

/* What so many mutators come to at that size, told by the program of that strategy without doing it. Returns 0, or the signal
 * that asks this process to end. */
int threads_expect(const Stress *stress, const char *strategy, uint64_t n, uint64_t threads, uint64_t *expected);

/* Beside which strategy this one is tried, and timed by it: its header says so. Empty where it does not. */
const char *threads_beside(const char *strategy, TextPool *pool);

/* Runs all of them with 1, 2, 4 and 8 threads, in turn and again and again, and tells the answers and the pace. Returns 0, or
 * the signal that asks this process to end. */
int threads_pace(const Stress *stress, const StressCells *cells);

#endif
