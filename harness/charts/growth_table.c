/* What an operation costs at several sizes, strategy by strategy as each usually is; and the slope beside each line. */
#include "chart_tables.h"

#include "growth.h"
#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A panel, in pixels, which the chart takes from its table: names were placed for it. */
enum { HEIGHT = 186, LINE_OF_TEXT = 12 };

/* ---- Which points there are ------------------------------------------------------------------------------------------- */

static bool same_panel(const ChartCell *a, const ChartCell *b)
{
    return texts_equal(a->workload, b->workload) && texts_equal(a->variant, b->variant) && texts_equal(a->input, b->input);
}

static bool has_several_sizes(const ChartCells *cells, const ChartCell *cell)
{
    for (size_t i = 0; i < cells->cells; i++)
        if (same_panel(&cells->cell[i], cell) && cells->cell[i].size != cell->size)
            return true;
    return false;
}

static int by_panel_series_and_size(const void *a, const void *b)
{
    const ChartCell *p = *(const ChartCell *const *)a, *q = *(const ChartCell *const *)b;
    int order = strcmp(p->workload, q->workload);
    order = order ? order : strcmp(p->variant, q->variant);
    order = order ? order : strcmp(p->input, q->input);
    order = order ? order : strcmp(p->label, q->label);
    return order ? order : (p->size > q->size) - (p->size < q->size);
}

/* The points of a line stand together and in its order. */
static Points swept_points(const ChartCells *cells)
{
    Points swept = { .cell = memory_new(cells->cells, sizeof *swept.cell) };
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *cell = &cells->cell[i];
        if (!cell->control && is_usual_series(cells, cell) && has_several_sizes(cells, cell))
            swept.cell[swept.count++] = cell;
    }
    qsort(swept.cell, swept.count, sizeof *swept.cell, by_panel_series_and_size);
    return swept;
}

/* Work that took less than a nanosecond of the clock has no logarithm. */
static Interval cost_of(const ChartCell *cell)
{
    Interval ns = cell->value[OPERATION_NS];
    return reach_of(ns).lo > 0 ? ns : (Interval){ NAN, NAN, NAN };
}

/* Where the points of the panel that begins here end. */
static size_t end_of_panel(const Points *points, size_t first)
{
    size_t end = first;
    while (end < points->count && same_panel(points->cell[end], points->cell[first]))
        end++;
    return end;
}

/* Calls `write` for each panel, counting from 1, with its points. */
static void for_each_panel(FILE *out, const ChartData *data,
                           void (*write)(FILE *out, const ChartData *data, size_t panel, const Points *points))
{
    Points swept = swept_points(&data->cells);
    for (size_t first = 0, end, panel = 1; first < swept.count; first = end, panel++) {
        end = end_of_panel(&swept, first);
        write(out, data, panel, &(Points){ swept.cell + first, end - first });
    }
    free(swept.cell);
}

/* ---- Panels and points ------------------------------------------------------------------------------------------------ */

/* Of the medians: an interval of few blocks may be so wide that it would press the lines together. */
static void measure(const Points *points, Range *size, Range *cost)
{
    *size = *cost = NOTHING;
    for (size_t i = 0; i < points->count; i++) {
        double n = points->cell[i]->size, ns = cost_of(points->cell[i]).middle;
        range_include(size, (Interval){ n, n, n }, 1);
        range_include(cost, (Interval){ ns, ns, ns }, 1);
    }
    *size = (Range){ size->lo / 1.5, size->hi * 1.5 };
    *cost = range_roomy(*cost);
}

static void write_panel(FILE *out, const ChartData *data, size_t panel, const Points *points)
{
    (void)data;
    Range size, cost;
    measure(points, &size, &cost);
    fprintf(out, "%zu\t%s · %s\t%d", panel, points->cell[0]->workload, points->cell[0]->variant, HEIGHT);
    write_range(out, size);
    write_range(out, cost);
    putc('\n', out);
}

void write_growth_panels(FILE *out, const ChartData *data)
{
    fputs("growth_panel\tgrowth_title\theight\tsize_lo\tsize_hi\tns_lo\tns_hi\n", out);
    for_each_panel(out, data, write_panel);
}

