/* What is measured of a trial, and compared in pairs of trials of one block. */
#ifndef RECLAIM_METRICS_H
#define RECLAIM_METRICS_H

#include "groups.h"

/* What is measured of a trial. */
typedef struct Metric {
    const char *name;
    double (*of)(const Trial *trial); /* NULL: it is the figure of that name */
} Metric;

enum { METRICS_OF_CELLS = 10 };
extern const Metric metrics[METRICS_OF_CELLS];

/* The figure behind this one in a trial's `name=value;name=value`, or the empty rest. */
const char *figure_next(const char *figure);

/* The value of the figure of that name among them; NAN: there is none. */
double figure_named(const char *figures, const char *name);

/* NAN where it was not measured. */
double measure(const Metric *metric, const Trial *trial);

/* Of the cell in that block; NAN also where it has no trial. */
double measure_in(const Metric *metric, Group cell, uint64_t block);

/* Whether a ratio, and its logarithm, can be taken of the pair. */
bool comparable(const Trial *trial, const Trial *other, const Metric *metric);

/* What is compared in one variant. */
typedef struct GroupPair {
    Group ours, theirs;
} GroupPair;

/* Adds, to the sum of each block from 1 on, the logarithms of the ratios of all pairs in it; NAN where a pair has none. */
void add_log_ratios(double *sum, const GroupPair *pair, size_t pairs, uint64_t blocks, const Metric *metric);

#endif
