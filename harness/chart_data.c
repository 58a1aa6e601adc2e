/* The tables are separated by tabs, since gnuplot 5.4 cuts a quoted CSV field at its first comma. gnuplot takes what is in them for
 * text and numbers and never runs it. */
#include "chart_data.h"

#include "chart_cells.h"
#include "fail.h"
#include "labels.h"
#include "memory.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A panel of the scatter, in pixels. The chart takes these from run.tsv, so that names land where they were placed. */
enum { PANEL_WIDTH = 326, PANEL_HEIGHT = 230 };

enum { NOTE_LETTERS = 56 };  /* that fit into one line under a panel */

typedef struct Range {
    double lo, hi;
} Range;

typedef struct ChartData {
    ChartCells cells;
    char *caption;
    Range cpu, rss; /* the axes: of the ratios, */
    Range mib;      /* of the peak, */
    Range size, item_ns, sweep_mib; /* and of the sweeps over sizes */
} ChartData;

static const Range nothing = { INFINITY, 0 };

/* ---- What an axis spans ------------------------------------------------------------------------------------------- */

static void include(Range *range, Interval i, double unit)
{
    range->lo = fmin(range->lo, i.lo / unit); /* fmin and fmax pass over NAN */
    range->hi = fmax(range->hi, i.hi / unit);
}

/* A twentieth more at each end and no less than an octave in all, so that noise around 1 does not fill a chart. */
static Range roomy(Range range)
{
    if (range.hi <= 0)
        return (Range){ 1, 2 };
    double middle = log2(range.lo * range.hi) / 2;
    double half = fmax(0.5, 0.55 * log2(range.hi / range.lo));
    return (Range){ exp2(middle - half), exp2(middle + half) };
}

/* Whole octaves, at least one. */
static Range octaves(Range range)
{
    if (range.hi <= 0)
        return (Range){ 1, 2 };
    double lo = floor(log2(range.lo));
    return (Range){ exp2(lo), exp2(fmax(lo + 1, ceil(log2(range.hi)))) };
}

static void measure_axes(ChartData *data)
{
    Range mib = nothing;
    data->cpu = data->rss = (Range){ 1, 1 };
    for (size_t p = 0; p < data->cells.panels; p++)
        for (size_t i = 0; i < data->cells.cells; i++) {
            const ChartCell *cell = &data->cells.cell[i];
            if (in_panel(cell, &data->cells.panel[p]) || is_control_of(cell, &data->cells.panel[p])) {
                include(&data->cpu, cell->ratio[CPU_S], 1);
                include(&data->rss, cell->ratio[PEAK_RSS_KIB], 1);
                include(&mib, cell->value[PEAK_RSS_KIB], 1024);
            }
        }
    data->cpu = roomy(data->cpu);
    data->rss = roomy(data->rss);
    data->mib = octaves(mib);
}

/* ---- Sweeps: a list and a generator over several sizes -------------------------------------------------------------- */

static bool is_list_or_generator(const ChartCell *cell)
{
    return !cell->control && (strcmp(cell->variant, "list") == 0 || strcmp(cell->variant, "generator") == 0);
}

/* Whether the cell is one of a workload that has both variants, at more than one size. */
static bool is_swept(const ChartCells *cells, const ChartCell *cell)
{
    bool sizes = false, variants = false;
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *other = &cells->cell[i];
        if (other->workload == cell->workload && is_list_or_generator(other)) {
            sizes |= other->size != cell->size;
            variants |= other->variant != cell->variant;
        }
    }
    return is_list_or_generator(cell) && sizes && variants;
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

static void measure_sweep_axes(ChartData *data)
{
    Range size = nothing, item = nothing, mib = nothing;
    for (size_t i = 0; i < data->cells.cells; i++) {
        const ChartCell *cell = &data->cells.cell[i];
        if (!is_swept(&data->cells, cell))
            continue;
        include(&size, (Interval){ cell->size, cell->size, cell->size }, 1);
        include(&item, at_least_a_tick(cell->value[WORK_S]), items_per_ns(cell));
        include(&mib, cell->value[PEAK_RSS_KIB], 1024);
    }
    data->size = (Range){ size.lo / 2, size.hi * 2 };
    data->item_ns = roomy(item);
    data->sweep_mib = roomy(mib);
}

