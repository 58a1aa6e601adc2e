/* The panels, and the cells in them. */
#include "chart_tables.h"

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

/* In what the same program came to when it was run twice, a difference means nothing: as far as its interval goes to either side
 * of 1, for the two could as well have changed places. */
static Range band_of(const ChartCells *cells, const Panel *panel, Metric metric)
{
    Range control = { NAN, NAN };
    for (size_t i = 0; i < cells->cells; i++)
        if (is_control_of(&cells->cell[i], panel))
            range_include(&control, cells->cell[i].ratio[metric], 1);
    double farthest = fmax(1 / control.lo, control.hi);
    return (Range){ 1 / farthest, farthest };
}

/* With the panel's rows of cells.tsv, counted from 0, the bands around 1, and the axes of the scatter. */
void write_panels(FILE *out, const ChartData *data)
{
    size_t first = 0;
    fputs("panel\ttitle\tsize\tfirst\tlast\tcpu_band_lo\tcpu_band_hi\trss_band_lo\trss_band_hi\t"
          "cpu_lo\tcpu_hi\trss_lo\trss_hi\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        const Panel *panel = &data->cells.panel[p];
        size_t count = cells_in(&data->cells, panel);
        fprintf(out, "%zu\t", p + 1);
        write_title(out, panel, data->are_means);
        fprintf(out, "\t%zu\t%zu", first, first + count - 1);
        first += count;
        write_range(out, band_of(&data->cells, panel, TIME));
        write_range(out, band_of(&data->cells, panel, PEAK_RSS_KIB));
        Axes axes = axes_of(&data->cells, panel);
        write_range(out, axes.cpu);
        write_range(out, axes.rss);
        putc('\n', out);
    }
}

void write_cells(FILE *out, const ChartData *data)
{
    fputs("panel\tseries\tfailure\tgap\tcpu\tcpu_lo\tcpu_hi\trss\trss_lo\trss_hi\tmib\tmib_lo\tmib_hi\n", out);
    for (size_t p = 0; p < data->cells.panels; p++)
        for (size_t i = 0; i < data->cells.cells; i++) {
            const ChartCell *cell = &data->cells.cell[i];
            if (!in_panel(cell, &data->cells.panel[p]))
                continue;
            fprintf(out, "%zu\t%zu\t%s\t%s", p + 1, cell->series, cell->failure, gap_of(cell));
            write_interval(out, cell->ratio[TIME], 1);
            write_interval(out, cell->ratio[PEAK_RSS_KIB], 1);
            write_interval(out, cell->value[PEAK_RSS_KIB], 1024);
            putc('\n', out);
        }
}
