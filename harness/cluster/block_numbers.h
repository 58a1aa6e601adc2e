/* Numbers of blocks, for people and for the manifest. */
#ifndef RECLAIM_BLOCK_NUMBERS_H
#define RECLAIM_BLOCK_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

/* Blocks that are told, or not: `told` counts from 1 to `blocks`. As in `1,3-5`; the caller frees it. */
char *block_numbers(const bool *told, size_t blocks);

#endif
