/* Machines of different kinds have no seconds in common, and summary.csv no medians of them. What is shown in their place is what
 * the machine says that ran the first block. */
#ifndef RECLAIM_FIRST_HOST_H
#define RECLAIM_FIRST_HOST_H

#include "records.h"

/* Puts its medians, with their intervals, into the rows of the folder's summary.csv, and returns its name, which is of `pool`; NULL
 * where none was missing. */
const char *take_first_host(const char *run_folder, Sheet *summary, TextPool *pool);

#endif
