/* The tables are separated by tabs, since gnuplot 5.4 cuts a quoted CSV field at its first comma. It takes what is in them
 * for text and numbers and never runs it. */
#include "chart_data.h"

#include "chart_cells.h"
#include "fail.h"
#include "labels.h"
#include "manifest.h"
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
    Range cpu, rss; /* the axes: of the ratios */
    Range mib;      /* and of the peak */
} ChartData;

/* Some of the cells. */
typedef struct Points {
    const ChartCell **cell;
    size_t count;
} Points;

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
    data->mib = roomy(mib);
}

/* ---- Sweeps: a list and a generator over several sizes -------------------------------------------------------------- */

static bool is_list_or_generator(const ChartCell *cell)
{
    return !cell->control && (texts_equal(cell->variant, "list") || texts_equal(cell->variant, "generator"));
}

/* Whether the cell is one of a workload that has both variants, at more than one size. */
static bool is_swept(const ChartCells *cells, const ChartCell *cell)
{
    bool sizes = false, variants = false;
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *other = &cells->cell[i];
        if (texts_equal(other->workload, cell->workload) && is_list_or_generator(other)) {
            sizes |= other->size != cell->size;
            variants |= !texts_equal(other->variant, cell->variant);
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
        if (!in_panel(cell, panel) || !texts_equal(gap_of(cell), gap))
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
        if (in_panel(&cells->cell[i], panel) && texts_equal(gap_of(&cells->cell[i]), gap))
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
    if (fclose(out) != 0)
        fail("no memory for the notes under a chart");
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
          "\n", out);
    fprintf(out, "%s\t%s\t%zu\t%d\t%d\t%d", data->caption, baseline_of(&data->cells), data->cells.panels,
            most_note_lines(&data->cells), PANEL_WIDTH, PANEL_HEIGHT);
    const Range axes[] = { data->cpu, data->rss, data->mib };
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

static size_t cells_in(const ChartCells *cells, const Panel *panel)
{
    size_t count = 0;
    for (size_t i = 0; i < cells->cells; i++)
        count += in_panel(&cells->cell[i], panel);
    return count;
}

/* With the panel's rows of cells.tsv, counted from 0, and the A/A control's intervals, in which a difference means
 * nothing. */
static void write_panels(FILE *out, const ChartData *data)
{
    size_t first = 0;
    fputs("panel\tworkload\tvariant\tsize\tfirst\tlast\tcpu_band_lo\tcpu_band_hi\trss_band_lo\trss_band_hi\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        const Panel *panel = &data->cells.panel[p];
        size_t count = cells_in(&data->cells, panel);
        Range cpu = { NAN, NAN }, rss = { NAN, NAN };
        for (size_t i = 0; i < data->cells.cells; i++)
            if (is_control_of(&data->cells.cell[i], panel)) {
                include(&cpu, data->cells.cell[i].ratio[CPU_S], 1);
                include(&rss, data->cells.cell[i].ratio[PEAK_RSS_KIB], 1);
            }
        fprintf(out, "%zu\t%s\t%s\t", p + 1, panel->workload, panel->variant);
        write_size(out, panel->size);
        fprintf(out, "\t%zu\t%zu", first, first + count - 1);
        first += count;
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
    Range size = nothing, item = nothing, mib = nothing;
    const char *workload = swept->cell[first]->workload;
    size_t i = first;
    for (; i < swept->count && texts_equal(swept->cell[i]->workload, workload); i++) {
        const ChartCell *cell = swept->cell[i];
        include(&size, (Interval){ cell->size, cell->size, cell->size }, 1);
        include(&item, at_least_a_tick(cell->value[WORK_S]), items_per_ns(cell));
        include(&mib, cell->value[PEAK_RSS_KIB], 1024);
    }
    fputs(workload, out);
    write_range(out, (Range){ size.lo / 2, size.hi * 2 });
    write_range(out, roomy(item));
    write_range(out, roomy(mib));
    putc('\n', out);
    return i;
}

static void write_sweeps(FILE *out, const ChartData *data)
{
    Points swept = swept_points(&data->cells);
    fputs("workload\tsize_lo\tsize_hi\titem_ns_lo\titem_ns_hi\tmib_lo\tmib_hi\n", out);
    for (size_t i = 0; i < swept.count;)
        i = write_sweep(out, &swept, i);
    free(swept.cell);
}

static void write_list_generator(FILE *out, const ChartData *data)
{
    Points swept = swept_points(&data->cells);
    fputs("workload\tvariant\tstrategy\tsize\tfailure\titem_ns\titem_ns_lo\titem_ns_hi\tmib\tmib_lo\tmib_hi\n", out);
    for (size_t i = 0; i < swept.count; i++) {
        const ChartCell *cell = swept.cell[i];
        fprintf(out, "%s\t%s\t%s\t%" PRIu64 "\t%s", cell->workload, cell->variant, cell->strategy, cell->size, cell->failure);
        write_interval(out, at_least_a_tick(cell->value[WORK_S]), items_per_ns(cell));
        write_interval(out, cell->value[PEAK_RSS_KIB], 1024);
        putc('\n', out);
    }
    free(swept.cell);
}

/* ---- The scatter: names beside points, and the front ---------------------------------------------------------------- */

static Points points_of(const ChartCells *cells, const Panel *panel)
{
    Points points = { .cell = memory_new(cells->cells, sizeof *points.cell) };
    for (size_t i = 0; i < cells->cells; i++) {
        const ChartCell *cell = &cells->cell[i];
        if (in_panel(cell, panel) && !isnan(cell->ratio[CPU_S].middle) && !isnan(cell->ratio[PEAK_RSS_KIB].middle))
            points.cell[points.count++] = cell;
    }
    return points;
}

static int by_memory_then_time(const void *a, const void *b)
{
    const ChartCell *p = *(const ChartCell *const *)a, *q = *(const ChartCell *const *)b;
    double px = p->ratio[PEAK_RSS_KIB].middle, qx = q->ratio[PEAK_RSS_KIB].middle;
    double py = p->ratio[CPU_S].middle, qy = q->ratio[CPU_S].middle;
    return px != qx ? (px > qx) - (px < qx) : (py > qy) - (py < qy);
}

/* The Pareto front: those to which no other is better in both. A cell that failed at times is no choice. */
static Points front_of(const ChartCells *cells, const Panel *panel)
{
    Points points = points_of(cells, panel), front = { .cell = points.cell };
    double least = INFINITY;
    qsort(points.cell, points.count, sizeof *points.cell, by_memory_then_time);
    for (size_t i = 0; i < points.count; i++)
        if (*points.cell[i]->failure == '\0' && points.cell[i]->ratio[CPU_S].middle < least) {
            least = points.cell[i]->ratio[CPU_S].middle;
            front.cell[front.count++] = points.cell[i];
        }
    return front;
}

static void write_front(FILE *out, const ChartData *data)
{
    fputs("panel\trss\tcpu\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        Points front = front_of(&data->cells, &data->cells.panel[p]);
        for (size_t i = 0; i < front.count; i++) {
            fprintf(out, "%zu", p + 1);
            write_number(out, front.cell[i]->ratio[PEAK_RSS_KIB].middle);
            write_number(out, front.cell[i]->ratio[CPU_S].middle);
            putc('\n', out);
        }
        free(front.cell);
    }
}

static double to_pixels(double ratio, Range axis, double length)
{
    return length * log(ratio / axis.lo) / log(axis.hi / axis.lo);
}

static double to_ratio(double pixels, Range axis, double length)
{
    return axis.lo * pow(axis.hi / axis.lo, pixels / length);
}

static double x_of(double rss, const ChartData *data)
{
    return to_pixels(rss, data->rss, PANEL_WIDTH);
}

static double y_of(double cpu, const ChartData *data)
{
    return to_pixels(cpu, data->cpu, PANEL_HEIGHT);
}

static Label label_for(const ChartCell *cell, const ChartData *data)
{
    Interval x = cell->ratio[PEAK_RSS_KIB], y = cell->ratio[CPU_S];
    return (Label){
        .x = x_of(x.middle, data),
        .y = y_of(y.middle, data),
        .whiskers = { x_of(x.lo, data), y_of(y.lo, data), x_of(x.hi, data), y_of(y.hi, data) },
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

static Box line_between(double x, double y, double to_x, double to_y)
{
    const double half = 2; /* pixels that a name keeps from the line */
    return (Box){ fmin(x, to_x) - half, fmin(y, to_y) - half, fmax(x, to_x) + half, fmax(y, to_y) + half };
}

/* What is drawn in a panel besides points: the arrow that says "better", the lines at 1, and the front's steps. */
static Surroundings surroundings_of(const ChartData *data, const Panel *panel)
{
    const Box arrow = { 0, 0, 60, 26 };
    Points front = front_of(&data->cells, panel);
    Box *taken = memory_new(3 + 2 * front.count, sizeof *taken);
    size_t boxes = 0;
    taken[boxes++] = arrow;
    taken[boxes++] = line_between(x_of(1, data), 0, x_of(1, data), PANEL_HEIGHT);
    taken[boxes++] = line_between(0, y_of(1, data), PANEL_WIDTH, y_of(1, data));
    for (size_t i = 1; i < front.count; i++) {
        Label from = label_for(front.cell[i - 1], data), to = label_for(front.cell[i], data);
        taken[boxes++] = line_between(from.x, from.y, to.x, from.y);
        taken[boxes++] = line_between(to.x, from.y, to.x, to.y);
    }
    free(front.cell);
    return (Surroundings){ { 0, 0, PANEL_WIDTH, PANEL_HEIGHT }, taken, boxes };
}

static void write_labels(FILE *out, const ChartData *data)
{
    fputs("panel\tstrategy\tside\tx\ty\tfrom_x\tfrom_y\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        Points points = points_of(&data->cells, &data->cells.panel[p]);
        Surroundings around = surroundings_of(data, &data->cells.panel[p]);
        Label *label = memory_new(points.count, sizeof *label);
        for (size_t i = 0; i < points.count; i++)
            label[i] = label_for(points.cell[i], data);
        place_labels(label, points.count, &around);
        for (size_t i = 0; i < points.count; i++) {
            fprintf(out, "%zu", p + 1);
            write_label(out, &label[i], points.cell[i], data);
        }
        free(label);
        free((Box *)around.taken);
        free(points.cell);
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
    { "sweeps", write_sweeps },
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
static const char *fact(ChartData *data, const json_t *manifest, const char *key)
{
    const char *text = json_string_value(json_object_get(manifest, key));
    char *clean = text_format("%s", text ? text : "unknown");
    for (char *c = clean; *c; c++)
        if (iscntrl((unsigned char)*c) || *c == '"')
            *c = ' ';
    const char *kept = intern(&data->cells.pool, clean);
    free(clean);
    return kept;
}

/* A summary can be drawn without its manifest; then the caption says that nobody knows where it is from. */
static void read_caption(ChartData *data, const char *run_folder)
{
    char *file = text_format("%s/manifest.json", run_folder);
    json_t *manifest = manifest_read(file);
    bool changed = json_is_true(json_object_get(manifest, "dirty"));
    data->caption = text_format("%s · %.10s · commit %.12s%s · %g blocks", fact(data, manifest, "host_kind"),
                                fact(data, manifest, "started"), fact(data, manifest, "commit"),
                                changed ? " with changes" : "", data->cells.blocks);
    json_decref(manifest);
    free(file);
}

void chart_data_write(const char *run_folder, const char *folder)
{
    char *summary_file = text_format("%s/summary.csv", run_folder);
    ChartData data = { .cells = chart_cells_read(summary_file) };
    read_caption(&data, run_folder);
    measure_axes(&data);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        write_table(&tables[i], &data, folder);
    free(data.caption);
    chart_cells_free(&data.cells);
    free(summary_file);
}