static void write_points(FILE *out, const ChartData *data, size_t panel, const Points *points)
{
    (void)data;
    for (size_t i = 0; i < points->count; i++) {
        const ChartCell *cell = points->cell[i];
        fprintf(out, "%zu\t%zu\t%" PRIu64 "\t%s", panel, cell->series, cell->size, cell->failure);
        write_interval(out, cost_of(cell), 1);
        putc('\n', out);
    }
}

void write_growth(FILE *out, const ChartData *data)
{
    fputs("growth_panel\tseries\tsize\tfailure\tns\tns_lo\tns_hi\n", out);
    for_each_panel(out, data, write_points);
}

/* ---- Slopes and their places ------------------------------------------------------------------------------------------ */

typedef struct Name {
    const ChartCell *cell; /* the last of its line */
    double from_y, y;      /* pixels from the panel's lower edge: of the line's end, or the upper edge where it failed; and of
                              the name */
} Name;

static int by_height(const void *a, const void *b)
{
    const Name *p = a, *q = b;
    return p->from_y != q->from_y ? (p->from_y > q->from_y) - (p->from_y < q->from_y) : strcmp(p->cell->label, q->cell->label);
}

/* As near to their lines' ends as a line of text for each allows. */
static void part_names(Name *name, size_t names)
{
    qsort(name, names, sizeof *name, by_height);
    for (size_t i = 0; i < names; i++)
        name[i].y = i > 0 ? fmax(name[i].from_y, name[i - 1].y + LINE_OF_TEXT) : name[i].from_y;
    for (size_t i = names; i-- > 0;)
        name[i].y = fmin(name[i].y, i + 1 < names ? name[i + 1].y - LINE_OF_TEXT : HEIGHT);
}

static size_t names_in(const Points *points, Range cost, Name *name)
{
    size_t names = 0;
    for (size_t i = 0; i < points->count; i++) {
        const ChartCell *cell = points->cell[i];
        bool is_last = i + 1 == points->count || !texts_equal(points->cell[i + 1]->label, cell->label);
        double ns = cost_of(cell).middle;
        if (is_last && (!isnan(ns) || *cell->failure))
            name[names++] = (Name){ cell, isnan(ns) ? HEIGHT : HEIGHT * log(ns / cost.lo) / log(cost.hi / cost.lo), 0 };
    }
    part_names(name, names);
    return names;
}

/* The row of growth.csv that the cell's line has; NULL without one. */
static const Growth *growth_of_line(const ChartData *data, const ChartCell *cell)
{
    const Sheet *sheet = source_rows(data->sources, "growth.csv", &growth_layout);
    const Growth *row = sheet->row;
    for (size_t i = 0; i < sheet->rows; i++)
        if (texts_equal(row[i].metric, GROWTH_OF_TIME) && texts_equal(row[i].cell.workload, cell->workload)
            && texts_equal(row[i].cell.variant, cell->variant) && texts_equal(row[i].cell.input, cell->input)
            && series_number_of(&data->cells, &row[i].cell) == cell->series)
            return &row[i];
    return NULL;
}

/* To two places, and without the sign of what rounds to nothing. */
static double rounded(double slope)
{
    return round(100 * slope) / 100 + 0.0;
}

static void write_slopes_of(FILE *out, const ChartData *data, size_t panel, const Points *points)
{
    Range size, cost;
    measure(points, &size, &cost);
    Name *name = memory_new(points->count, sizeof *name);
    size_t names = names_in(points, cost, name);
    for (size_t i = 0; i < names; i++) {
        const Growth *growth = growth_of_line(data, name[i].cell);
        bool is_known = growth && !isnan(growth->slope);
        fprintf(out, "%zu\t%zu", panel, name[i].cell->series);
        write_number(out, name[i].cell->size);
        write_number(out, cost_of(name[i].cell).middle);
        write_number(out, cost.lo * pow(cost.hi / cost.lo, name[i].y / HEIGHT));
        if (isnan(cost_of(name[i].cell).middle))
            fprintf(out, "\t× %s\n", name[i].cell->strategy);
        else if (is_known)
            fprintf(out, "\t%.2f %s\n", rounded(growth->slope), name[i].cell->strategy);
        else
            fprintf(out, "\t%s\n", name[i].cell->strategy);
    }
    free(name);
}

void write_growth_slopes(FILE *out, const ChartData *data)
{
    fputs("growth_panel\tseries\tfrom_x\tfrom_y\ty\tname\n", out);
    for_each_panel(out, data, write_slopes_of);
}
