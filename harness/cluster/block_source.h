/* A folder of a run, or a copy of it, as far as it has blocks: FOLDER/blocks/0007 is the seventh, a folder that appeared there
 * as a whole. */
#ifndef RECLAIM_BLOCK_SOURCE_H
#define RECLAIM_BLOCK_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct BlockSource {
    const char *folder; /* without blocks/ */
    bool *has;          /* which blocks, from 1 */
} BlockSource;

/* Names that begin with a dot are drafts of those that are at work, and are passed over; so is what is called like no block,
 * with a notice. Ends the program when there is no folder blocks/, when there is a block of more than `blocks`, or when one is no
 * folder. */
BlockSource block_source_open(const char *folder, size_t blocks);

void block_source_close(BlockSource *source);

#endif
