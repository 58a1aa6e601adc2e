/* The tables that charts draw, by subject: each is written by one function, with its column names in the first line. */
#ifndef RECLAIM_CHART_TABLES_H
#define RECLAIM_CHART_TABLES_H

#include "chart_cells.h"
#include "sources.h"
#include "trial_groups.h"

#include <math.h>
#include <stdio.h>

/* A panel of the scatter, in pixels. The chart takes these from run.tsv, so that names land where they were placed. */
enum { PANEL_WIDTH = 326, PANEL_HEIGHT = 230 };

typedef struct Range {
    double lo, hi;
} Range;

/* What of a run a view is. */
typedef enum ViewPart {
    ALL,         /* everything */
    ALL_IN_PARTS, /* everything, but panels are drawn in parts */
    ONE_PART,    /* the overview, or some of the panels */
} ViewPart;

typedef struct ChartData {
    ChartCells cells;
    char *caption;
    const char *view;  /* what its tables are a part of the run for, empty for the whole */
    bool are_means;    /* a panel is a class, and its cells are means */
    ViewPart part;
    Sources *sources;  /* the run's other files */
    TrialGroups trials;
    Range cpu; /* the axes that all panels of a chart share: of the time's ratio */
    Range mib; /* and of the peak */
} ChartData;

/* Some of the cells. */
typedef struct Points {
    const ChartCell **cell;
    size_t count;
} Points;

/* ---- chart_data.c ------------------------------------------------------------------------------------------------------- */

/* The label of the series that was run twice in each block. */
const char *baseline_label(const ChartCells *cells);

/* ---- axes.c: what an axis spans, and numbers --------------------------------------------------------------------------- */

/* Spans nothing yet. */
#define NOTHING ((Range){ INFINITY, 0 })

/* The interval, or the point alone where there is none, as of one block. */
Interval reach_of(Interval i);

/* The range comes to span the interval, too, in this unit. */
void range_include(Range *range, Interval i, double unit);

/* The range with some room at both ends. */
Range range_roomy(Range range);

void measure_axes(ChartData *data);

/* The axes of one panel of the scatter, of both ratios. */
typedef struct Axes {
    Range rss, cpu;
} Axes;

Axes axes_of(const ChartCells *cells, const Panel *panel);

/* Each writes a tab before every number. */
void write_number(FILE *out, double number);
void write_interval(FILE *out, Interval i, double unit);
void write_range(FILE *out, Range range);

/* ---- notes.c: what has no point in a panel, and why -------------------------------------------------------------------- */

/* Why the cell has no ratio, or why not every trial counts; empty when all is well. */
const char *gap_of(const ChartCell *cell);

/* How many lines of notes the panel with most of them has. */
int most_note_lines(const ChartCells *cells);

void write_notes(FILE *out, const ChartData *data);

/* ---- panels.c, sweeps.c, sweep_table.c, growth_table.c ------------------------------------------------------------------ */

void write_panels(FILE *out, const ChartData *data);
void write_cells(FILE *out, const ChartData *data);

void write_sweeps(FILE *out, const ChartData *data);
void write_list_generator(FILE *out, const ChartData *data);

void write_sweep_lines(FILE *out, const ChartData *data);
void write_sweep_panels(FILE *out, const ChartData *data);
void write_sweep(FILE *out, const ChartData *data);
void write_sweep_names(FILE *out, const ChartData *data);

void write_growth_panels(FILE *out, const ChartData *data);
void write_growth(FILE *out, const ChartData *data);
void write_growth_slopes(FILE *out, const ChartData *data);

/* ---- pauses_table.c, latency_table.c, timeline_table.c: curves, and the rows beside them (curves.h) --------------------- */

void write_pauses(FILE *out, const ChartData *data);
void write_pauses_lines(FILE *out, const ChartData *data);
void write_mmu(FILE *out, const ChartData *data);
void write_mmu_lines(FILE *out, const ChartData *data);
void write_latency(FILE *out, const ChartData *data);
void write_latency_lines(FILE *out, const ChartData *data);
void write_timeline(FILE *out, const ChartData *data);
void write_timeline_lines(FILE *out, const ChartData *data);
void write_fragmentation(FILE *out, const ChartData *data);
void write_fragmentation_lines(FILE *out, const ChartData *data);

/* ---- instructions_table.c ---------------------------------------------------------------------------------------------- */

void write_instructions(FILE *out, const ChartData *data);

/* ---- scatter.c -------------------------------------------------------------------------------------------------------- */

void write_front(FILE *out, const ChartData *data);
void write_families(FILE *out, const ChartData *data);
void write_labels(FILE *out, const ChartData *data);

/* ---- trials_table.c, drift_table.c, heat_table.c ------------------------------------------------------------------------ */

void write_trial_boxes(FILE *out, const ChartData *data);
void write_trial_dots(FILE *out, const ChartData *data);
void write_trial_panels(FILE *out, const ChartData *data);

void write_drift_dots(FILE *out, const ChartData *data);
void write_drift_medians(FILE *out, const ChartData *data);
void write_drift_marks(FILE *out, const ChartData *data);
void write_drift_blocks(FILE *out, const ChartData *data);

void write_heat_rows(FILE *out, const ChartData *data);
void write_heat_time(FILE *out, const ChartData *data);
void write_heat_memory(FILE *out, const ChartData *data);

#endif
