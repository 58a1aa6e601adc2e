/* Time against memory: the front, what joins the configurations of a strategy, and names beside points. */
#include "chart_tables.h"

#include "labels.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* In the order of series, the usual configuration of a strategy first. */
static int by_label(const void *a, const void *b)
{
    return strverscmp((*(const ChartCell *const *)a)->label, (*(const ChartCell *const *)b)->label);
}

static Points points_of(const ChartCells *cells, const Panel *panel)
{
    Points points = { .cell = memory_new(cells->cells, sizeof *points.cell) };
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *cell = &cells->cell[i];
        if (in_panel(cell, panel) && !isnan(cell->ratio[TIME].middle) && !isnan(cell->ratio[PEAK_RSS_KIB].middle))
            points.cell[points.count++] = cell;
    }
    qsort(points.cell, points.count, sizeof *points.cell, by_label);
    return points;
}

static int by_memory_then_time(const void *a, const void *b)
{
    const ChartCell *p = *(const ChartCell *const *)a, *q = *(const ChartCell *const *)b;
    double px = p->ratio[PEAK_RSS_KIB].middle, qx = q->ratio[PEAK_RSS_KIB].middle;
    double py = p->ratio[TIME].middle, qy = q->ratio[TIME].middle;
    return px != qx ? (px > qx) - (px < qx) : (py > qy) - (py < qy);
}

/* ---- The front --------------------------------------------------------------------------------------------------------- */

/* The Pareto front: those to which no other is better in both. A cell that failed at times is no choice. */
static Points front_of(const ChartCells *cells, const Panel *panel)
{
    Points points = points_of(cells, panel), front = { .cell = points.cell };
    double least = INFINITY;
    qsort(points.cell, points.count, sizeof *points.cell, by_memory_then_time);
    for (size_t i = 0; i < points.count; i++)
        if (*points.cell[i]->failure == '\0' && points.cell[i]->ratio[TIME].middle < least) {
            least = points.cell[i]->ratio[TIME].middle;
            front.cell[front.count++] = points.cell[i];
        }
    return front;
}

/* A place on the line that is drawn along the front. */
typedef struct Place {
    double rss, cpu;
} Place;

typedef struct FrontLine {
    Place *place;
    size_t places; /* 0 or more than 2 */
} FrontLine;

/* From the panel's upper edge to its right one, so that a front of one point is seen, too. */
static FrontLine front_line(const ChartCells *cells, const Panel *panel)
{
    Points front = front_of(cells, panel);
    Axes axes = axes_of(cells, panel);
    FrontLine line = { .place = memory_new(front.count + 2, sizeof *line.place) };
    for (size_t i = 0; i < front.count; i++)
        line.place[i + 1] = (Place){ front.cell[i]->ratio[PEAK_RSS_KIB].middle, front.cell[i]->ratio[TIME].middle };
    if (front.count) {
        line.places = front.count + 2;
        line.place[0] = (Place){ line.place[1].rss, axes.cpu.hi };
        line.place[front.count + 1] = (Place){ axes.rss.hi, line.place[front.count].cpu };
    }
    free(front.cell);
    return line;
}

void write_front(FILE *out, const ChartData *data)
{
    fputs("panel\trss\tcpu\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        FrontLine line = front_line(&data->cells, &data->cells.panel[p]);
        for (size_t i = 0; i < line.places; i++) {
            fprintf(out, "%zu", p + 1);
            write_number(out, line.place[i].rss);
            write_number(out, line.place[i].cpu);
            putc('\n', out);
        }
        free(line.place);
    }
}

/* ---- Families: the configurations of one strategy ---------------------------------------------------------------------- */

static int by_strategy_then_memory(const void *a, const void *b)
{
    const ChartCell *p = *(const ChartCell *const *)a, *q = *(const ChartCell *const *)b;
    int order = strcmp(p->strategy, q->strategy);
    return order ? order : by_memory_then_time(a, b);
}

/* A line joins every configuration of a strategy to the one that takes the next more memory: where the strategies of two
 * neighbours among these are the same. */
static Points families_of(const ChartCells *cells, const Panel *panel)
{
    Points points = points_of(cells, panel);
    qsort(points.cell, points.count, sizeof *points.cell, by_strategy_then_memory);
    return points;
}

static bool are_joined(const ChartCell *from, const ChartCell *to)
{
    return texts_equal(from->strategy, to->strategy);
}

static void write_family_lines(FILE *out, const ChartCells *cells, size_t p)
{
    Points points = families_of(cells, &cells->panel[p]);
    for (size_t i = 1; i < points.count; i++) {
        const ChartCell *from = points.cell[i - 1], *to = points.cell[i];
        if (!are_joined(from, to))
            continue;
        fprintf(out, "%zu\t%zu", p + 1, to->series);
        write_number(out, from->ratio[PEAK_RSS_KIB].middle);
        write_number(out, from->ratio[TIME].middle);
        write_number(out, to->ratio[PEAK_RSS_KIB].middle);
        write_number(out, to->ratio[TIME].middle);
        putc('\n', out);
    }
    free(points.cell);
}

void write_families(FILE *out, const ChartData *data)
{
    fputs("panel\tseries\trss\tcpu\tto_rss\tto_cpu\n", out);
    for (size_t p = 0; p < data->cells.panels; p++)
        write_family_lines(out, &data->cells, p);
}

/* ---- Names ------------------------------------------------------------------------------------------------------------- */

