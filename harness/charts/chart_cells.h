/* The cells of a run as charts see them: summary.csv with a cell's metrics side by side, and what went wrong in words. */
#ifndef RECLAIM_CHART_CELLS_H
#define RECLAIM_CHART_CELLS_H

#include "series.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Interval {
    double middle, lo, hi; /* NAN when not measured; only lo and hi of one block */
} Interval;

typedef enum Metric { TIME, OPERATION_NS, PEAK_RSS_KIB, METRICS } Metric;

typedef struct ChartCell {
    const char *label; /* of its series: no other has the same */
    const char *strategy, *workload, *variant, *input;
    const char *failure; /* in words; empty when every trial was ok */
    uint64_t size;
    size_t series;       /* its place among all series, from 1 */
    size_t panel;        /* of which panel it is: the same number as the panel's */
    bool control;        /* the baseline's second run in each block, as A/A control */
    Interval value[METRICS], ratio[METRICS];
    Difference verdict[METRICS]; /* what may be claimed of the ratio */
} ChartCell;

/* A strategy in one configuration, see series.h. */
typedef struct Series {
    const char *label;
    const Cell *cell; /* one of its cells, for its order */
} Series;

/* A variant of a workload at its main size: the largest it was measured at. */
typedef struct Panel {
    const char *workload, *variant, *input;
    uint64_t size;
    size_t cells;  /* that it has, of all sizes, without controls */
    size_t number; /* no other has it */
} Panel;

typedef struct ChartCells {
    TextPool pool; /* of all texts here */
    Sheet summary;         /* its rows */
    ChartCell *cell;
    size_t cells, cell_room;
    Panel *panel;
    size_t panels, panel_room;
    Series *series;        /* in their order */
    size_t series_count, series_room;
    uint64_t blocks;       /* the most trials that any cell has */
    const char *measured_on; /* the only machine whose absolute values they are; NULL: they are all machines' */
} ChartCells;

/* Reads a summary.csv, or a classes.csv, of that run. Ends the program with one sentence when it is damaged or empty, when a name is not a C
 * identifier, or when a number of more than one block comes without its interval. */
ChartCells chart_cells_read(const char *run_folder, const char *summary_file);

void chart_cells_free(ChartCells *cells);

/* The metric's name in summary.csv. */
const char *metric_name(Metric metric);

/* Whether it is of the first series of its strategy, which is the strategy as it usually is. */
bool is_usual_series(const ChartCells *cells, const ChartCell *cell);

/* Whether the cell belongs to the panel: its workload and variant, at its main size, and not the control. */
bool in_panel(const ChartCell *cell, const Panel *panel);

/* Likewise for the panel's A/A control. */
bool is_control_of(const ChartCell *cell, const Panel *panel);

/* The panel, from 1, that has the cell's workload, variant and input, at whatever size, for rows of other files; 0 when none
 * has. Likewise the number of the cell's series in all tables, 0 when summary.csv knows none such. */
size_t panel_number(const ChartCells *cells, const Cell *cell);
size_t series_number_of(const ChartCells *cells, const Cell *cell);

#endif