/* ---- Notes: what has no point in a panel, and why ------------------------------------------------------------------- */

static const char no_baseline[] = "no baseline";

/* Why the cell has no ratio, or why not every trial counts; empty when all is well. */
static const char *gap_of(const ChartCell *cell)
{
    bool compared = !isnan(cell->ratio[CPU_S].middle) && !isnan(cell->ratio[PEAK_RSS_KIB].middle);
    return *cell->failure || compared ? cell->failure : no_baseline;
}

static void note_gap(FILE *out, const ChartCells *cells, const Panel *panel, const char *gap)
{
    int letters = fprintf(out, "× %s:", gap);
    const char *comma = "";
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *cell = &cells->cell[i];
        if (!in_panel(cell, panel) || gap_of(cell) != gap)
            continue;
        if (letters + strlen(cell->strategy) > NOTE_LETTERS)
            letters = fprintf(out, "%s\n  ", comma), comma = "";
        letters += fprintf(out, "%s %s", comma, cell->strategy);
        comma = ",";
    }
    putc('\n', out);
}

static bool is_first_with_its_gap(const ChartCells *cells, const Panel *panel, size_t cell)
{
    const char *gap = gap_of(&cells->cell[cell]);
    for (size_t i = 0; i < cell; i++)
        if (in_panel(&cells->cell[i], panel) && gap_of(&cells->cell[i]) == gap)
            return false;
    return *gap && in_panel(&cells->cell[cell], panel);
}

/* The lines under a panel, each ended by a line break. The caller frees them. */
static char *notes_of(const ChartCells *cells, const Panel *panel)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for the notes under a chart");
    for (size_t i = 0; i < cells->cells; i++)
        if (is_first_with_its_gap(cells, panel, i))
            note_gap(out, cells, panel, gap_of(&cells->cell[i]));
    fclose(out);
    return text;
}