static double to_pixels(double ratio, Range axis, double length)
{
    return length * log(ratio / axis.lo) / log(axis.hi / axis.lo);
}

static double to_ratio(double pixels, Range axis, double length)
{
    return axis.lo * pow(axis.hi / axis.lo, pixels / length);
}

static double x_of(double rss, const Axes *axes)
{
    return to_pixels(rss, axes->rss, PANEL_WIDTH);
}

static double y_of(double cpu, const Axes *axes)
{
    return to_pixels(cpu, axes->cpu, PANEL_HEIGHT);
}

/* The first of a strategy in the panel bears its whole name; the others, which lines join to it, only what sets them apart. */
static const char *name_of(const Points *points, size_t i)
{
    const ChartCell *cell = points->cell[i];
    for (size_t j = 0; j < i; j++)
        if (texts_equal(points->cell[j]->strategy, cell->strategy))
            return cell->label + strlen(cell->strategy) + 1;
    return cell->label;
}

static Label label_for(const Points *points, size_t i, const Axes *axes)
{
    Interval x = points->cell[i]->ratio[PEAK_RSS_KIB], y = points->cell[i]->ratio[TIME];
    return (Label){
        .x = x_of(x.middle, axes),
        .y = y_of(y.middle, axes),
        .whiskers = { x_of(reach_of(x).lo, axes), y_of(reach_of(y).lo, axes),
                      x_of(reach_of(x).hi, axes), y_of(reach_of(y).hi, axes) },
        .width = label_width(name_of(points, i)),
    };
}

/* from_x and from_y: where the line to a name begins that stands apart from its point. */
static void write_label(FILE *out, const Label *l, const ChartCell *cell, const Axes *axes)
{
    fprintf(out, "\t%d", l->side);
    write_number(out, to_ratio(l->at_x, axes->rss, PANEL_WIDTH));
    write_number(out, to_ratio(l->at_y, axes->cpu, PANEL_HEIGHT));
    write_number(out, l->apart ? cell->ratio[PEAK_RSS_KIB].middle : NAN);
    write_number(out, l->apart ? cell->ratio[TIME].middle : NAN);
    putc('\n', out);
}

static Box line_between(double x, double y, double to_x, double to_y)
{
    const double half = 2; /* pixels that a name keeps from the line */
    return (Box){ fmin(x, to_x) - half, fmin(y, to_y) - half, fmax(x, to_x) + half, fmax(y, to_y) + half };
}

static void add_family_lines(Surroundings *around, const ChartCells *cells, const Panel *panel, const Axes *axes)
{
    Points points = families_of(cells, panel);
    around->line = memory_new(points.count, sizeof *around->line);
    for (size_t i = 1; i < points.count; i++) {
        const Interval *from = points.cell[i - 1]->ratio, *to = points.cell[i]->ratio;
        if (are_joined(points.cell[i - 1], points.cell[i]))
            around->line[around->lines++] = (Line){
                x_of(from[PEAK_RSS_KIB].middle, axes), y_of(from[TIME].middle, axes),
                x_of(to[PEAK_RSS_KIB].middle, axes), y_of(to[TIME].middle, axes),
            };
    }
    free(points.cell);
}

/* What is drawn in a panel besides points: the lines at 1, the front's steps, and what joins configurations. */
static Surroundings surroundings_of(const ChartCells *cells, const Panel *panel, const Axes *axes)
{
    FrontLine front = front_line(cells, panel);
    Box *taken = memory_new(2 + 2 * front.places, sizeof *taken);
    size_t boxes = 0;
    taken[boxes++] = line_between(x_of(1, axes), 0, x_of(1, axes), PANEL_HEIGHT);
    taken[boxes++] = line_between(0, y_of(1, axes), PANEL_WIDTH, y_of(1, axes));
    for (size_t i = 1; i < front.places; i++) {
        double x = x_of(front.place[i - 1].rss, axes), to_x = x_of(front.place[i].rss, axes);
        double y = y_of(front.place[i - 1].cpu, axes), to_y = y_of(front.place[i].cpu, axes);
        taken[boxes++] = line_between(x, y, to_x, y);
        taken[boxes++] = line_between(to_x, y, to_x, to_y);
    }
    free(front.place);
    Surroundings around = { .panel = { 0, 0, PANEL_WIDTH, PANEL_HEIGHT }, .taken = taken, .boxes = boxes };
    add_family_lines(&around, cells, panel, axes);
    return around;
}

static void write_panel_labels(FILE *out, const ChartCells *cells, size_t p)
{
    Points points = points_of(cells, &cells->panel[p]);
    Axes axes = axes_of(cells, &cells->panel[p]);
    Surroundings around = surroundings_of(cells, &cells->panel[p], &axes);
    Label *label = memory_new(points.count, sizeof *label);
    for (size_t i = 0; i < points.count; i++)
        label[i] = label_for(&points, i, &axes);
    place_labels(label, points.count, &around);
    for (size_t i = 0; i < points.count; i++) {
        fprintf(out, "%zu\t%zu\t%s", p + 1, points.cell[i]->series, name_of(&points, i));
        write_label(out, &label[i], points.cell[i], &axes);
    }
    free(label);
    free(around.taken);
    free(around.line);
    free(points.cell);
}

void write_labels(FILE *out, const ChartData *data)
{
    fputs("panel\tseries\tname\tside\tx\ty\tfrom_x\tfrom_y\n", out);
    for (size_t p = 0; p < data->cells.panels; p++)
        write_panel_labels(out, &data->cells, p);
}
