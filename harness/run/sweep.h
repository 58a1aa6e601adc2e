/* A sweep: a run that shows what more memory buys, by measuring each strategy at several values of what trades the one for the
 * other. Which settings these are, and at which values, a strategy says where it declares them (SETTING in
 * strategies/parts/setting.h); which programs can tell, the workloads' traits. */
#ifndef RECLAIM_SWEEP_H
#define RECLAIM_SWEEP_H

#include "registry.h"

/* Those of the known strategies that name a sweep, and the baseline. Their cells of the workload are asked. */
Names sweep_strategies(const char *build, Names known, const char *baseline, const char *workload, TextPool *pool);

/* Those of the known workloads in which there is garbage to be collected, or much that lives: classics, and those that drop
 * cycles; but none of which every variant is a stream, and none that reads a file, which is not on every machine. The cells of
 * the strategy are asked. */
Names sweep_workloads(const char *build, Names known, const char *strategy, TextPool *pool);

/* The configurations of the strategies' sweeps, each setting by itself, as they would be asked for with SET=. Ends the program
 * when none of the strategies names a sweep. */
const char *sweep_settings(const char *build, Names strategies, const char *workload, TextPool *pool);

#endif
