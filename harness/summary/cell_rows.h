/* Trials to rows of a summary: medians, and ratios to the baseline, with their intervals and what can be said of them. */
#ifndef RECLAIM_CELL_ROWS_H
#define RECLAIM_CELL_ROWS_H

#include "host_rows.h"
#include "records.h"

/* Rows in the making, whose verdicts wait for the noise. */
typedef struct SummaryRows {
    Summary *row;
    size_t count, room;
} SummaryRows;

void summary_rows_add(SummaryRows *rows, const Summary *row);

/* The rows of all cells of sorted trials: for each metric one. `baseline` is a cell of its series, or NULL. Texts are of `pool` and
 * of the trials'. What can be told of hosts is added to `of_hosts`. */
SummaryRows cell_rows_of(Group trials, const Cell *baseline, HostRows *of_hosts, TextPool *pool);

/* Puts `more` behind the others; their texts are of `pool` from now on, and `more` has none left. */
void summary_rows_append(SummaryRows *rows, SummaryRows *more, TextPool *pool);

/* Says what can be told of each, from the controls among them. The rows are the sheet's from now on. */
Sheet summary_rows_judged(SummaryRows *rows);

/* Sets what is known of a ratio of pairs, which are arranged. */
void summary_set_ratio(Summary *row, const BlockPairs *pairs, Drawings *drawings);

#endif
