/* The tables are separated by tabs, since gnuplot 5.4 cuts a quoted CSV field at its first comma. It takes what is in them
 * for text and numbers and never runs it. */
#include "chart_data.h"

#include "chart_tables.h"
#include "fail.h"
#include "manifest.h"
#include "memory.h"
#include "path.h"
#include "records.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The label of the series that was run twice in each block. */
static const char *baseline_of(const ChartCells *cells)
{
    for (size_t i = 0; i < cells->cells; i++)
        if (cells->cell[i].control)
            return cells->cell[i].label;
    return "the baseline";
}

/* ---- The tables ----------------------------------------------------------------------------------------------------- */

static void write_run(FILE *out, const ChartData *data)
{
    fputs("caption\tview\tmeans\tbaseline\ttime\tpanels\tnote_lines\tpanel_width\tpanel_height\t"
          "cpu_lo\tcpu_hi\tmib_lo\tmib_hi\n", out);
    fprintf(out, "%s\t%s\t%d\t%s\t%s\t%zu\t%d\t%d\t%d", data->caption, data->view, data->are_means, baseline_of(&data->cells),
            TIME_WORDS, data->cells.panels, most_note_lines(&data->cells), PANEL_WIDTH, PANEL_HEIGHT);
    const Range axes[] = { data->cpu, data->mib };
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
        write_range(out, axes[i]);
    putc('\n', out);
}

/* Their numbers are those of the other tables. */
static void write_series(FILE *out, const ChartData *data)
{
    fputs("series\tlabel\tstrategy\n", out);
    for (size_t i = 0; i < data->cells.series_count; i++)
        fprintf(out, "%zu\t%s\t%s\n", i + 1, data->cells.series[i].label, data->cells.series[i].cell->strategy);
}

static const struct Table {
    const char *name;
    void (*write)(FILE *out, const ChartData *data);
} tables[] = {
    { "run", write_run },
    { "series", write_series },
    { "panels", write_panels },
    { "cells", write_cells },
    { "notes", write_notes },
    { "labels", write_labels },
    { "front", write_front },
    { "families", write_families },
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
static void read_caption(ChartData *data, const json_t *manifest)
{
    bool changed = json_is_true(json_object_get(manifest, "dirty"));
    data->caption = text_format("%s · %.10s · commit %.12s%s · %" PRIu64 " block%s", fact(data, manifest, "host_kind"),
                                fact(data, manifest, "started"), fact(data, manifest, "commit"),
                                changed ? " with changes" : "", data->cells.blocks, data->cells.blocks == 1 ? "" : "s");
}

/* ---- Views ---------------------------------------------------------------------------------------------------------- */

static void write_view(Views *views, ViewKind kind, const char *name, char *folder, ChartData *data)
{
    data->view = kind == OVERVIEW ? "overview" : name;
    folder_make(folder);
    measure_axes(data);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        write_table(&tables[i], data, folder);
    views->view[views->count++] = (View){ kind, name, folder };
}

/* Those panels whose workloads are of the class. */
static void write_class(Views *views, const ChartData *whole, const char *class, const json_t *manifest, const char *folder)
{
    ChartData data = *whole;
    data.cells.panel = memory_new(whole->cells.panels, sizeof *data.cells.panel);
    data.cells.panels = 0;
    for (size_t p = 0; p < whole->cells.panels; p++)
        if (texts_equal(manifest_class(manifest, whole->cells.panel[p].workload), class))
            data.cells.panel[data.cells.panels++] = whole->cells.panel[p];
    if (data.cells.panels > 0)
        write_view(views, OF_CLASS, class, text_format("%s/%s", folder, class), &data);
    free(data.cells.panel);
}

static int by_class(const void *a, const void *b)
{
    return (int)class_rank(((const Panel *)a)->workload) - (int)class_rank(((const Panel *)b)->workload);
}

/* Why a class has no point says more than that it has none. */
static void write_overview(Views *views, const char *classes_file, const json_t *manifest, const char *folder)
{
    ChartData data = { .cells = chart_cells_read(classes_file), .are_means = true };
    for (size_t i = 0; i < data.cells.cells; i++)
        if (*data.cells.cell[i].failure)
            data.cells.cell[i].failure = "not in every variant";
    qsort(data.cells.panel, data.cells.panels, sizeof *data.cells.panel, by_class);
    read_caption(&data, manifest);
    write_view(views, OVERVIEW, "", text_format("%s/overview", folder), &data);
    free(data.caption);
    chart_cells_free(&data.cells);
}

static bool is_there(const char *file)
{
    return access(file, F_OK) == 0;
}

static void write_views(Views *views, ChartData *whole, const char *run_folder, const json_t *manifest, const char *folder)
{
    char *classes_file = text_format("%s/classes.csv", run_folder);
    write_view(views, WHOLE, "", text_format("%s", folder), whole);
    if (whole->cells.panels > PANELS_IN_ONE && is_there(classes_file)) {
        write_overview(views, classes_file, manifest, folder);
        for (size_t i = 0; i < CLASS_NAMES; i++)
            write_class(views, whole, class_names[i], manifest, folder);
    }
    free(classes_file);
}

Views chart_data_write(const char *run_folder, const char *folder)
{
    Views views = { .count = 0 };
    char *summary_file = text_format("%s/summary.csv", run_folder);
    char *manifest_file = text_format("%s/manifest.json", run_folder);
    ChartData data = { .cells = chart_cells_read(summary_file) };
    json_t *manifest = manifest_read(manifest_file);
    read_caption(&data, manifest);
    write_views(&views, &data, run_folder, manifest, folder);
    json_decref(manifest);
    free(data.caption);
    chart_cells_free(&data.cells);
    free(manifest_file);
    free(summary_file);
    return views;
}

void views_free(Views *views)
{
    for (size_t i = 0; i < views->count; i++)
        free(views->view[i].folder);
    *views = (Views){ .count = 0 };
}
