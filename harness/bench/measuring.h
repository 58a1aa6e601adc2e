/* What is measured of a run: trials, and the machine. */
#ifndef RECLAIM_MEASURING_H
#define RECLAIM_MEASURING_H

#include "run.h"

/* Tries every planned trial that was not tried yet. Returns 0, or the signal that stopped it. */
int measure_trials(Run *run);

/* Looks how a program fares that does nothing, and keeps it with the moment. */
void measure_machine(Run *run, const char *moment);

#endif
