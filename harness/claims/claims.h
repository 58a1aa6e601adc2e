/* A run's files -> claims.csv, what it says to each claim of the articles, and findings.csv, what it says to whoever has to
 * choose. No sentence in either is written by hand for a result: each is made of the numbers beside it. */
#ifndef RECLAIM_CLAIMS_H
#define RECLAIM_CLAIMS_H

/* Writes both files of the folder. Must be there: trials.csv and its summary.csv. Used where they are there: manifest.json,
 * which knows the classes; hiccups.csv, which doubts pauses; census.csv, pause_runs.csv, pause_summary.csv, leaks.csv and
 * latency.csv, without which a question or a choice of theirs is not measured. What cannot be read or written ends the program
 * with a sentence; a file that was not written yet is then as it was. */
void claims_write(const char *run_folder);

#endif
