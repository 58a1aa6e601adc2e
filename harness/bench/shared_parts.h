/* What the pilot and a shard of a run that several machines share have in common. */
#ifndef RECLAIM_SHARED_PARTS_H
#define RECLAIM_SHARED_PARTS_H

#include "run.h"

/* The command of this run with that option, as somebody types it; and that of its pilot. */
const char *shared_command(Run *run, const char *option);
const char *shared_pilot_command(Run *run);

/* A signal that comes while nothing is measured ends this process with a sentence that names the command, `again`. */
void shared_prepare(Run *run, Request request, const char *(*again)(Run *run));

/* Of a run that was begun; one on one machine, or with other parameters, ends the program. */
void shared_read_manifest(Run *run);

/* Also of what no process is started for: a block has a row of it. */
bool shared_all_is_tried(const Run *run);

/* The trials of the block that are left, between two looks at the machine. Returns 0, or the signal that stopped it. */
int shared_try_block(Run *run);

/* Returns the exit status. */
int shared_say_stopped(const Run *run, int signal, const char *again);

#endif
