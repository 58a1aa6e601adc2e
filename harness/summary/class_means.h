/* trials.csv -> classes.csv: what a strategy's variants of one class come to together. Classes are never put into one mean: a
 * micro-benchmark would weigh as much as a real program. */
#ifndef RECLAIM_CLASS_MEANS_H
#define RECLAIM_CLASS_MEANS_H

#include "host_rows.h"

#include <jansson.h>

/* The rows of classes.csv, which has the columns of summary.csv: `workload` is a class, `variant` is MEAN_VARIANT,
 * `size` how many variants there are that the baseline can run, each at its largest size; ratios are geometric means over
 * the variants and the blocks in which all were ok, as if all of them were one program. A series that has no such block has
 * no number. `manifest` knows the classes. What can be told of hosts is added to `of_hosts`. */
Sheet class_means_of(const Sheet *trials, const json_t *manifest, HostRows *of_hosts, TextPool *pool);

#define MEAN_VARIANT "mean"

#endif
