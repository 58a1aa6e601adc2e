/* trials.csv: what was tried, one row per trial, each on the disk before the next trial begins. */
#ifndef RECLAIM_LEDGER_H
#define RECLAIM_LEDGER_H

#include "plan.h"

#include <sys/types.h>

typedef struct Ledger {
    char *file;
    int descriptor;
    off_t length; /* of all whole rows, in bytes */
    ino_t inode;
} Ledger;

/* One with these rows. */
void ledger_create(const char *file, const Trial *trial, size_t trials);

/* Whether the file has no row; a damaged one ends the program. */
bool ledger_is_empty(const char *file, TextPool *pool);

/* Ends the program, naming file and line, when a row of such a file is not in the plan, is there twice, or says what no run
 * would have written. Fills in the trials as ledger_recover does. */
void ledger_must_suit(const char *file, const Sheet *sheet, const Plan *plan, Trial *tried);

/* Fills in the trials that the file has; `tried` has one for each planned trial, and those whose block stays 0 were not tried.
 * A last line that was torn off is cut away with a notice. Any other damage, and what does not suit the plan, ends the program
 * with a sentence that names file and line; the file stays as it is. */
void ledger_recover(const char *file, const Plan *plan, Trial *tried, TextPool *pool);

Ledger ledger_open(const char *file);

/* Appends the row in one write, and waits until it is on the disk: no trial runs meanwhile. When that fails (a full disk),
 * what was written of it is taken back and the program ends with a sentence; as it does when the file is no longer the one that
 * was opened, or somebody else has written into it. */
void ledger_append(Ledger *ledger, const Trial *trial);

void ledger_close(Ledger *ledger);

#endif
