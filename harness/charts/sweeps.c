/* A list and a generator over several sizes. */
#include "chart_tables.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Variants may be called list and generator, or list_hits and generator_hits: one of two sides, of what is behind it. */
static const char *const sides[] = { "generator", "list" };
enum { SIDES = 2, NO_SIDE = SIDES };

static int side_of(const ChartCell *cell)
{
    for (int side = 0; side < SIDES; side++) {
        size_t length = strlen(sides[side]);
        if (strncmp(cell->variant, sides[side], length) == 0 && (cell->variant[length] == '_' || cell->variant[length] == '\0'))
            return side;
    }
    return NO_SIDE;
}

/* What is behind it: empty, or `_hits`. */
static const char *rest_of(const ChartCell *cell)
{
    return cell->variant + strlen(sides[side_of(cell)]);
}

static bool is_of_a_side(const ChartCells *cells, const ChartCell *cell)
{
    return side_of(cell) != NO_SIDE && !cell->control && is_usual_series(cells, cell);
}

/* Whether there is the cell's other side, too, and more than one size. */
static bool is_of_a_pair(const ChartCells *cells, const ChartCell *cell)
{
    bool sizes = false, both = false;
    if (!is_of_a_side(cells, cell))
        return false;
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *other = &cells->cell[i];
        if (texts_equal(other->workload, cell->workload) && is_of_a_side(cells, other) &&
            texts_equal(rest_of(other), rest_of(cell))) {
            sizes |= other->size != cell->size;
            both |= side_of(other) != side_of(cell);
        }
    }
    return sizes && both;
}

/* Of a workload with several pairs the first is drawn: the others are as a rule much the same. */
static bool is_swept(const ChartCells *cells, const ChartCell *cell)
{
    if (!is_of_a_pair(cells, cell))
        return false;
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *other = &cells->cell[i];
        if (texts_equal(other->workload, cell->workload) && is_of_a_side(cells, other) &&
            strcmp(rest_of(other), rest_of(cell)) < 0 && is_of_a_pair(cells, other))
            return false;
    }
    return true;
}

/* Of work that took less than a nanosecond of the clock. What is NAN stays so. */
static double at_least_something(double ns)
{
    const double least_ns = 1e-3;
    return ns < least_ns ? least_ns : ns;
}

static Interval cost_of(const ChartCell *cell)
{
    Interval ns = cell->value[OPERATION_NS];
    return (Interval){ at_least_something(ns.middle), at_least_something(ns.lo), at_least_something(ns.hi) };
}

static int by_line_then_size(const void *a, const void *b)
{
    const ChartCell *p = *(const ChartCell *const *)a, *q = *(const ChartCell *const *)b;
    int order = strcmp(p->workload, q->workload);
    order = order ? order : strcmp(p->label, q->label);
    order = order ? order : strcmp(p->variant, q->variant);
    return order ? order : (p->size > q->size) - (p->size < q->size);
}

/* The points of a line stand together and in its order, since gnuplot draws a line from each row to the next. */
static Points swept_points(const ChartCells *cells)
{
    Points swept = { .cell = memory_new(cells->cells, sizeof *swept.cell) };
    for (size_t i = 0; i < cells->cells; i++)
        if (is_swept(cells, &cells->cell[i]))
            swept.cell[swept.count++] = &cells->cell[i];
    qsort(swept.cell, swept.count, sizeof *swept.cell, by_line_then_size);
    return swept;
}

/* The axes of one workload's panels, from the first of its points on; returns where the next one's begin. */
static size_t write_pair_axes(FILE *out, const Points *swept, size_t first)
{
    Range size = NOTHING, operation = NOTHING, mib = NOTHING;
    const char *workload = swept->cell[first]->workload;
    size_t i = first;
    for (; i < swept->count && texts_equal(swept->cell[i]->workload, workload); i++) {
        const ChartCell *cell = swept->cell[i];
        range_include(&size, (Interval){ cell->size, cell->size, cell->size }, 1);
        range_include(&operation, cost_of(cell), 1);
        range_include(&mib, cell->value[PEAK_RSS_KIB], 1024);
    }
    fprintf(out, "%s%s", workload, rest_of(swept->cell[first]));
    write_range(out, (Range){ size.lo / 2, size.hi * 2 });
    write_range(out, range_roomy(operation));
    write_range(out, range_roomy(mib));
    putc('\n', out);
    return i;
}

void write_sweeps(FILE *out, const ChartData *data)
{
    Points swept = swept_points(&data->cells);
    fputs("sweep\tsize_lo\tsize_hi\toperation_ns_lo\toperation_ns_hi\tmib_lo\tmib_hi\n", out);
    for (size_t i = 0; i < swept.count;)
        i = write_pair_axes(out, &swept, i);
    free(swept.cell);
}

void write_list_generator(FILE *out, const ChartData *data)
{
    Points swept = swept_points(&data->cells);
    fputs("sweep\tside\tseries\tsize\tfailure\toperation_ns\toperation_ns_lo\toperation_ns_hi\tmib\tmib_lo\tmib_hi\n", out);
    for (size_t i = 0; i < swept.count; i++) {
        const ChartCell *cell = swept.cell[i];
        fprintf(out, "%s%s\t%s\t%zu\t%" PRIu64 "\t%s", cell->workload, rest_of(cell), sides[side_of(cell)],
                cell->series, cell->size, cell->failure);
        write_interval(out, cost_of(cell), 1);
        write_interval(out, cell->value[PEAK_RSS_KIB], 1024);
        putc('\n', out);
    }
    free(swept.cell);
}
