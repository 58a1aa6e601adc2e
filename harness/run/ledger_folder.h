/* Where a machine measures a block of a run that several share: a folder on a disk of its own, since a row has to be there
 * before the next trial begins, and a folder that all see may be slow, or away for a while. */
#ifndef RECLAIM_LEDGER_FOLDER_H
#define RECLAIM_LEDGER_FOLDER_H

#include <stddef.h>
#include <stdint.h>

typedef struct LedgerFolder {
    char *path, *trials_file, *hiccups_file, *host_file, *plan_file;
    int lock;
} LedgerFolder;

/* The folder of that block, made or found: $TMPDIR/reclaim-UID/RUN-ID.HOST.0007, TMPDIR or /tmp. The ID tells runs of one name
 * apart, by where their folder is and the seed of their order. It is locked; while another process measures the block here,
 * this one waits and says so. Ends the program with a sentence when there can be none. */
LedgerFolder ledger_folder_open(const char *run_folder, uint64_t seed, const char *host, uint64_t block);

/* Removes what was left of that block, where there is something and nobody is at work on it. */
void ledger_folder_drop(const char *run_folder, uint64_t seed, const char *host, uint64_t block);

/* It is left for whoever goes on with the block; or the block is where it belongs, and the folder goes. */
void ledger_folder_close(LedgerFolder *folder);
void ledger_folder_remove(LedgerFolder *folder);

#endif
