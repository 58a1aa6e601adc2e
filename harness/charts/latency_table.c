/* How late requests were answered, by the part of them that waited longer. */
#include "count_rows.h"
#include "curves.h"
#include "pause_summary.h"

static const double us = 1e3; /* ns */

/* The request that waited longest is drawn where one in all of them is. */
static double one_in(const LatencyRow *row)
{
    return row->percentile == 100 ? (double)row->requests.value : 100 / (100 - row->percentile);
}

static double score(const ChartData *data, const Panel *panel, uint64_t *size)
{
    const Sheet *sheet = source_rows(data->sources, "latency.csv", &latency_layout);
    const LatencyRow *row = sheet->row;
    double rows = 0;
    for (size_t i = 0; i < sheet->rows; i++)
        if (is_of_panel(&row[i].cell, panel)) {
            *size = row[i].cell.size;
            rows++;
        }
    return rows > 0 ? rows : NAN;
}

static const LatencyRow *row_at(const LatencyRow *row, const LatencyRow *end, double percentile)
{
    for (const LatencyRow *first = row; row < end && cells_equal(&row->cell, &first->cell); row++)
        if (row->percentile == percentile)
            return row;
    return NULL;
}

static const char *words_of(Curves *curves, const LatencyRow *row, const LatencyRow *p99)
{
    if (row->status != OK)
        return "× failed";
    if (row->saturated)
        return "cannot keep up";
    return p99 ? time_words(&curves->pool, p99->latency_ns) : "";
}

/* Returns the first row that is of another cell. */
static const LatencyRow *add_curve(Curves *curves, size_t panel, const LatencyRow *row, const LatencyRow *end)
{
    const LatencyRow *first = row, *p99 = row_at(row, end, 99);
    size_t series = is_of_panel(&row->cell, curves->chosen[panel].panel) ? series_number_of(&curves->data->cells, &row->cell) : 0;
    if (series)
        curves_add(curves, panel, series, p99 ? p99->latency_ns : NAN, words_of(curves, first, p99));
    for (; row < end && cells_equal(&row->cell, &first->cell); row++)
        if (series && !isnan(row->latency_ns))
            curves_point(curves, one_in(row), row->latency_ns / us);
    return row;
}

static Curves latency_curves(const ChartData *data)
{
    Curves curves = curves_begin(data, score);
    const Sheet *sheet = source_rows(data->sources, "latency.csv", &latency_layout);
    const LatencyRow *begin = sheet->row, *end = begin + sheet->rows;
    for (size_t p = 0; p < curves.panels; p++) {
        curves.figure_words[p] = "99% within";
        for (const LatencyRow *row = begin; row < end;)
            row = add_curve(&curves, p, row, end);
    }
    curves_complete(&curves, "not measured");
    curves.floor = hiccup_floor_ns(data->sources->run_folder, &curves.pool) / us;
    return curves;
}

void write_latency(FILE *out, const ChartData *data)
{
    Curves curves = latency_curves(data);
    curves_write_points(out, &curves);
    curves_free(&curves);
}

void write_latency_lines(FILE *out, const ChartData *data)
{
    Curves curves = latency_curves(data);
    curves_write_lines(out, &curves);
    curves_free(&curves);
}
