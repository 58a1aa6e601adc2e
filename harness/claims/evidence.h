/* What a run has measured, for questions that no single row answers: one variant against another under the same strategy, one
 * strategy against another, a column of the census, how far apart collections were. */
#ifndef RECLAIM_EVIDENCE_H
#define RECLAIM_EVIDENCE_H

#include "count_rows.h"
#include "noise.h"
#include "run_hosts.h"
#include "series.h"

#include <jansson.h>

typedef struct Evidence {
    TextPool pool; /* of all texts here, and of what is made of them */
    json_t *manifest;
    Sheet summary, trials;
    Sheet census, leaks, pause_runs, pauses, latency; /* without rows where the run was not counted */
    const Trial **sorted;
    Group *cell;                 /* all trials of each cell, controls included, in the order of summary.csv */
    size_t cells;
    const Cell **series;         /* one cell of each, in the order in which they stand in the first work that has them */
    size_t series_count;
    const Cell *baseline;        /* the series that was run twice; NULL where none was */
    const Cell *control;         /* its second run */
    Noises noises;
    RunHosts hosts;
    double hiccup_ns;            /* the worst of the machine itself; NAN where none was looked for */
    Drawings drawings;
} Evidence;

/* A value with its interval, and of how many blocks; n is 0 where there is nothing to say. */
typedef struct Finding {
    Estimate is;
    uint64_t n;
} Finding;

/* From summary.csv, trials.csv and manifest.json of the folder, and census.csv, leaks.csv, pause_runs.csv, pause_summary.csv,
 * latency.csv and hiccups.csv where they are there. */
Evidence evidence_read(const char *run_folder);
void evidence_free(Evidence *evidence);

const char *label_of(Evidence *evidence, const Cell *series);

/* The series of that strategy with its usual settings, under the C library's allocator first; NULL when there is none. */
const Cell *series_named(const Evidence *evidence, const char *strategy);

/* The trials of a cell, of the control where `series` is one; none when there is no such cell. */
Group cell_trials(const Evidence *evidence, const Cell *series, const char *workload, const char *variant, uint64_t size);

/* The sizes at which the series ran the variant, the smallest first, behind `after`; 0 when there is none. */
uint64_t next_size(const Evidence *evidence, const Cell *series, const char *workload, const char *variant, uint64_t after);

/* What was counted of the cell; NULL when it was not. A variant is counted at one size. */
const Census *census_of(const Evidence *evidence, const Cell *series, const char *workload, const char *variant);

/* A column of the census by its name; unknown where it is NA. A name that is no column ends the program. */
Count census_value(const Census *census, const char *column);

/* The longest pause of the cell in ns: that of the median run, and the range of its n runs. */
Finding longest_pause(const Evidence *evidence, const Census *census);

/* A metric of pause_summary.csv: that of the median run, and the range of its n runs. */
Finding pauses_value(const Evidence *evidence, const Census *census, const char *metric);

/* What leaks.csv names of the cell's, with type, file and line, in bytes. */
uint64_t bytes_named(const Evidence *evidence, const Census *census);

/* What is measured under that name, a metric of all cells or a figure of the workload; another name ends the program. */
Metric metric_named(const char *name);

/* The median of a metric over the blocks in which the cell was ok; nothing of a run on unlike machines. */
Finding value_of(const Evidence *evidence, Group cell, const char *metric);

/* The geometric mean of the ratios of `metric` of `ours` to `per` of `theirs`, over the blocks in which both were ok. */
Finding ratio_of(Evidence *evidence, Group ours, const char *metric, Group theirs, const char *per);

/* What may be claimed of a ratio of the metric in this run. */
Difference difference_in(const Evidence *evidence, const Finding *ratio, const char *metric);

/* A number that was counted, and does not scatter. */
Finding counted(double value);

#endif
