/* A run's summary as a table for people. */
#ifndef RECLAIM_TABLE_H
#define RECLAIM_TABLE_H

#include <stdbool.h>
#include <stdio.h>

/* Prints the folder's summary.csv, at most 100 columns wide: first what the A/A control says, then for each variant and size a
 * line per series, the fastest first. Cells that failed are there, with the reason. Of a swept variant only the largest size
 * is shown, and what failed, unless `all` are asked for. */
void table_print(FILE *out, const char *run_folder, bool all);

#endif
