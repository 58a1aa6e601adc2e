/* summary.csv, census.csv -> sweep.csv: what more memory buys, one row per value of a setting that a run measured several of.
 *
 * Space is the peak of memory by the least that any series of the run has for the same work: 1 is the least that anybody got
 * by with, and what nobody needs. Both peaks are taken as ratios to the baseline's in the same block, as time is. */
#ifndef RECLAIM_SWEEP_ROWS_H
#define RECLAIM_SWEEP_ROWS_H

#include "records.h"

#include <jansson.h>

typedef struct SweepPoint {
    Cell cell;                       /* without its seed */
    const char *setting;             /* which is swept; all others are usual */
    Count value;                     /* its value; not known where it is usual and the manifest does not tell */
    Status status;
    const char *reason;
    uint64_t n;                      /* trials that were ok */
    double space, space_lo, space_hi;
    double time, time_lo, time_hi;   /* by the baseline's */
    Count counted_size, collections; /* of the counted run */
    double footprint;                /* there: what was held from the system at most, by the least that was alive at most */
} SweepPoint;

extern const Layout sweep_layout;

/* Adds rows of SweepPoint to the sheet, those of a line side by side with rising values; none when no series of the summary,
 * which may be that of classes, has a setting that is not usual. `census` has rows of Census, or none; `manifest` may be NULL.
 * Texts are of `pool` and of the summary. */
void sweep_rows_add(Sheet *rows, const Sheet *summary, const Sheet *census, const json_t *manifest, TextPool *pool);

#endif
