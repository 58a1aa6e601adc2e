/* The overview: a row for each variant, classes apart, a column for each series, and a number where they meet. */
#include "chart_tables.h"

#include "manifest.h"
#include "memory.h"
#include "records.h"

#include <stdlib.h>

enum { LEVELS = 4 }; /* shades of less, and as many of more: each is half an octave, and the last all beyond */

/* A panel at its place among the rows. */
typedef struct HeatRow {
    const Panel *panel; /* NULL: the heading of the class */
    const char *class;
    size_t number;      /* of the panel in other tables, from 1 */
} HeatRow;

typedef struct HeatRows {
    HeatRow *row;
    size_t count;
} HeatRows;

static int by_class_then_number(const void *a, const void *b)
{
    const HeatRow *p = a, *q = b;
    int order = (int)class_rank(p->class) - (int)class_rank(q->class);
    return order ? order : (p->number > q->number) - (p->number < q->number);
}

static HeatRows rows_of(const ChartData *data)
{
    size_t panels = data->cells.panels;
    HeatRow *panel = memory_new(panels, sizeof *panel);
    for (size_t p = 0; p < panels; p++) {
        const Panel *shown = &data->cells.panel[p];
        panel[p] = (HeatRow){ shown, manifest_class(data->sources->manifest, shown->workload), p + 1 };
    }
    qsort(panel, panels, sizeof *panel, by_class_then_number);
    HeatRows rows = { .row = memory_new(panels + CLASS_NAMES + 1, sizeof *rows.row) };
    for (size_t p = 0; p < panels; p++) {
        bool known = class_rank(panel[p].class) < CLASS_NAMES; /* a manifest may say anything */
        if (known && (p == 0 || !texts_equal(panel[p].class, panel[p - 1].class)))
            rows.row[rows.count++] = (HeatRow){ NULL, panel[p].class, 0 };
        rows.row[rows.count++] = panel[p];
    }
    free(panel);
    return rows;
}

void write_heat_rows(FILE *out, const ChartData *data)
{
    fputs("row\tlabel\theading\n", out);
    HeatRows rows = rows_of(data);
    for (size_t r = 0; r < rows.count; r++) {
        const Panel *panel = rows.row[r].panel;
        if (panel)
            fprintf(out, "%zu\t%s · %s\t0\n", r + 1, panel->workload, panel->variant);
        else
            fprintf(out, "%zu\t%s\t1\n", r + 1, rows.row[r].class);
    }
    free(rows.row);
}

/* From -LEVELS, at most a quarter, to LEVELS, at least four times; 0 where it is not less or more. */
static int level_of(double ratio, Difference verdict)
{
    if (verdict != LESS && verdict != MORE)
        return 0;
    double level = ceil(fmin(fabs(2 * log2(ratio)), LEVELS));
    return (int)copysign(fmax(level, 1), log2(ratio));
}

/* Three letters at most: what does not fit a cell stands under the picture. */
static const char *mark_of(const char *failure)
{
    static const struct { const char *failure, *mark; } marks[] = {
        { "not supported", "–" }, { "out of memory", "M" }, { "wrong answer", "W" }, { "crash", "C" }, { "timeout", "T" },
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (texts_equal(failure, marks[i].failure))
            return marks[i].mark;
    return "×";
}

/* Two figures are what ratios are good for, and all that fits. */
static void write_ratio(FILE *out, double ratio)
{
    fprintf(out, ratio < 0.995 ? "%.2f" : ratio < 9.95 ? "%.1f" : ratio < 999.5 ? "%.0f" : "%.0e", ratio);
}

static void write_heat_cell(FILE *out, size_t row, const ChartCell *cell, Metric metric)
{
    double ratio = cell->ratio[metric].middle;
    fprintf(out, "%zu\t%zu\t", row, cell->series);
    if (isnan(ratio) || ratio <= 0)
        fprintf(out, "%s\t0\t1\n", mark_of(gap_of(cell)));
    else {
        write_ratio(out, ratio);
        fprintf(out, "%s\t%d\t0\n", *cell->failure ? "×" : "", level_of(ratio, cell->verdict[metric]));
    }
}

static void write_heat(FILE *out, const ChartData *data, Metric metric)
{
    fputs("row\tseries\ttext\tlevel\tmissing\n", out);
    HeatRows rows = rows_of(data);
    for (size_t r = 0; r < rows.count; r++)
        for (size_t i = 0; rows.row[r].panel && i < data->cells.cells; i++)
            if (in_panel(&data->cells.cell[i], rows.row[r].panel))
                write_heat_cell(out, r + 1, &data->cells.cell[i], metric);
    free(rows.row);
}

void write_heat_time(FILE *out, const ChartData *data)
{
    write_heat(out, data, TIME);
}

void write_heat_memory(FILE *out, const ChartData *data)
{
    write_heat(out, data, PEAK_RSS_KIB);
}
