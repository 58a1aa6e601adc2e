/* A run's files -> claims.csv, what it says to each claim of the articles, and findings.csv, what it says to whoever has to
 * choose. No sentence in either is written by hand for a result: each is made of the numbers beside it. */
#ifndef RECLAIM_CLAIMS_H
#define RECLAIM_CLAIMS_H

/* Writes both files into the folder of a run that has trials.csv, summary.csv and manifest.json; census.csv and leaks.csv are
 * used where they are there. What cannot be read or written ends the program with a sentence. */
void claims_write(const char *run_folder);

#endif
