/* latency.csv: how late requests are answered that are due at a fixed rate, the same for all strategies (profile/latency.h).
 *
 * The rate keeps the baseline busy a quarter of the time (at half of it, three strategies of thirteen cannot keep up with
 * ring): its twin answers one request after the other in three runs, and the period is four times the mean of the least
 * disturbed, to two digits. Then each cell is run three times, in rounds, so that what happens to the machine for a while
 * happens to all. A percentile is the median over the runs, and lo and hi are their range.
 *
 * One that is busy 95% of the time or more cannot keep up: how late it answers depends on when one stops asking. It is
 * saturated, and has no latency. */
#ifndef RECLAIM_LATENCY_ROWS_H
#define RECLAIM_LATENCY_ROWS_H

#include "count_rows.h"
#include "twins.h"

#include <stdio.h>

/* The rows of these cells, each of one that names requests; baseline: any cell of its series, or NULL. Returns 0, or the
 * signal that asks this process to end. */
int latency_take(FILE *out, Twins *twins, const Cell *cells, size_t count, const Cell *baseline);

/* ---- For tests ------------------------------------------------------------------------------------------------------- */

enum { PERCENTILES_MOST = 40 };

/* Which part of the requests is above the percentile at this place, counted from 0: 1, 1/2, 0.3, 0.2, 0.1, 0.05, … */
double latency_part_above(size_t place);

/* At most so long took the requests up to the one with so many above it, in a file's rows. */
double latency_with_above(const LatencyBucket *bucket, size_t buckets, uint64_t requests, uint64_t above, bool of_service);

#endif
