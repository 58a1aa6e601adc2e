/* Which views a run has, and what is in each. */
#include "views.h"

#include "chart_data.h"
#include "fail.h"
#include "manifest.h"
#include "memory.h"
#include "path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- The caption, from manifest.json -------------------------------------------------------------------------------- */

static const char *fact(const json_t *manifest, const char *key)
{
    const char *text = json_string_value(json_object_get(manifest, key));
    return text ? text : "unknown";
}

/* A summary can be drawn without its manifest; then the caption says that nobody knows where it is from. */
static void read_caption(ChartData *data)
{
    const json_t *manifest = data->sources->manifest;
    bool changed = json_is_true(json_object_get(manifest, "dirty"));
    char *host_kind = manifest_host_kind(manifest);
    const char *only = data->cells.measured_on;
    data->caption = text_format("%s · %.10s · commit %.12s%s · %" PRIu64 " block%s%s%s", host_kind,
                                fact(manifest, "started"), fact(manifest, "commit"),
                                changed ? " with changes" : "", data->cells.blocks,
                                data->cells.blocks == 1 ? ", no intervals" : "s", only ? " · s, bytes on " : "",
                                only ? only : "");
    free(host_kind);
}

/* ---- Views ---------------------------------------------------------------------------------------------------------- */

/* Where the views' tables go, and what they are made of. */
typedef struct Studio {
    Views *views;
    const Plots *plots;
    const char *folder;
} Studio;

/* The workloads of the panels, each once. */
static const char *workloads_in(const ChartCells *cells, TextPool *pool)
{
    char *all = text_format("%s", "");
    for (size_t p = 0; p < cells->panels; p++) {
        if (p > 0 && texts_equal(cells->panel[p].workload, cells->panel[p - 1].workload))
            continue;
        char *more = text_format("%s%s%s", all, *all ? " " : "", cells->panel[p].workload);
        free(all);
        all = more;
    }
    const char *kept = intern(pool, all);
    free(all);
    return kept;
}

static void write_view(const Studio *studio, ViewKind kind, const char *name, ChartData *data)
{
    Views *views = studio->views;
    data->view = kind == OVERVIEW ? "overview" : name;
    char *folder = text_format("%s%s%s", studio->folder, *data->view ? "/" : "", data->view);
    View view = { .kind = kind, .name = intern(&views->pool, name), .folder = intern(&views->pool, folder),
                  .workloads = workloads_in(&data->cells, &views->pool),
                  .baseline = intern(&views->pool, baseline_label(&data->cells)) };
    folder_make(folder);
    measure_axes(data);
    data->trials = trial_groups_of(&data->cells, data->sources);
    write_tables(data, studio->plots, folder, view.rows);
    trial_groups_free(&data->trials);
    free(folder);
    views->view = memory_room(views->view, &views->room, views->count + 1, sizeof *views->view);
    views->view[views->count++] = view;
}

/* How many of the panels from `first` on make one view: whole workloads, unless one has more panels than fit. */
static size_t panels_in_part(const ChartCells *cells, size_t first)
{
    size_t most = first + PANELS_IN_ONE, end = first;
    if (cells->panels <= most)
        return cells->panels - first;
    for (size_t next = first + 1; next <= most; next++)
        if (!texts_equal(cells->panel[next].workload, cells->panel[next - 1].workload))
            end = next;
    return end > first ? end - first : PANELS_IN_ONE;
}

/* A class in as many views as its panels need. */
static void write_parts(const Studio *studio, const ChartData *class_data, const char *class)
{
    const ChartCells *all = &class_data->cells;
    size_t part = 0;
    for (size_t first = 0, count; first < all->panels; first += count) {
        ChartData data = *class_data;
        count = panels_in_part(all, first);
        data.cells.panel = all->panel + first;
        data.cells.panels = count;
        char *name = count == all->panels ? text_format("%s", class) : text_format("%s_%zu", class, ++part);
        write_view(studio, OF_CLASS, name, &data);
        free(name);
    }
}

/* Those panels whose workloads are of the class. */
static void write_class(const Studio *studio, const ChartData *whole, const char *class)
{
    ChartData data = *whole;
    data.part = ONE_PART;
    data.cells.panel = memory_new(whole->cells.panels, sizeof *data.cells.panel);
    data.cells.panels = 0;
    for (size_t p = 0; p < whole->cells.panels; p++)
        if (texts_equal(manifest_class(whole->sources->manifest, whole->cells.panel[p].workload), class))
            data.cells.panel[data.cells.panels++] = whole->cells.panel[p];
    write_parts(studio, &data, class);
    free(data.cells.panel);
}

static int by_class(const void *a, const void *b)
{
    return (int)class_rank(((const Panel *)a)->workload) - (int)class_rank(((const Panel *)b)->workload);
}

/* Why a class has no point says more than that it has none. */
static void write_overview(const Studio *studio, const char *classes_file, Sources *sources)
{
    ChartData data = { .cells = chart_cells_read(sources->run_folder, classes_file), .are_means = true, .part = ONE_PART, .sources = sources };
    for (size_t i = 0; i < data.cells.cells; i++)
        if (*data.cells.cell[i].failure)
            data.cells.cell[i].failure = "not in every variant";
    qsort(data.cells.panel, data.cells.panels, sizeof *data.cells.panel, by_class);
    read_caption(&data);
    write_view(studio, OVERVIEW, "", &data);
    free(data.caption);
    chart_cells_free(&data.cells);
}

static bool is_there(const char *file)
{
    return access(file, F_OK) == 0;
}

static void write_views(const Studio *studio, ChartData *whole)
{
    char *classes_file = text_format("%s/classes.csv", whole->sources->run_folder);
    whole->part = whole->cells.panels > PANELS_IN_ONE && is_there(classes_file) ? ALL_IN_PARTS : ALL;
    write_view(studio, WHOLE, "", whole);
    if (whole->part == ALL_IN_PARTS) {
        write_overview(studio, classes_file, whole->sources);
        for (size_t i = 0; i < CLASS_NAMES; i++)
            write_class(studio, whole, class_names[i]);
    }
    free(classes_file);
}

Views views_write(const char *run_folder, const char *folder, const Plots *plots)
{
    Views views = { .count = 0 };
    char *summary_file = text_format("%s/summary.csv", run_folder);
    Sources sources = { .run_folder = run_folder };
    ChartData data = { .cells = chart_cells_read(run_folder, summary_file), .sources = &sources };
    sources.manifest = manifest_read(run_folder);
    read_caption(&data);
    write_views(&(Studio){ &views, plots, folder }, &data);
    free(data.caption);
    chart_cells_free(&data.cells);
    sources_free(&sources);
    free(summary_file);
    return views;
}

void views_free(Views *views)
{
    free(views->view);
    text_pool_free(&views->pool);
    *views = (Views){ .count = 0 };
}
