/* What more memory buys: the lines of sweep.csv, each from value to value of one setting, and names at their ends. */
#include "chart_tables.h"

#include "fail.h"
#include "labels.h"
#include "memory.h"
#include "sweep_rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Lines ------------------------------------------------------------------------------------------------------------ */

typedef struct SweepLine {
    const SweepPoint *first; /* any of its points */
    bool is_second;          /* its strategy has another before it */
    uint64_t least, most;    /* of its values */
} SweepLine;

typedef struct SweepLines {
    SweepLine *line;
    size_t count, room;
} SweepLines;

static const Sheet *sweep_of(const ChartData *data)
{
    return source_rows(data->sources, "sweep.csv", &sweep_layout);
}

static bool same_strategy(const SweepPoint *a, const SweepPoint *b)
{
    return texts_equal(a->cell.strategy, b->cell.strategy) && texts_equal(a->cell.allocator, b->cell.allocator);
}

static bool same_line(const SweepPoint *a, const SweepPoint *b)
{
    return same_strategy(a, b) && texts_equal(a->setting, b->setting);
}

/* The number of the point's line, from 1; it is added where it is new. */
static size_t line_number(SweepLines *all, const SweepPoint *point)
{
    bool is_second = false;
    for (size_t i = 0; i < all->count; i++) {
        if (same_line(all->line[i].first, point))
            return i + 1;
        is_second = is_second || same_strategy(all->line[i].first, point);
    }
    all->line = memory_room(all->line, &all->room, all->count + 1, sizeof *all->line);
    all->line[all->count++] = (SweepLine){ point, is_second, UINT64_MAX, 0 };
    return all->count;
}

static void demand_series(const ChartData *data, const Cell *cell)
{
    if (series_number_of(&data->cells, cell) == 0)
        fail("sweep.csv: %s %s is not in summary.csv; `reclaim summarise` makes both from the same trials", cell->strategy,
             cell->settings);
}

/* Of the whole run, so that a line has the same number in every view. */
static SweepLines lines_of(const ChartData *data)
{
    const Sheet *sweep = sweep_of(data);
    const SweepPoint *point = sweep->row;
    SweepLines all = { 0 };
    for (size_t i = 0; i < sweep->rows; i++) {
        demand_series(data, &point[i].cell);
        size_t number = line_number(&all, &point[i]);
        SweepLine *line = &all.line[number - 1];
        if (point[i].value.known) {
            line->least = point[i].value.value < line->least ? point[i].value.value : line->least;
            line->most = point[i].value.value > line->most ? point[i].value.value : line->most;
        }
    }
    return all;
}

void write_sweep_lines(FILE *out, const ChartData *data)
{
    SweepLines lines = lines_of(data);
    fputs("line\tseries\ttext\n", out);
    for (size_t i = 0; i < lines.count; i++) {
        const SweepLine *line = &lines.line[i];
        fprintf(out, "%zu\t%zu\t%s: %s %" PRIu64 " to %" PRIu64 "\n", i + 1, series_number_of(&data->cells, &line->first->cell),
                line->first->cell.strategy, line->first->setting, line->least, line->most);
    }
    free(lines.line);
}

/* ---- Points and axes -------------------------------------------------------------------------------------------------- */

static bool is_drawn(const SweepPoint *point, const Panel *panel)
{
    return texts_equal(point->cell.workload, panel->workload) && texts_equal(point->cell.variant, panel->variant)
        && texts_equal(point->cell.input, panel->input) && point->cell.size == panel->size
        && !isnan(point->space) && !isnan(point->time);
}

/* Of the points alone: an interval of few blocks may be so wide that it would press the lines together. */
static Axes axes_of_sweep(const Sheet *sweep, const Panel *panel)
{
    const SweepPoint *point = sweep->row;
    Axes axes = { { 1, 1 }, { 1, 1 } };
    for (size_t i = 0; i < sweep->rows; i++)
        if (is_drawn(&point[i], panel)) {
            range_include(&axes.rss, (Interval){ point[i].space, point[i].space, point[i].space }, 1);
            range_include(&axes.cpu, (Interval){ point[i].time, point[i].time, point[i].time }, 1);
        }
    return (Axes){ range_roomy(axes.rss), range_roomy(axes.cpu) };
}

void write_sweep_panels(FILE *out, const ChartData *data)
{
    fputs("panel\tspace_lo\tspace_hi\ttime_lo\ttime_hi\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        Axes axes = axes_of_sweep(sweep_of(data), &data->cells.panel[p]);
        fprintf(out, "%zu", p + 1);
        write_range(out, axes.rss);
        write_range(out, axes.cpu);
        putc('\n', out);
    }
}

/* In the order of sweep.csv, in which the points of a line stand together and with rising values. */
void write_sweep(FILE *out, const ChartData *data)
{
    SweepLines lines = lines_of(data);
    const SweepPoint *point = sweep_of(data)->row;
    fputs("panel\tline\tseries\tusual\tspace\tspace_lo\tspace_hi\ttime\ttime_lo\ttime_hi\n", out);
    for (size_t p = 0; p < data->cells.panels; p++)
        for (size_t i = 0; i < sweep_of(data)->rows; i++) {
            if (!is_drawn(&point[i], &data->cells.panel[p]))
                continue;
            fprintf(out, "%zu\t%zu\t%zu\t%d", p + 1, line_number(&lines, &point[i]),
                    series_number_of(&data->cells, &point[i].cell), *point[i].cell.settings == '\0');
            write_interval(out, (Interval){ point[i].space, point[i].space_lo, point[i].space_hi }, 1);
            write_interval(out, (Interval){ point[i].time, point[i].time_lo, point[i].time_hi }, 1);
            putc('\n', out);
        }
    free(lines.line);
}

