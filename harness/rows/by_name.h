/* Rows of a file that need not be just what this version of the suite writes: columns are found by their names, in whatever
 * order, and those that the layout does not have are passed over. */
#ifndef RECLAIM_BY_NAME_H
#define RECLAIM_BY_NAME_H

#include "rows.h"

/* Which columns of the layout a file may lack; any other that it lacks ends the program. */
typedef enum Absence { NONE_ABSENT, NUMBERS_ABSENT } Absence; /* numbers: quantities and counts, which are NA then */

/* Like sheet_load, and sheet_load_unfinished. */
Sheet sheet_load_by_name(const char *file, const Layout *layout, Absence absence, TextPool *pool);
Sheet sheet_load_unfinished_by_name(const char *file, const Layout *layout, Absence absence, TextPool *pool);

#endif