static int lines_in(const char *text)
{
    int lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

static int most_note_lines(const ChartCells *cells)
{
    int most = 0;
    for (size_t p = 0; p < cells->panels; p++) {
        char *notes = notes_of(cells, &cells->panel[p]);
        most = lines_in(notes) > most ? lines_in(notes) : most;
        free(notes);
    }
    return most;
}

/* The strategy that was run twice in each block. */
static const char *baseline_of(const ChartCells *cells)
{
    for (size_t i = 0; i < cells->cells; i++)
        if (cells->cell[i].control)
            return cells->cell[i].strategy;
    return "the baseline";
}

/* ---- The tables ----------------------------------------------------------------------------------------------------- */

static void write_number(FILE *out, double number)
{
    if (isnan(number))
        fputs("\tNA", out);
    else
        fprintf(out, "\t%.6g", number);
}

static void write_interval(FILE *out, Interval i, double unit)
{
    write_number(out, i.middle / unit);
    write_number(out, i.lo / unit);
    write_number(out, i.hi / unit);
}

static void write_range(FILE *out, Range range)
{
    write_number(out, range.lo);
    write_number(out, range.hi);
}

static void write_run(FILE *out, const ChartData *data)
{
    fputs("caption\tbaseline\tpanels\tnote_lines\tpanel_width\tpanel_height\tcpu_lo\tcpu_hi\trss_lo\trss_hi\tmib_lo\tmib_hi"
          "\tsize_lo\tsize_hi\titem_lo\titem_hi\tsweep_mib_lo\tsweep_mib_hi\n", out);
    fprintf(out, "%s\t%s\t%zu\t%d\t%d\t%d", data->caption, baseline_of(&data->cells), data->cells.panels,
            most_note_lines(&data->cells), PANEL_WIDTH, PANEL_HEIGHT);
    const Range axes[] = { data->cpu, data->rss, data->mib, data->size, data->item_ns, data->sweep_mib };
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
        write_range(out, axes[i]);
    putc('\n', out);
}

static void write_strategies(FILE *out, const ChartData *data)
{
    fputs("strategy\n", out);
    for (size_t i = 0; i < data->cells.strategies; i++)
        fprintf(out, "%s\n", data->cells.strategy[i]);
}

/* A size in as few letters as say it exactly: 1M for 1000000. */
static void write_size(FILE *out, uint64_t size)
{
    const uint64_t thousand = 1000, million = thousand * thousand;
    uint64_t unit = size % million == 0 ? million : size % thousand == 0 ? thousand : 1;
    fprintf(out, "%" PRIu64 "%s", size / unit, unit == million ? "M" : unit == thousand ? "k" : "");
}

/* With the A/A control's intervals, in which a difference means nothing. */
static void write_panels(FILE *out, const ChartData *data)
{
    fputs("panel\tworkload\tvariant\tsize\tcpu_band_lo\tcpu_band_hi\trss_band_lo\trss_band_hi\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        const Panel *panel = &data->cells.panel[p];
        Range cpu = { NAN, NAN }, rss = { NAN, NAN };
        for (size_t i = 0; i < data->cells.cells; i++)
            if (is_control_of(&data->cells.cell[i], panel)) {
                include(&cpu, data->cells.cell[i].ratio[CPU_S], 1);
                include(&rss, data->cells.cell[i].ratio[PEAK_RSS_KIB], 1);
            }
        fprintf(out, "%zu\t%s\t%s\t", p + 1, panel->workload, panel->variant);
        write_size(out, panel->size);
        write_range(out, cpu);
        write_range(out, rss);
        putc('\n', out);
    }
}

static void write_cells(FILE *out, const ChartData *data)
{
    fputs("panel\tstrategy\tfailure\tgap\tcpu\tcpu_lo\tcpu_hi\trss\trss_lo\trss_hi\tmib\tmib_lo\tmib_hi\n", out);
    for (size_t p = 0; p < data->cells.panels; p++)
        for (size_t i = 0; i < data->cells.cells; i++) {
            const ChartCell *cell = &data->cells.cell[i];
            if (!in_panel(cell, &data->cells.panel[p]))
                continue;
            fprintf(out, "%zu\t%s\t%s\t%s", p + 1, cell->strategy, cell->failure, gap_of(cell));
            write_interval(out, cell->ratio[CPU_S], 1);
            write_interval(out, cell->ratio[PEAK_RSS_KIB], 1);
            write_interval(out, cell->value[PEAK_RSS_KIB], 1024);
            putc('\n', out);
        }
}

static void write_notes(FILE *out, const ChartData *data)
{
    fputs("panel\tline\ttext\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        char *notes = notes_of(&data->cells, &data->cells.panel[p]);
        int line = 1;
        for (char *text = strtok(notes, "\n"); text; text = strtok(NULL, "\n"))
            fprintf(out, "%zu\t%d\t%s\n", p + 1, line++, text);
        free(notes);
    }
}

static int by_line_then_size(const void *a, const void *b)
{
    const ChartCell *p = *(const ChartCell *const *)a, *q = *(const ChartCell *const *)b;
    int order = strcmp(p->workload, q->workload);
    order = order ? order : strcmp(p->strategy, q->strategy);
    order = order ? order : strcmp(p->variant, q->variant);
    return order ? order : (p->size > q->size) - (p->size < q->size);
}

/* The points of a line stand together and in its order, since gnuplot draws a line from each row to the next. */
static void write_list_generator(FILE *out, const ChartData *data)
{
    const ChartCell **swept = memory_new(data->cells.cells, sizeof *swept);
    size_t count = 0;
    for (size_t i = 0; i < data->cells.cells; i++)
        if (is_swept(&data->cells, &data->cells.cell[i]))
            swept[count++] = &data->cells.cell[i];
    qsort(swept, count, sizeof *swept, by_line_then_size);
    fputs("workload\tvariant\tstrategy\tsize\tfailure\titem_ns\titem_ns_lo\titem_ns_hi\tmib\tmib_lo\tmib_hi\n", out);
    for (size_t i = 0; i < count; i++) {
        const ChartCell *cell = swept[i];
        fprintf(out, "%s\t%s\t%s\t%" PRIu64 "\t%s", cell->workload, cell->variant, cell->strategy, cell->size, cell->failure);
        write_interval(out, at_least_a_tick(cell->value[WORK_S]), items_per_ns(cell));
        write_interval(out, cell->value[PEAK_RSS_KIB], 1024);
        putc('\n', out);
    }
    free(swept);
}

/* ---- The scatter: names beside points, and the front ---------------------------------------------------------------- */

typedef struct Scatter {
    const ChartCell **cell; /* those of a panel that have a point */
    size_t cells;
} Scatter;

static Scatter scatter_of(const ChartCells *cells, const Panel *panel)
{
    Scatter s = { .cell = memory_new(cells->cells, sizeof *s.cell) };
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *cell = &cells->cell[i];
        if (in_panel(cell, panel) && !isnan(cell->ratio[CPU_S].middle) && !isnan(cell->ratio[PEAK_RSS_KIB].middle))
            s.cell[s.cells++] = cell;
    }
    return s;
}

