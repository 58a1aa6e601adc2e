/* Time against memory: names beside points, and the front. */
#include "chart_tables.h"

#include "labels.h"
#include "memory.h"

#include <stdlib.h>

static Points points_of(const ChartCells *cells, const Panel *panel)
{
    Points points = { .cell = memory_new(cells->cells, sizeof *points.cell) };
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *cell = &cells->cell[i];
        if (in_panel(cell, panel) && !isnan(cell->ratio[TIME].middle) && !isnan(cell->ratio[PEAK_RSS_KIB].middle))
            points.cell[points.count++] = cell;
    }
    return points;
}

static int by_memory_then_time(const void *a, const void *b)
{
    const ChartCell *p = *(const ChartCell *const *)a, *q = *(const ChartCell *const *)b;
    double px = p->ratio[PEAK_RSS_KIB].middle, qx = q->ratio[PEAK_RSS_KIB].middle;
    double py = p->ratio[TIME].middle, qy = q->ratio[TIME].middle;
    return px != qx ? (px > qx) - (px < qx) : (py > qy) - (py < qy);
}

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
static FrontLine front_line(const ChartData *data, const Panel *panel)
{
    Points front = front_of(&data->cells, panel);
    FrontLine line = { .place = memory_new(front.count + 2, sizeof *line.place) };
    for (size_t i = 0; i < front.count; i++)
        line.place[i + 1] = (Place){ front.cell[i]->ratio[PEAK_RSS_KIB].middle, front.cell[i]->ratio[TIME].middle };
    if (front.count) {
        line.places = front.count + 2;
        line.place[0] = (Place){ line.place[1].rss, data->cpu.hi };
        line.place[front.count + 1] = (Place){ data->rss.hi, line.place[front.count].cpu };
    }
    free(front.cell);
    return line;
}

void write_front(FILE *out, const ChartData *data)
{
    fputs("panel\trss\tcpu\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        FrontLine line = front_line(data, &data->cells.panel[p]);
        for (size_t i = 0; i < line.places; i++) {
            fprintf(out, "%zu", p + 1);
            write_number(out, line.place[i].rss);
            write_number(out, line.place[i].cpu);
            putc('\n', out);
        }
        free(line.place);
    }
}

static double to_pixels(double ratio, Range axis, double length)
{
    return length * log(ratio / axis.lo) / log(axis.hi / axis.lo);
}

static double to_ratio(double pixels, Range axis, double length)
{
    return axis.lo * pow(axis.hi / axis.lo, pixels / length);
}

static double x_of(double rss, const ChartData *data)
{
    return to_pixels(rss, data->rss, PANEL_WIDTH);
}

static double y_of(double cpu, const ChartData *data)
{
    return to_pixels(cpu, data->cpu, PANEL_HEIGHT);
}

static Label label_for(const ChartCell *cell, const ChartData *data)
{
    Interval x = cell->ratio[PEAK_RSS_KIB], y = cell->ratio[TIME];
    return (Label){
        .x = x_of(x.middle, data),
        .y = y_of(y.middle, data),
        .whiskers = { x_of(x.lo, data), y_of(y.lo, data), x_of(x.hi, data), y_of(y.hi, data) },
        .width = label_width(cell->strategy),
    };
}

/* from_x and from_y: where the line to a name begins that stands apart from its point. */
static void write_label(FILE *out, const Label *l, const ChartCell *cell, const ChartData *data)
{
    fprintf(out, "\t%s\t%d", cell->strategy, l->side);
    write_number(out, to_ratio(l->at_x, data->rss, PANEL_WIDTH));
    write_number(out, to_ratio(l->at_y, data->cpu, PANEL_HEIGHT));
    write_number(out, l->apart ? cell->ratio[PEAK_RSS_KIB].middle : NAN);
    write_number(out, l->apart ? cell->ratio[TIME].middle : NAN);
    putc('\n', out);
}

static Box line_between(double x, double y, double to_x, double to_y)
{
    const double half = 2; /* pixels that a name keeps from the line */
    return (Box){ fmin(x, to_x) - half, fmin(y, to_y) - half, fmax(x, to_x) + half, fmax(y, to_y) + half };
}

/* What is drawn in a panel besides points: the lines at 1, and the front's steps. */
static Surroundings surroundings_of(const ChartData *data, const Panel *panel)
{
    FrontLine front = front_line(data, panel);
    Box *taken = memory_new(2 + 2 * front.places, sizeof *taken);
    size_t boxes = 0;
    taken[boxes++] = line_between(x_of(1, data), 0, x_of(1, data), PANEL_HEIGHT);
    taken[boxes++] = line_between(0, y_of(1, data), PANEL_WIDTH, y_of(1, data));
    for (size_t i = 1; i < front.places; i++) {
        double x = x_of(front.place[i - 1].rss, data), to_x = x_of(front.place[i].rss, data);
        double y = y_of(front.place[i - 1].cpu, data), to_y = y_of(front.place[i].cpu, data);
        taken[boxes++] = line_between(x, y, to_x, y);
        taken[boxes++] = line_between(to_x, y, to_x, to_y);
    }
    free(front.place);
    return (Surroundings){ { 0, 0, PANEL_WIDTH, PANEL_HEIGHT }, taken, boxes };
}

void write_labels(FILE *out, const ChartData *data)
{
    fputs("panel\tstrategy\tside\tx\ty\tfrom_x\tfrom_y\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        Points points = points_of(&data->cells, &data->cells.panel[p]);
        Surroundings around = surroundings_of(data, &data->cells.panel[p]);
        Label *label = memory_new(points.count, sizeof *label);
        for (size_t i = 0; i < points.count; i++)
            label[i] = label_for(points.cell[i], data);
        place_labels(label, points.count, &around);
        for (size_t i = 0; i < points.count; i++) {
            fprintf(out, "%zu", p + 1);
            write_label(out, &label[i], points.cell[i], data);
        }
        free(label);
        free((Box *)around.taken);
        free(points.cell);
    }
}
