/* The folder in which a block is written before it appears, as a whole, under its number: RUN_FOLDER/blocks/.NAME. One at a
 * time; whatever ends the program takes it away. */
#ifndef RECLAIM_BLOCK_DRAFT_H
#define RECLAIM_BLOCK_DRAFT_H

#include <stdbool.h>

/* Makes it, or takes the one of that name which was left; ends the program where it cannot. The path is there until it is moved or
 * dropped. */
const char *block_draft_begin(const char *run_folder, const char *name);

/* Makes it that folder: an empty one, or none before. False, with errno, where it stays what it is. */
bool block_draft_move(const char *folder);

void block_draft_drop(void);

/* Of somebody who was killed. */
void block_draft_remove(const char *folder);

#endif
