/* Trials to rows of a summary: medians, and ratios to the baseline, with their intervals and what can be said of them. */
#ifndef RECLAIM_CELL_ROWS_H
#define RECLAIM_CELL_ROWS_H

#include "groups.h"
#include "records.h"

/* The rows of all cells, in their order: for each metric one. Texts are of `pool` and of the trials'. */
Sheet cell_rows_of(const Sheet *trials, TextPool *pool);

/* Rows in the making, whose verdicts wait for the noise. */
typedef struct SummaryRows {
    Summary *row;
    size_t count, room;
} SummaryRows;

void summary_rows_add(SummaryRows *rows, const Summary *row);

/* Says what can be told of each, from the controls among them. The rows are the sheet's from now on. */
Sheet summary_rows_judged(SummaryRows *rows);

/* Sets what is known of a ratio of pairs of values, each of one block. */
void summary_set_ratio(Summary *row, const double *ours, const double *theirs, uint64_t pairs, Drawings *drawings);

#endif
