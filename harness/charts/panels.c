/* The panels, and the cells in them. */
#include "chart_tables.h"

#include "noise.h"

#include <inttypes.h>

/* A size in as few letters as say it exactly: 1M for 1000000. */
static void write_size(FILE *out, uint64_t size)
{
    const uint64_t thousand = 1000, million = thousand * thousand;
    uint64_t unit = size % million == 0 ? million : size % thousand == 0 ? thousand : 1;
    fprintf(out, "%" PRIu64 "%s", size / unit, unit == million ? "M" : unit == thousand ? "k" : "");
}

/* The title, and what stands at its other end. */
static void write_title(FILE *out, const Panel *panel, bool are_means)
{
    if (are_means) {
        fprintf(out, "%s · %" PRIu64 " variant%s\t", panel->workload, panel->size, panel->size == 1 ? "" : "s");
        return;
    }
    fprintf(out, "%s · %s\tn = ", panel->workload, panel->variant);
    write_size(out, panel->size);
}

static size_t cells_in(const ChartCells *cells, const Panel *panel)
{
    size_t count = 0;
    for (size_t i = 0; i < cells->cells; i++)
        count += in_panel(&cells->cell[i], panel);
    return count;
}

/* In what the same program comes to when it is run twice, a difference means nothing: the band that verdicts are made by. */
static Range band_around_1(const ChartCells *cells, Metric metric)
{
    double farthest = noise_of(&cells->summary, metric_name(metric)).band;
    return (Range){ 1 / farthest, farthest };
}

/* With the panel's rows of cells.tsv, counted from 0, the bands around 1, and the axes of the scatter. */
void write_panels(FILE *out, const ChartData *data)
{
    size_t first = 0;
    Range cpu_band = band_around_1(&data->cells, TIME), rss_band = band_around_1(&data->cells, PEAK_RSS_KIB);
    fputs("panel\ttitle\tsize\tfirst\tlast\tcpu_band_lo\tcpu_band_hi\trss_band_lo\trss_band_hi\t"
          "cpu_lo\tcpu_hi\trss_lo\trss_hi\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        const Panel *panel = &data->cells.panel[p];
        size_t count = cells_in(&data->cells, panel);
        fprintf(out, "%zu\t", p + 1);
        write_title(out, panel, data->are_means);
        fprintf(out, "\t%zu\t%zu", first, first + count - 1);
        first += count;
        write_range(out, cpu_band);
        write_range(out, rss_band);
        Axes axes = axes_of(&data->cells, panel);
        write_range(out, axes.cpu);
        write_range(out, axes.rss);
        putc('\n', out);
    }
}

/* Whether the cell may be said to differ from the baseline's. */
static bool is_told(const ChartCell *cell, Metric metric)
{
    return cell->verdict[metric] == LESS || cell->verdict[metric] == MORE;
}

void write_cells(FILE *out, const ChartData *data)
{
    fputs("panel\tseries\tfailure\tgap\tcpu\tcpu_lo\tcpu_hi\trss\trss_lo\trss_hi\tmib\tmib_lo\tmib_hi\t"
          "cpu_told\trss_told\n", out);
    for (size_t p = 0; p < data->cells.panels; p++)
        for (size_t i = 0; i < data->cells.cells; i++) {
            const ChartCell *cell = &data->cells.cell[i];
            if (!in_panel(cell, &data->cells.panel[p]))
                continue;
            fprintf(out, "%zu\t%zu\t%s\t%s", p + 1, cell->series, cell->failure, gap_of(cell));
            write_interval(out, cell->ratio[TIME], 1);
            write_interval(out, cell->ratio[PEAK_RSS_KIB], 1);
            write_interval(out, cell->value[PEAK_RSS_KIB], 1024);
            fprintf(out, "\t%d\t%d", is_told(cell, TIME), is_told(cell, PEAK_RSS_KIB));
            putc('\n', out);
        }
}
