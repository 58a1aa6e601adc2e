/* What a stress run came to, for people. */
#ifndef RECLAIM_STRESS_REPORT_H
#define RECLAIM_STRESS_REPORT_H

#include <stdio.h>

/* Prints the folder's stress.csv as a table, strategies by modes, and below it what broke, the first of each mode and
 * strategy, with the commands that do it again.
 * Returns the exit status: ALL_WELL, CELLS_FAILED when something broke, CANNOT_GO_ON when nothing was tried. */
int stress_report(FILE *out, const char *run_folder);

#endif
