/* Rows of trials.csv that a run cannot have written: somebody edited them, and nothing that follows from them could be
 * believed. */
#ifndef RECLAIM_RECORDED_H
#define RECLAIM_RECORDED_H

#include "records.h"

/* Ends the program, naming file, line and column, when the rows contradict themselves: an `ok` row without an answer, a time or
 * the memory that others have; another row with times. */
void recorded_rows_must_be_whole(const char *file, const Sheet *trials);

/* Likewise when the row contradicts what was planned. */
void recorded_row_must_suit(const char *file, size_t line, const Trial *trial, const Planned *planned);

#endif
