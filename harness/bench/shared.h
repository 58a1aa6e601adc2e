/* A run that several machines share, over a folder that all of them see: one measures the first block, which makes the plan;
 * then each measures whole blocks, which appear in RUN/blocks. */
#ifndef RECLAIM_SHARED_H
#define RECLAIM_SHARED_H

#include "run.h"

/* Both return the exit status. They begin, or go on with what was interrupted here; whatever stands against it ends the
 * program with a sentence. processes_begin has been called. */
int shared_pilot(Run *run, Request request);
int shared_shard(Run *run, Request request);

#endif
