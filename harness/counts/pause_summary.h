/* pause_summary.csv: what the pauses of a cell come to, in numbers that one can decide by. */
#ifndef RECLAIM_PAUSE_SUMMARY_H
#define RECLAIM_PAUSE_SUMMARY_H

#include "count_rows.h"

/* A row: one cell, one metric, over the runs in which its pauses were timed. */
typedef struct PauseSummary {
    Cell cell;
    const char *metric;
    uint64_t n;            /* runs */
    double median, lo, hi; /* over them, lo and hi the least and the most; NAN when one of them cannot tell */
} PauseSummary;

extern const Layout pause_summary_layout;

/* Writes the folder's pause_summary.csv from pauses.csv, pause_runs.csv and hiccups.csv, where the run timed pauses; one that
 * did not has none. A file that is damaged ends the program with a sentence that names it, the line and the column. */
void pause_summary_write(const char *run_folder);

/* No pause below this can be told from one of the machine itself, in ns: the worst hiccup of the run; NAN where none was looked
 * for. */
double hiccup_floor_ns(const char *run_folder, TextPool *pool);

#endif
