/* trials.csv -> summary.csv and classes.csv: medians, and ratios to the baseline, with their intervals; noise.csv: what the A/A
 * control says of them; growth.csv: how cost grows with the size; lower_bounds.csv: what memory management costs at least; and
 * sweep.csv: time against space, of a run with several settings. Of a run on several machines also hosts.csv, host_ratios.csv
 * and agreement.csv: what each of them is and says, and whether they agree. */
#ifndef RECLAIM_SUMMARY_H
#define RECLAIM_SUMMARY_H

#include "records.h"

/* Writes these files of the folder. Must be there: trials.csv, with a row. Used where they are there: plan.csv, which the
 * trials must suit once manifest.json says that it is complete; manifest.json, without which there is no classes.csv and no
 * class in the others; instructions.csv, for lower_bounds.csv; census.csv, for sweep.csv. What cannot be read, does not suit
 * the rest or cannot be written ends the program with a sentence; a file that was not written yet is then as it was. */
void summary_write(const char *run_folder);

/* The rows that it would write now, of a run that may not be finished, and from how many trials. */
Sheet summary_so_far(const char *run_folder, size_t *trials, TextPool *pool);

#endif
