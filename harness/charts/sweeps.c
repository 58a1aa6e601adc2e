/* A list and a generator over several sizes. */
#include "chart_tables.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The first series of a strategy is the strategy as it usually is. */
static bool is_usual(const ChartCells *cells, const ChartCell *cell)
{
    size_t i = series_number(cells, cell) - 1;
    return i == 0 || !texts_equal(cells->series[i - 1].cell->strategy, cell->strategy);
}

static bool is_list_or_generator(const ChartCells *cells, const ChartCell *cell)
{
    bool is_either = texts_equal(cell->variant, "list") || texts_equal(cell->variant, "generator");
    return is_either && !cell->control && is_usual(cells, cell);
}

/* Whether the cell is one of a workload that has both variants, at more than one size. */
static bool is_swept(const ChartCells *cells, const ChartCell *cell)
{
    bool sizes = false, variants = false;
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *other = &cells->cell[i];
        if (texts_equal(other->workload, cell->workload) && is_list_or_generator(cells, other)) {
            sizes |= other->size != cell->size;
            variants |= !texts_equal(other->variant, cell->variant);
        }
    }
    return is_list_or_generator(cells, cell) && sizes && variants;
}

/* The clock counts nanoseconds: what took none took less than one. */
static Interval at_least_a_tick(Interval s)
{
    const double tick_s = 1e-9;
    return isnan(s.middle) ? s : (Interval){ fmax(s.middle, tick_s), fmax(s.lo, tick_s), fmax(s.hi, tick_s) };
}

static double items_per_ns(const ChartCell *cell)
{
    return 1e-9 * cell->size;
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
static size_t write_sweep(FILE *out, const Points *swept, size_t first)
{
    Range size = NOTHING, item = NOTHING, mib = NOTHING;
    const char *workload = swept->cell[first]->workload;
    size_t i = first;
    for (; i < swept->count && texts_equal(swept->cell[i]->workload, workload); i++) {
        const ChartCell *cell = swept->cell[i];
        range_include(&size, (Interval){ cell->size, cell->size, cell->size }, 1);
        range_include(&item, at_least_a_tick(cell->value[WORK_S]), items_per_ns(cell));
        range_include(&mib, cell->value[PEAK_RSS_KIB], 1024);
    }
    fputs(workload, out);
    write_range(out, (Range){ size.lo / 2, size.hi * 2 });
    write_range(out, range_roomy(item));
    write_range(out, range_roomy(mib));
    putc('\n', out);
    return i;
}

void write_sweeps(FILE *out, const ChartData *data)
{
    Points swept = swept_points(&data->cells);
    fputs("workload\tsize_lo\tsize_hi\titem_ns_lo\titem_ns_hi\tmib_lo\tmib_hi\n", out);
    for (size_t i = 0; i < swept.count;)
        i = write_sweep(out, &swept, i);
    free(swept.cell);
}

void write_list_generator(FILE *out, const ChartData *data)
{
    Points swept = swept_points(&data->cells);
    fputs("workload\tvariant\tseries\tsize\tfailure\titem_ns\titem_ns_lo\titem_ns_hi\tmib\tmib_lo\tmib_hi\n", out);
    for (size_t i = 0; i < swept.count; i++) {
        const ChartCell *cell = swept.cell[i];
        fprintf(out, "%s\t%s\t%zu\t%" PRIu64 "\t%s", cell->workload, cell->variant, series_number(&data->cells, cell),
                cell->size, cell->failure);
        write_interval(out, at_least_a_tick(cell->value[WORK_S]), items_per_ns(cell));
        write_interval(out, cell->value[PEAK_RSS_KIB], 1024);
        putc('\n', out);
    }
    free(swept.cell);
}
