/* What the axes span, and how numbers are written. */
#include "chart_tables.h"

Interval reach_of(Interval i)
{
    return isnan(i.lo) ? (Interval){ i.middle, i.middle, i.middle } : i;
}

void range_include(Range *range, Interval i, double unit)
{
    i = reach_of(i);
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

/* The range comes to span what the panel's cells and its control have. */
static void include_panel(Range *range, const ChartCells *cells, const Panel *panel, Interval (*of)(const ChartCell *),
                          double unit)
{
    for (size_t i = 0; i < cells->cells; i++)
        if (in_panel(&cells->cell[i], panel) || is_control_of(&cells->cell[i], panel))
            range_include(range, of(&cells->cell[i]), unit);
}

static Interval cpu_ratio(const ChartCell *cell)
{
    return cell->ratio[TIME];
}

static Interval rss_ratio(const ChartCell *cell)
{
    return cell->ratio[PEAK_RSS_KIB];
}

static Interval peak(const ChartCell *cell)
{
    return cell->value[PEAK_RSS_KIB];
}

void measure_axes(ChartData *data)
{
    Range cpu = { 1, 1 }, mib = NOTHING;
    for (size_t p = 0; p < data->cells.panels; p++) {
        include_panel(&cpu, &data->cells, &data->cells.panel[p], cpu_ratio, 1);
        include_panel(&mib, &data->cells, &data->cells.panel[p], peak, 1024);
    }
    data->cpu = range_roomy(cpu);
    data->mib = range_roomy(mib);
}

Axes axes_of(const ChartCells *cells, const Panel *panel)
{
    Axes axes = { { 1, 1 }, { 1, 1 } };
    include_panel(&axes.rss, cells, panel, rss_ratio, 1);
    include_panel(&axes.cpu, cells, panel, cpu_ratio, 1);
    return (Axes){ range_roomy(axes.rss), range_roomy(axes.cpu) };
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
