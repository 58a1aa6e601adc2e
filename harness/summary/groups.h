/* The trials of a run, or of some of its workloads, sorted into cells, and into those that have the same work to do (work_order),
 * and what is measured of them. */
#ifndef RECLAIM_GROUPS_H
#define RECLAIM_GROUPS_H

#include "records.h"
#include "statistics.h"

/* All trials of one cell, of all cells with the same work, or of all that there are: by cell, and in the order of blocks. */
typedef struct Group {
    const Trial **trial;
    size_t trials;
} Group;

/* All trials, in that order; the caller frees them. */
const Trial **sorted_trials(const Sheet *trials);

/* The trials from `trial` on that are of one cell; and those that are of the same work. */
Group group_at(const Trial **trial, const Trial **end);
Group work_from(const Trial **trial, const Trial **end);

/* Whether the variant has no larger size: it is the last of it among trials that end at `end`. */
bool is_largest_work(Group work, const Trial **end);

/* The cell of that series among those of a work, as the control or not; no trials where there is none, or `series` is NULL. */
Group cell_in(Group work, const Cell *series, bool control);

/* The last of the blocks that the trials are of. */
uint64_t last_block(Group trials);

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

/* The drawings for each number of blocks that was needed so far, and where they are of several hosts for each number of
 * theirs: cells with as many share them. What was found stays where it is. */
typedef struct Drawings {
    Resamples **resamples;
    size_t count, room;
    double *errors; /* by degrees of freedom; 0: not needed so far */
    size_t freedoms, errors_room;
} Drawings;

const Resamples *drawings_of_hosts(Drawings *drawings, Hosts shape);

/* Of n blocks of one host. */
const Resamples *drawings_of(Drawings *drawings, size_t n);

/* As student.h has it; to work it out takes milliseconds, and a comparison asks for each cell. */
double detectable_errors_of(Drawings *drawings, size_t freedom);
void drawings_free(Drawings *drawings);

#endif
