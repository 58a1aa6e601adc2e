/* This machine among those that share a run: what it is called, and what host.json of a block says of it. */
#ifndef RECLAIM_HOST_H
#define RECLAIM_HOST_H

#include "parameters.h"
#include "pinning.h"

/* What was asked for; or what Slurm calls this machine, or the first label of what it calls itself. */
const char *host_name(const char *asked, TextPool *pool);

/* What is the same of all blocks that a process measures: the machine, its tools, the commit, the cells. plan_sha256 is empty
 * while there is no plan. The caller frees it. */
json_t *host_facts(const char *host, const char *build, const Pinning *pinning, const Parameters *parameters,
                   const char *plan_sha256);

/* A new attempt at a block, which begins now; and its end. */
json_t *host_begin_block(const json_t *facts, uint64_t block);
void host_end_block(json_t *attempt);

void host_save(const char *file, const json_t *attempt);

/* The attempt that a file tells of; NULL where there is none, or it is damaged. */
json_t *host_load(const char *file);

/* Whether an attempt that was cut short is one of this machine and of the same cells and plan, and can go on. */
bool host_goes_on(const json_t *attempt, const json_t *facts);

/* Whether both are one attempt at a block; either may be NULL, which is none. */
bool host_same_attempt(const json_t *a, const json_t *b);

#endif
