/* Trials to rows of a summary: medians, and ratios to the baseline, with their intervals and what can be said of them. */
#ifndef RECLAIM_CELL_ROWS_H
#define RECLAIM_CELL_ROWS_H

#include "host_rows.h"
#include "records.h"

/* The rows of all cells, in their order: for each metric one. Texts are of `pool` and of the trials'. What can be told of
 * hosts is added to `of_hosts`. */
Sheet cell_rows_of(const Sheet *trials, HostRows *of_hosts, TextPool *pool);

/* Rows in the making, whose verdicts wait for the noise. */
typedef struct SummaryRows {
    Summary *row;
    size_t count, room;
} SummaryRows;

void summary_rows_add(SummaryRows *rows, const Summary *row);

/* Says what can be told of each, from the controls among them. The rows are the sheet's from now on. */
Sheet summary_rows_judged(SummaryRows *rows);

/* Sets what is known of a ratio of pairs, which are arranged. */
void summary_set_ratio(Summary *row, const BlockPairs *pairs, Drawings *drawings);

#endif