/* ---- Names at the ends of lines --------------------------------------------------------------------------------------- */

/* The names of a panel, and what they should not cover. */
typedef struct Named {
    const SweepPoint **point;
    char **text;
    Label *label;
    size_t count;
    Line *line;
    size_t lines;
} Named;

static double to_pixels(double ratio, Range axis, double length)
{
    return length * log(ratio / axis.lo) / log(axis.hi / axis.lo);
}

static Label label_at(const SweepPoint *point, const char *text, const Axes *axes)
{
    double x = to_pixels(point->space, axes->rss, PANEL_WIDTH), y = to_pixels(point->time, axes->cpu, PANEL_HEIGHT);
    return (Label){ .x = x, .y = y, .whiskers = { x, y, x, y }, .width = label_width(text) };
}

/* The strategy stands at the line's first end, with the setting where another of its settings is swept, too. */
static char *text_at(const SweepPoint *point, bool is_first, const SweepLine *line)
{
    if (!is_first)
        return text_format("%" PRIu64, point->value.value);
    return text_format("%s%s%s %" PRIu64, point->cell.strategy, line->is_second ? " " : "",
                       line->is_second ? point->setting : "", point->value.value);
}

static void add_name(Named *named, const SweepPoint *point, bool is_first, const SweepLine *line, const Axes *axes)
{
    if (!point->value.known)
        return;
    named->point[named->count] = point;
    named->text[named->count] = text_at(point, is_first, line);
    named->label[named->count] = label_at(point, named->text[named->count], axes);
    named->count++;
}

/* From the point before to this one, if both are of one line. */
static void add_stretch(Named *named, const SweepPoint *from, const SweepPoint *to, const Axes *axes)
{
    Label a = label_at(from, "", axes), b = label_at(to, "", axes);
    named->line[named->lines++] = (Line){ a.x, a.y, b.x, b.y };
}

static Named names_in(const ChartData *data, const Panel *panel, SweepLines *lines, const Axes *axes)
{
    const Sheet *sweep = sweep_of(data);
    const SweepPoint *point = sweep->row, *before = NULL;
    Named named = { memory_new(sweep->rows + 1, sizeof *named.point), memory_new(sweep->rows + 1, sizeof *named.text),
                    memory_new(sweep->rows + 1, sizeof *named.label), 0, memory_new(sweep->rows + 1, sizeof *named.line), 0 };
    for (size_t i = 0; i <= sweep->rows; i++) {
        bool is_here = i < sweep->rows && is_drawn(&point[i], panel);
        bool goes_on = is_here && before && same_line(before, &point[i]);
        if (i < sweep->rows && !is_here)
            continue;
        if (before && !goes_on)
            add_name(&named, before, false, &lines->line[line_number(lines, before) - 1], axes);
        if (is_here && !goes_on)
            add_name(&named, &point[i], true, &lines->line[line_number(lines, &point[i]) - 1], axes);
        if (goes_on)
            add_stretch(&named, before, &point[i], axes);
        before = is_here ? &point[i] : NULL;
    }
    return named;
}

static void named_free(Named *named)
{
    for (size_t i = 0; i < named->count; i++)
        free(named->text[i]);
    free(named->point);
    free(named->text);
    free(named->label);
    free(named->line);
}

static double to_ratio(double pixels, Range axis, double length)
{
    return axis.lo * pow(axis.hi / axis.lo, pixels / length);
}

static void write_name(FILE *out, const Named *named, size_t i, const Axes *axes)
{
    const Label *label = &named->label[i];
    fprintf(out, "\t%s\t%d", named->text[i], label->side);
    write_number(out, to_ratio(label->at_x, axes->rss, PANEL_WIDTH));
    write_number(out, to_ratio(label->at_y, axes->cpu, PANEL_HEIGHT));
    write_number(out, label->apart ? named->point[i]->space : NAN);
    write_number(out, label->apart ? named->point[i]->time : NAN);
    putc('\n', out);
}

void write_sweep_names(FILE *out, const ChartData *data)
{
    SweepLines lines = lines_of(data);
    fputs("panel\tseries\tname\tside\tx\ty\tfrom_x\tfrom_y\n", out);
    for (size_t p = 0; p < data->cells.panels; p++) {
        Axes axes = axes_of_sweep(sweep_of(data), &data->cells.panel[p]);
        Named named = names_in(data, &data->cells.panel[p], &lines, &axes);
        place_labels(named.label, named.count, &(Surroundings){ .panel = { 0, 0, PANEL_WIDTH, PANEL_HEIGHT },
                                                                 .line = named.line, .lines = named.lines });
        for (size_t i = 0; i < named.count; i++) {
            fprintf(out, "%zu\t%zu", p + 1, series_number_of(&data->cells, &named.point[i]->cell));
            write_name(out, &named, i, &axes);
        }
        named_free(&named);
    }
    free(lines.line);
}
