/* What a soak came to, in rows of stress.csv. */
#ifndef RECLAIM_SOAK_TELLING_H
#define RECLAIM_SOAK_TELLING_H

#include "drift.h"
#include "records.h"
#include "soak_rounds.h"
#include "stress.h"

/* A run that is not ok, or hangs. */
void soak_tell_failure(const Stress *stress, const char *build, const Trial *trial);

/* What drifts, though that is promised not to; 0: nothing. Of thirty things that do not, each with a 95% interval, one would be
 * found to in most runs of the mode: who asks looks twice, and what drifted both times breaks the promise. */
typedef enum Measures { FOOTPRINT = 1, RESIDENT = 2, OBJECTS = 4 } Measures;
Measures soak_drifting(const Rounds *rounds);

/* A run and its rounds: drift of objects, footprint and resident memory, and what is held for each byte that is alive. `before`
 * is what drifted in the run before this one. */
void soak_tell(const Stress *stress, const char *build, const Trial *trial, const Rounds *rounds, Measures before);

#endif
