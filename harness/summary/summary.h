/* trials.csv -> summary.csv: medians, and ratios to the baseline, with their intervals. */
#ifndef RECLAIM_SUMMARY_H
#define RECLAIM_SUMMARY_H

/* Writes the folder's summary.csv from its trials.csv and the baseline that its manifest.json names. Anything that cannot be
 * read or written ends the program with a sentence. */
void summary_write(const char *run_folder);

#endif
