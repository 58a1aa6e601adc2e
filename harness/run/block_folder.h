/* Blocks of a run that several machines share: RUN_FOLDER/blocks/0007 is the seventh. It has trials.csv, the rows of that
 * block in the order of the plan; hiccups.csv, of its time; and host.json, of the machine and the attempt. It appears as a
 * whole, and there is no second one. */
#ifndef RECLAIM_BLOCK_FOLDER_H
#define RECLAIM_BLOCK_FOLDER_H

#include "records.h"

#include <jansson.h>
#include <stdbool.h>

/* A block's folder, and a file in it; the caller frees the path. */
char *block_folder(const char *run_folder, size_t block);
char *block_file(const char *run_folder, size_t block, const char *name);

bool block_is_there(const char *run_folder, size_t block);

typedef struct Block {
    size_t number;
    const Trial *tried;
    size_t trials;
    const char *hiccups_file;
    json_t *attempt; /* what host.json will be; clock_offset_s is added */
} Block;

/* Makes it a folder of the run. False when another attempt at the block was first: then this one is dropped, which is said. What
 * cannot be written ends the program with a sentence; nothing of it is left behind. */
bool block_publish(const char *run_folder, const Block *block, TextPool *pool);

/* Of this machine's earlier attempts at the block, that were killed while they wrote; not of one that lives. */
void block_remove_dead_drafts(const char *run_folder, size_t block, const char *host);

#endif
