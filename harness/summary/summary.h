/* trials.csv -> summary.csv, classes.csv, noise.csv and growth.csv: medians, and ratios to the baseline, with their intervals;
 * what the A/A control says of them; and how cost grows with the size. */
#ifndef RECLAIM_SUMMARY_H
#define RECLAIM_SUMMARY_H

#include "records.h"

/* Writes these files of the folder from its trials.csv. Anything that cannot be read or written ends the program with a
 * sentence. */
void summary_write(const char *run_folder);

/* The rows that it would write now, of a run that may not be finished, and from how many trials. */
Sheet summary_so_far(const char *run_folder, size_t *trials, TextPool *pool);

#endif
