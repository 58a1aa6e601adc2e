/* Rows whose columns are found by their names: a file may have them in another order, and more of them. */
#ifndef RECLAIM_NAMED_ROWS_H
#define RECLAIM_NAMED_ROWS_H

#include "rows.h"

/* Reads the file; a column that is missing, a torn last line, or anything else that is damaged ends the program with a sentence
 * that names file, line and column. No file is a sheet whose `row` is NULL. */
Sheet named_rows_load(const char *file, const Layout *layout, TextPool *pool);

#endif
