/* trials.csv -> growth.csv: how what an operation costs, and what an element takes, grows with the size, where a workload is
 * measured at several. A slope of 0 is constant, 1 is proportional to the size, -1 is the same for all elements together.
 *
 * The slope is that of a line through the logarithms, by least squares, in each block by itself; its interval is the
 * bootstrap's over the blocks. Of the sizes the last decade counts, from a tenth of the largest one on: below, what is paid
 * once hides what is paid for each, and a list would seem to be searched in less than proportional time. */
#ifndef RECLAIM_GROWTH_H
#define RECLAIM_GROWTH_H

#include "records.h"

typedef struct RunHosts RunHosts; /* run_hosts.h */
typedef struct Group Group;       /* groups.h */

enum { GROWTH_SPAN = 10 }; /* the largest size by the least that counts */

typedef struct Growth {
    Cell cell; /* without its size */
    const char *metric;
    uint64_t sizes, from, to;
    uint64_t n;           /* blocks that have all sizes */
    double slope, lo, hi; /* NAN of none; one has no interval */
} Growth;

extern const Layout growth_layout;

/* What grows: CPU time by operation, as in summary.csv; and peak memory, which is the whole process's, by the size. */
#define GROWTH_OF_TIME "operation_ns"
#define GROWTH_OF_MEMORY "element_bytes"

/* Rows of Growth of every variant and series with two such sizes or more, in the order of the trials, which are sorted; the caller
 * frees them. `hosts` may be NULL: then there is one. */
Sheet growth_of(Group trials, const RunHosts *hosts);

/* Prints the slopes of a run's growth.csv, one line for each variant, where there is one. */
void growth_print(FILE *out, const char *run_folder);

#endif
