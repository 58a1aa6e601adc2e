/* A row of charts.csv: one picture, or why there is none. docs/files.md says what each column means. */
#ifndef RECLAIM_CHART_ROW_H
#define RECLAIM_CHART_ROW_H

#include "rows.h"

typedef struct ChartRow {
    uint64_t number;
    const char *file, *script, *view, *question, *reading, *alt, *data, *missing, *workloads;
} ChartRow;

extern const Layout chart_row_layout;

#endif
