/* What the axes span, and how numbers are written. */
#include "chart_tables.h"

void range_include(Range *range, Interval i, double unit)
{
    range->lo = fmin(range->lo, i.lo / unit); /* fmin and fmax pass over NAN */
    range->hi = fmax(range->hi, i.hi / unit);
}

/* A twentieth more at each end and no less than an octave in all, so that noise around 1 does not fill a chart. */
Range range_roomy(Range range)
{
    if (range.hi <= 0)
        return (Range){ 1, 2 };
    double middle = log2(range.lo * range.hi) / 2;
    double half = fmax(0.5, 0.55 * log2(range.hi / range.lo));
    return (Range){ exp2(middle - half), exp2(middle + half) };
}

void measure_axes(ChartData *data)
{
    Range mib = NOTHING;
    data->cpu = data->rss = (Range){ 1, 1 };
    for (size_t p = 0; p < data->cells.panels; p++)
        for (size_t i = 0; i < data->cells.cells; i++) {
            const ChartCell *cell = &data->cells.cell[i];
            if (in_panel(cell, &data->cells.panel[p]) || is_control_of(cell, &data->cells.panel[p])) {
                range_include(&data->cpu, cell->ratio[TIME], 1);
                range_include(&data->rss, cell->ratio[PEAK_RSS_KIB], 1);
                range_include(&mib, cell->value[PEAK_RSS_KIB], 1024);
            }
        }
    data->cpu = range_roomy(data->cpu);
    data->rss = range_roomy(data->rss);
    data->mib = range_roomy(mib);
}

void write_number(FILE *out, double number)
{
    if (isnan(number))
        fputs("\tNA", out);
    else
        fprintf(out, "\t%.6g", number);
}

void write_interval(FILE *out, Interval i, double unit)
{
    write_number(out, i.middle / unit);
    write_number(out, i.lo / unit);
    write_number(out, i.hi / unit);
}

void write_range(FILE *out, Range range)
{
    write_number(out, range.lo);
    write_number(out, range.hi);
}
