/* The clock of whoever dates the files of a folder: another machine's, where the folder is shared. */
#ifndef RECLAIM_FOLDER_CLOCK_H
#define RECLAIM_FOLDER_CLOCK_H

/* By how many seconds the clock on this machine's wall is ahead of it, as a file that is written in the folder, and is gone at once,
 * tells. NAN where none can be written. */
double folder_clock_ahead_s(const char *folder);

#endif
