/* Charts of curves: a panel for each of a few variants, in it a curve for each series, and beside it the series' names with a
 * figure each, in the order of the figures. A chart of curves has two tables: the points of all curves, and `…_lines`, a row
 * for each series in each panel, whether it has a curve or not. */
#ifndef RECLAIM_CURVES_H
#define RECLAIM_CURVES_H

#include "chart_tables.h"

enum { CHOSEN_MAX = 6 };

/* What a panel of such a chart shows. */
typedef struct Chosen {
    const Panel *panel;
    uint64_t size;      /* at which it was counted */
} Chosen;

typedef struct Curve {
    size_t panel, series; /* numbers, from 1 */
    size_t first, points; /* of the points' table, rows from 0 */
    double figure;        /* the largest is named first; NAN last */
    const char *words;    /* the figure's, or why there is no curve */
} Curve;

typedef struct CurvePoint {
    size_t panel, series;
    double x, y;
} CurvePoint;

typedef struct Curves {
    const ChartData *data;
    TextPool pool; /* of all texts here */
    Chosen chosen[CHOSEN_MAX];
    size_t panels;
    const char *figure_words[CHOSEN_MAX]; /* what the figures of a panel are; empty: nothing */
    Curve *curve;
    size_t count, room;
    CurvePoint *point;
    size_t points, point_room;
    Range x, y;
    double window_ns[CHOSEN_MAX]; /* of which the figures of the chart of the MMU tell */
    double floor;  /* below which the machine's own hiccups are, on the chart's axis; NAN: not known, or no matter */
} Curves;

/* How much there is to see in a panel; NAN: nothing. */
typedef double Score(const ChartData *data, const Panel *panel, uint64_t *size);

/* The panels with the most to see: of a run that is drawn in parts the first of each class and one more, else CHOSEN_MAX. */
Curves curves_begin(const ChartData *data, Score *score);

/* The curve of the series, in a panel from 0, to which the points that follow belong. */
Curve *curves_add(Curves *curves, size_t panel, size_t series, double figure, const char *words);
void curves_point(Curves *curves, double x, double y);

/* Series that are not in a panel yet get a row that says why, by its trials or else in these words. */
void curves_complete(Curves *curves, const char *otherwise);

void curves_write_points(FILE *out, const Curves *curves);
void curves_write_lines(FILE *out, const Curves *curves);
void curves_free(Curves *curves);

/* How many times as much as the least numbers are, in the geometric mean: how much there is to see. NAN of none. */
typedef struct Spread {
    double least, logarithms;
    size_t count;
} Spread;

#define NO_SPREAD ((Spread){ INFINITY, 0, 0 })
void spread_add(Spread *spread, double number);
double spread_of(const Spread *spread);

/* Whether the cell has the panel's variant to run, at whatever size. */
bool is_of_panel(const Cell *cell, const Panel *panel);

/* A time in two digits, as 1.2 ms. */
const char *time_words(TextPool *pool, double ns);

#endif
