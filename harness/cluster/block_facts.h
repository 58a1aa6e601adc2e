/* host.json of a block: on which machine it was measured, and of what. */
#ifndef RECLAIM_BLOCK_FACTS_H
#define RECLAIM_BLOCK_FACTS_H

#include "manifest.h"

typedef struct BlockFacts {
    char *file;
    json_t *json;
    const char *host, *attempt; /* a block that was begun anew is another attempt */
} BlockFacts;

/* Ends the program when the file is missing or damaged, or is that of another block. */
BlockFacts block_facts_read(const char *folder, size_t block);

/* Ends the program when the block is of another plan, another commit or other changes than the run. */
void block_facts_must_suit(const BlockFacts *facts, const Manifest *run);

bool block_facts_same_attempt(const BlockFacts *a, const BlockFacts *b);

void block_facts_free(BlockFacts *facts);

#endif
