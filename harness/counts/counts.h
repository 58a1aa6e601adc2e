/* The stage after the trials: every cell that was ok is run as its counted twin, once with --profile, and once or, where it
 * paused for long, three times with --pauses, which makes census.csv, pauses.csv, pause_runs.csv, timeline.csv and leaks.csv;
 * and where the workload names requests with --latency, for latency.csv. Times of trials are not touched by it.
 *
 * Counting runs are smaller than trials: the quick sizes, and in a quick run a tenth of those that are 50 or more. What
 * counting shows but for pauses needs no repeating. What needs no clock is counted first, on all cores; then pauses, on the one
 * of the trials. */
#ifndef RECLAIM_COUNTS_H
#define RECLAIM_COUNTS_H

#include "pinning.h"
#include "trial.h"

/* Whether the run in this folder has the files: then they stay. */
bool counts_are_there(const char *run_folder);

/* Makes the files, each whole or not there, census.csv last. The cells are those of trials.csv; conditions: those of the
 * trials; pinning: in force, and again at the end. Returns 0, or the signal that asks this process to end. */
int counts_take(const char *run_folder, const Conditions *conditions, const Pinning *pinning, TextPool *pool);

/* Prints a line for each strategy: what it left alive, and its longest pause. Returns how many cells could not be counted, each
 * of which is told, too. */
size_t counts_report(FILE *out, const char *run_folder);

#endif
