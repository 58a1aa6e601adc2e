/* Rows of a file that another version of the suite may have written: columns are found by their names, and those that the
 * layout does not have are passed over. */
#ifndef RECLAIM_BY_NAME_H
#define RECLAIM_BY_NAME_H

#include "rows.h"

/* Like sheet_load. A column of quantities or counts that the file does not have is NA in all rows; any other ends the
 * program. */
Sheet sheet_load_by_name(const char *file, const Layout *layout, TextPool *pool);

#endif
