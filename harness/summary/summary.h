/* trials.csv -> summary.csv: medians, and ratios to the baseline, with their intervals. */
#ifndef RECLAIM_SUMMARY_H
#define RECLAIM_SUMMARY_H

#include "records.h"

/* Writes the folder's summary.csv from its trials.csv. Anything that cannot be read or written ends the program with a
 * sentence. */
void summary_write(const char *run_folder);

/* The rows that it would write now, of a run that may not be finished, and from how many trials. */
Sheet summary_so_far(const char *run_folder, size_t *trials, TextPool *pool);

#endif
