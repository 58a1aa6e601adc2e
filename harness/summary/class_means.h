/* trials.csv -> classes.csv: what a strategy's variants of one class come to together. Classes are never put into one mean: a
 * micro-benchmark would weigh as much as a real program. */
#ifndef RECLAIM_CLASS_MEANS_H
#define RECLAIM_CLASS_MEANS_H

#include "host_rows.h"
#include "registry.h"

#include <jansson.h>

/* What a series comes to in the variants of a class: of each metric, and in each block from 1 on, the sum of the logarithms of its
 * ratios, NAN where it has not all of them. */
typedef struct SeriesSum {
    Cell series;
    double *sum[METRICS_OF_CELLS];
} SeriesSum;

/* Of a class those variants that the baseline can run, each at its largest size; and the series, which are those of the first. */
typedef struct ClassSum {
    size_t variants;
    SeriesSum *series;
    size_t count, room;
} ClassSum;

typedef struct ClassSums {
    ClassSum of[CLASS_NAMES];
    uint64_t blocks;
} ClassSums;

/* Of sorted trials, of the blocks up to that number. `baseline` is a cell of its series, or NULL; `manifest` knows the classes. */
ClassSums class_sums_of(Group trials, const Cell *baseline, uint64_t blocks, const json_t *manifest);

/* Adds `more`, of other variants, which come after these; texts are of `pool` from now on, and `more` has none left. */
void class_sums_add(ClassSums *sums, ClassSums *more, TextPool *pool);
void class_sums_free(ClassSums *sums);

/* The rows of classes.csv, which has the columns of summary.csv: `workload` is a class, `variant` is MEAN_VARIANT,
 * `size` how many variants there are; ratios are geometric means over the variants and the blocks in which all were ok, as if all
 * of them were one program. A series that has no such block has no number. What can be told of hosts is added to `of_hosts`. */
Sheet class_means_of(const ClassSums *sums, HostRows *of_hosts, TextPool *pool);

#define MEAN_VARIANT "mean"

#endif
