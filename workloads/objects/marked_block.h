/* marked_block: memory of any size, of which the program touches as much as makes the system provide it: a word in each page,
 * and one at its end. 8 bytes, and the block itself. All of it is zero at birth, which is the strategy's or the system's
 * work. */
#ifndef MARKED_BLOCK_H
#define MARKED_BLOCK_H

#include "workload.h"

enum { BLOCK_STEP = 4096 }; /* bytes; the smallest page */

typedef struct MarkedBlock {
    size_t length;
    unsigned char at[];
} MarkedBlock;
leaf_of(MarkedBlock);

/* A block of this many bytes, 8 or more, which bears the mark wherever it is touched. */
static inline MarkedBlock *marked_block_of(size_t bytes, uint64_t mark)
{
    MarkedBlock *block = new_of(MarkedBlock, bytes);
    for (size_t i = 0; i + 2 * sizeof mark <= bytes; i += BLOCK_STEP)
        memcpy(block->at + i, &mark, sizeof mark);
    memcpy(block->at + bytes - sizeof mark, &mark, sizeof mark);
    return block;
}

static inline uint64_t marked_block_fold_word(uint64_t checksum, const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return checksum * 31 + word;
}

/* The marks; of no block, none. */
static inline uint64_t marked_block_fold(uint64_t checksum, const MarkedBlock *block)
{
    if (!block)
        return checksum;
    for (size_t i = 0; i + 2 * sizeof(uint64_t) <= block->length; i += BLOCK_STEP)
        checksum = marked_block_fold_word(checksum, block->at + i);
    return marked_block_fold_word(checksum, block->at + block->length - sizeof(uint64_t));
}

/* ---- The same without a block ------------------------------------------------------------------------------------- */

typedef struct BlockShape {
    size_t bytes; /* 0: there is none */
    uint64_t mark;
} BlockShape;

static inline uint64_t marked_block_fold_shape(uint64_t checksum, BlockShape shape)
{
    if (shape.bytes == 0)
        return checksum;
    for (size_t i = 0; i + 2 * sizeof shape.mark <= shape.bytes; i += BLOCK_STEP)
        checksum = checksum * 31 + shape.mark;
    return checksum * 31 + shape.mark;
}

#endif
