/* Records that are read: the line of column names, and what rows.h has. */
#ifndef RECLAIM_ROW_PARSE_H
#define RECLAIM_ROW_PARSE_H

#include "rows.h"

/* Whether the record that was read last has the names of all columns in their order; else the first that is wrong. */
bool row_is_header(const CsvReader *record, const Layout *layout, Complaint *complaint);

#endif
