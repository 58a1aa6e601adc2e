/* What came of a trial, judged from what hyperfine measured and what the cell printed. The cell is not believed blindly: its
 * row must be whole, about the cell that was asked for, and fit its exit status. */
#ifndef RECLAIM_VERDICT_H
#define RECLAIM_VERDICT_H

#include "hyperfine.h"
#include "records.h"

enum { OUTPUT_LIMIT = 1 << 16 }; /* bytes a cell may print; a row has some 200 */

/* Sets status and reason, and for `ok` all that was measured. `output` is what the cell printed: `length` bytes and a NUL;
 * `errors` is what it said on standard error. */
void verdict_on_run(Trial *trial, const Measured *measured, char *output, size_t length, const char *errors, TextPool *pool);

/* The trial ended without a report: it has this status, and no numbers. */
void verdict_without_run(Trial *trial, Status status, const char *reason, TextPool *pool);

/* Turns a trial that is ok into `wrong` when it has not the checksum that is expected, or has done another amount of work. */
void verdict_on_answer(Trial *trial, const Planned *planned, TextPool *pool);

#endif