static double to_pixels(double ratio, Range axis, double length)
{
    return length * log(ratio / axis.lo) / log(axis.hi / axis.lo);
}

static double to_ratio(double pixels, Range axis, double length)
{
    return axis.lo * pow(axis.hi / axis.lo, pixels / length);
}

static Label label_for(const ChartCell *cell, const ChartData *data)
{
    Interval x = cell->ratio[PEAK_RSS_KIB], y = cell->ratio[CPU_S];
    return (Label){
        .x = to_pixels(x.middle, data->rss, PANEL_WIDTH),
        .y = to_pixels(y.middle, data->cpu, PANEL_HEIGHT),
        .whiskers = { to_pixels(x.lo, data->rss, PANEL_WIDTH), to_pixels(y.lo, data->cpu, PANEL_HEIGHT),
                      to_pixels(x.hi, data->rss, PANEL_WIDTH), to_pixels(y.hi, data->cpu, PANEL_HEIGHT) },
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
    write_number(out, l->apart ? cell->ratio[CPU_S].middle : NAN);
    putc('\n', out);
}

/* The arrow that says "better", and the lines at 1. */
static void take_fixtures(Box taken[3], const ChartData *data)
{
    const double arrow_width = 60, arrow_height = 26, line = 2;
    double x = to_pixels(1, data->rss, PANEL_WIDTH), y = to_pixels(1, data->cpu, PANEL_HEIGHT);
    taken[0] = (Box){ 0, 0, arrow_width, arrow_height };
    taken[1] = (Box){ x - line, 0, x + line, PANEL_HEIGHT };
    taken[2] = (Box){ 0, y - line, PANEL_WIDTH, y + line };
}

static void write_labels(FILE *out, const ChartData *data)
{
    Box taken[3];
    const Surroundings around = { { 0, 0, PANEL_WIDTH, PANEL_HEIGHT }, taken, sizeof taken / sizeof *taken };
    take_fixtures(taken, data);
    fputs("panel\tstrategy\tside\tx\ty\tfrom_x\tfrom_y\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        Scatter s = scatter_of(&data->cells, &data->cells.panel[p]);
        Label *label = memory_new(s.cells, sizeof *label);
        for (size_t i = 0; i < s.cells; i++)
            label[i] = label_for(s.cell[i], data);
        place_labels(label, s.cells, &around);
        for (size_t i = 0; i < s.cells; i++) {
            fprintf(out, "%zu", p + 1);
            write_label(out, &label[i], s.cell[i], data);
        }
        free(label);
        free(s.cell);
    }
}

static int by_memory_then_time(const void *a, const void *b)
{
    const ChartCell *p = *(const ChartCell *const *)a, *q = *(const ChartCell *const *)b;
    double px = p->ratio[PEAK_RSS_KIB].middle, qx = q->ratio[PEAK_RSS_KIB].middle;
    double py = p->ratio[CPU_S].middle, qy = q->ratio[CPU_S].middle;
    return px != qx ? (px > qx) - (px < qx) : (py > qy) - (py < qy);
}

/* The Pareto front: the cells to which no other is better in both. A cell that failed at times is no choice. */
static void write_front(FILE *out, const ChartData *data)
{
    fputs("panel\trss\tcpu\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        Scatter s = scatter_of(&data->cells, &data->cells.panel[p]);
        double least = INFINITY;
        qsort(s.cell, s.cells, sizeof *s.cell, by_memory_then_time);
        for (size_t i = 0; i < s.cells; i++)
            if (*s.cell[i]->failure == '\0' && s.cell[i]->ratio[CPU_S].middle < least) {
                least = s.cell[i]->ratio[CPU_S].middle;
                fprintf(out, "%zu", p + 1);
                write_number(out, s.cell[i]->ratio[PEAK_RSS_KIB].middle);
                write_number(out, least);
                putc('\n', out);
            }
        free(s.cell);
    }
}

static const struct Table {
    const char *name;
    void (*write)(FILE *out, const ChartData *data);
} tables[] = {
    { "run", write_run },
    { "strategies", write_strategies },
    { "panels", write_panels },
    { "cells", write_cells },
    { "notes", write_notes },
    { "labels", write_labels },
    { "front", write_front },
    { "list_generator", write_list_generator },
};

static void write_table(const struct Table *table, const ChartData *data, const char *folder)
{
    char *file = text_format("%s/%s.tsv", folder, table->name);
    FILE *out = fopen(file, "w");
    if (out == NULL)
        fail("%s cannot be written: %s", file, strerror(errno));
    table->write(out, data);
    bool written = !ferror(out);
    if (fclose(out) != 0 || !written)
        fail("%s cannot be written: %s", file, strerror(errno));
    free(file);
}

/* ---- The caption, from manifest.json -------------------------------------------------------------------------------- */

/* A text of the manifest on one line, and without the quotes that gnuplot would take for its own. */
static const char *manifest_text(ChartData *data, const json_t *manifest, const char *key)
{
    const char *text = json_string_value(json_object_get(manifest, key));
    char *clean = text_format("%s", text ? text : "unknown");
    for (char *c = clean; *c; c++)
        if (iscntrl((unsigned char)*c) || *c == '"')
            *c = ' ';
    const char *kept = texts_keep(&data->cells.texts, clean);
    free(clean);
    return kept;
}

static json_t *read_manifest(const char *file)
{
    json_error_t error;
    json_t *manifest = json_load_file(file, 0, &error);
    if (manifest == NULL && json_error_code(&error) != json_error_cannot_open_file)
        fail("%s:%d: %s", file, error.line, error.text);
    return manifest;
}

/* A summary can be drawn without its manifest; then the caption says that nobody knows where it is from. */
static void read_caption(ChartData *data, const char *run_folder)
{
    char *file = text_format("%s/manifest.json", run_folder);
    json_t *manifest = read_manifest(file);
    data->caption = text_format("%s · %.10s · commit %.12s · %g blocks", manifest_text(data, manifest, "host_kind"),
                                manifest_text(data, manifest, "started"), manifest_text(data, manifest, "commit"),
                                data->cells.blocks);
    json_decref(manifest);
    free(file);
}

void chart_data_write(const char *run_folder, const char *folder)
{
    char *summary_file = text_format("%s/summary.csv", run_folder);
    ChartData data = { .cells = chart_cells_read(summary_file) };
    read_caption(&data, run_folder);
    measure_axes(&data);
    measure_sweep_axes(&data);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        write_table(&tables[i], &data, folder);
    free(data.caption);
    chart_cells_free(&data.cells);
    free(summary_file);
}
