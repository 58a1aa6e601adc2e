/* What a soak came to, in rows of stress.csv. */
#ifndef RECLAIM_SOAK_TELLING_H
#define RECLAIM_SOAK_TELLING_H

#include "drift.h"
#include "records.h"
#include "soak_rounds.h"
#include "stress.h"

/* A strategy under which churn cannot run at all. */
void soak_tell_unsupported(const Stress *stress, const Description *part);

/* A run that is not ok. */
void soak_tell_failure(const Stress *stress, const char *build, const Trial *trial);

/* Whether any of what soak_tell tells of drifts, though that is promised not to. Of thirty things that do not, each with a 95%
 * interval, one would be found to in most runs of the mode: who asks looks twice. */
bool soak_drifts(const Rounds *rounds);

/* A run and its rounds: drift of objects, footprint and resident memory, and what is held for each byte that is alive. */
void soak_tell(const Stress *stress, const char *build, const Trial *trial, const Rounds *rounds);

#endif
