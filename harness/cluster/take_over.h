/* Blocks of other folders that become blocks of a run. */
#ifndef RECLAIM_TAKE_OVER_H
#define RECLAIM_TAKE_OVER_H

#include <stdbool.h>
#include <stddef.h>

/* What a block's folder holds; NULL after the last. */
extern const char *const block_files[];

/* Whether both folders have the same bytes of the block's rows. Ends the program when they cannot be read. */
bool blocks_are_same(const char *a, const char *b, size_t block);

/* Copies the block into the run's folder, where it appears as a whole when it is on the disk. Only who has locked the run's
 * folder may ask for it. Ends the program when there is such a block by now. */
void take_over(const char *from, const char *run_folder, size_t block);

#endif
