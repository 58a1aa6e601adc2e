/* Which machine ran each block of a run. Ratios are of pairs in one block, so of one machine, and pool; times in seconds pool
 * only where all machines are of one kind.
 *
 * Hosts stand in the order of their first blocks, so what they are called changes nothing. */
#ifndef RECLAIM_RUN_HOSTS_H
#define RECLAIM_RUN_HOSTS_H

#include "drawings.h"
#include "metrics.h"

#include <jansson.h>

typedef struct RunHost {
    const char *name;        /* the trials'; empty where they do not tell */
    const char *fingerprint; /* of its cells, as the manifest has it, or empty */
    uint64_t kind;           /* from 1, in that order; who has the same is of the same processor, memory, kernel and compiler */
    uint64_t blocks;
} RunHost;

typedef struct RunHosts {
    RunHost *host;
    size_t hosts;
    size_t *of_block; /* by the block's number; 0 also of one that has no trial */
} RunHosts;

/* Of the trials, which each have a host or are of one without a name. `manifest` knows the kinds, and may be NULL. */
RunHosts run_hosts_of(const Sheet *trials, const json_t *manifest);

/* Likewise of the names of each block's, from 1; NULL of a block that has no trial. */
RunHosts run_hosts_of_blocks(const char *const *name, uint64_t blocks, const json_t *manifest);
void run_hosts_free(RunHosts *hosts);

/* Whether absolute values of all of them may be put together. */
bool are_of_one_kind(const RunHosts *hosts);

/* Where numbers of blocks go when those of one host are to stand side by side, in the order in which they were. `hosts` may be
 * NULL: then there is one. */
typedef struct Arrangement {
    size_t *place;
    size_t n;
    size_t *host;   /* those that have some of the blocks */
    size_t *blocks; /* how many each */
    size_t hosts;
} Arrangement;

Arrangement arrangement_of(const RunHosts *hosts, const uint64_t *block, size_t n);
Hosts shape_of(const Arrangement *arrangement);
void arrangement_free(Arrangement *arrangement);

/* Of each block what is compared, both above 0. */
typedef struct BlockPairs {
    double *ours, *theirs;
    uint64_t *block;
    size_t n;
    Arrangement arranged; /* by hosts, where they were */
} BlockPairs;

BlockPairs block_pairs_with_room(size_t most);
void block_pairs_add(BlockPairs *pairs, uint64_t block, double ours, double theirs);
void block_pairs_arrange(BlockPairs *pairs, const RunHosts *hosts);

/* The geometric means of the ratios of all groups' pairs, by 1, of each block up to `blocks` in which all have one; arranged. */
BlockPairs block_pairs_of_means(const GroupPair *group, size_t groups, uint64_t blocks, const Metric *metric,
                                const RunHosts *hosts);

/* Likewise of the sums of so many logarithms of ratios in each block, from 1; NAN where one is missing. */
BlockPairs block_pairs_of_sums(const double *sum, size_t groups, uint64_t blocks, const RunHosts *hosts);

const Resamples *drawings_of_block_pairs(Drawings *drawings, const BlockPairs *pairs); /* which are arranged */
void block_pairs_free(BlockPairs *pairs);

#endif
