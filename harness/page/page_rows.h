/* The rows of the files that the page is made of; docs/files.md says what each column means. Names are texts here: the page
 * shows what is there, and html.h sees to it that nothing breaks of it. */
#ifndef RECLAIM_PAGE_ROWS_H
#define RECLAIM_PAGE_ROWS_H

#include "records.h"

/* A value with its 95% interval; NAN what was not measured. */
typedef struct Measured {
    double value, lo, hi;
} Measured;

/* Of summary.csv. */
typedef struct PageSummary {
    Cell cell;
    Status status;
    const char *reason, *metric;
    uint64_t n;
    Measured median, ratio;
    double detectable;
    Difference verdict;
} PageSummary;

/* Of trials.csv and census.csv, what tells of failures; the latter has no controls. */
typedef struct PageTrial {
    Cell cell;
    Status status;
    const char *reason;
} PageTrial;

typedef struct PageFinding {
    const char *kind, *about;
    Cell series;
    const char *metric;
    Measured measured;
    Count n;
    Difference verdict;
    const char *place, *programs;
    double least, most;     /* of the programs' ratios */
    Count less_in, more_in; /* of the programs */
    const char *needs, *next;
    Measured from_next;
    double band;
    const char *as_good, *sentence;
} PageFinding;

typedef struct PageClaim {
    const char *claim, *said;
    Cell series;
    const char *verdict, *condition, *figure, *size, *expected, *met;
    Measured measured;
    const char *unit;
    Count n;
    const char *sentence;
} PageClaim;

typedef struct PageNoise {
    const char *metric;
    uint64_t controls;
    double band, worst;
    Count told_apart;
} PageNoise;

typedef struct PagePicture {
    uint64_t number;
    const char *file, *script, *view, *question, *reading, *alt, *data, *missing, *workloads;
} PagePicture;

/* Of lower_bounds.csv. */
typedef struct PageBound {
    Cell cell;
    const char *by;
    Measured overhead;
    const char *cheapest;
} PageBound;

typedef struct PageGrowth {
    Cell cell;
    const char *metric;
    uint64_t sizes, from, to, n;
    Measured slope;
} PageGrowth;

extern const Layout page_summary_layout, page_trial_layout, page_census_layout,
    page_finding_layout, page_claim_layout, page_noise_layout, page_chart_layout, page_bound_layout, page_growth_layout;

#endif
