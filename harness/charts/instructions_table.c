/* What each cell's instructions are for, in multiples of what the baseline's cell takes, its start not counted; of a class, the
 * geometric mean of these multiples, divided as the cells' instructions are on average. */
#include "chart_tables.h"
#include "count_rows.h"
#include "manifest.h"
#include "memory.h"

#include <stdlib.h>

static const char *const part_names[] = {
    [WORK] = "work", [ALLOCATE] = "allocate", [BARRIER] = "barrier", [RELEASE] = "release", [COLLECT] = "collect",
    [TEARDOWN] = "teardown",
};

#define DRAWN (sizeof part_names / sizeof *part_names)

/* The rows of instructions.csv that are split, and where they belong. */
typedef struct Rows {
    const Instructions *row;
    size_t rows;
    size_t *panel, *series; /* of each, from 1; 0: none */
    size_t baseline;        /* the number of its series */
} Rows;

typedef struct Bar {
    double part[DRAWN];
    double total;  /* NAN: there is none */
} Bar;

/* The panel that shows the class of the cell's workload. */
static size_t class_panel(const ChartData *data, const Cell *cell)
{
    const char *class = manifest_class(data->sources->manifest, cell->workload);
    for (size_t p = 0; p < data->cells.panels; p++)
        if (texts_equal(data->cells.panel[p].workload, class))
            return p + 1;
    return 0;
}

static size_t series_labelled(const ChartCells *cells, const char *label)
{
    size_t s = 0;
    while (s < cells->series_count && !texts_equal(cells->series[s].label, label))
        s++;
    return s + 1;
}

static Rows rows_of(const ChartData *data)
{
    const Sheet *sheet = source_rows(data->sources, "instructions.csv", &instructions_layout);
    Rows all = { .row = sheet->row, .rows = sheet->rows, .panel = memory_new(sheet->rows + 1, sizeof *all.panel),
                 .series = memory_new(sheet->rows + 1, sizeof *all.series),
                 .baseline = series_labelled(&data->cells, baseline_label(&data->cells)) };
    for (size_t i = 0; i < all.rows; i++) {
        const Instructions *row = &all.row[i];
        if (!row->part[WORK].known || !(instructions_without_start(row) > 0))
            continue;
        all.panel[i] = data->are_means ? class_panel(data, &row->cell) : panel_number(&data->cells, &row->cell);
        all.series[i] = series_number_of(&data->cells, &row->cell);
    }
    return all;
}

/* The series' row of the same variant as this one; NULL: it was not counted there. */
static const Instructions *counterpart(const Rows *all, const Instructions *row, size_t series)
{
    for (size_t i = 0; i < all->rows; i++)
        if (all->series[i] == series && same_variant(&all->row[i].cell, &row->cell))
            return &all->row[i];
    return NULL;
}

/* A series that was not counted in every variant that the baseline was has no bar: it could not be compared. */
static Bar bar_of(const Rows *all, size_t panel, size_t series)
{
    Bar bar = { .total = NAN };
    double logs = 0, count = 0;
    for (size_t i = 0; i < all->rows; i++) {
        if (all->panel[i] != panel || all->series[i] != all->baseline)
            continue;
        const Instructions *row = counterpart(all, &all->row[i], series);
        if (row == NULL)
            return bar;
        double total = instructions_without_start(row);
        logs += log(total / instructions_without_start(&all->row[i]));
        for (Purpose p = 0; p < DRAWN; p++)
            bar.part[p] += (double)row->part[p].value / total;
        count++;
    }
    bar.total = count ? exp(logs / count) : NAN;
    for (Purpose p = 0; p < DRAWN && count; p++)
        bar.part[p] *= bar.total / count;
    return bar;
}

static void write_parts(FILE *out, size_t panel, size_t series, const Bar *bar)
{
    double from = 0;
    for (Purpose p = 0; p < DRAWN; p++) {
        fprintf(out, "%zu\t%zu\t%s", panel, series, part_names[p]);
        write_number(out, from);
        write_number(out, from += bar->part[p]);
        putc('\n', out);
    }
}

void write_instructions(FILE *out, const ChartData *data)
{
    Rows all = rows_of(data);
    fputs("panel\tseries\tpart\tfrom\tto\n", out);
    for (size_t p = 1; p <= data->cells.panels; p++)
        for (size_t s = 1; s <= data->cells.series_count; s++) {
            Bar bar = bar_of(&all, p, s);
            if (!isnan(bar.total))
                write_parts(out, p, s, &bar);
        }
    free(all.panel);
    free(all.series);
}
