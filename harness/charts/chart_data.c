/* The tables are separated by tabs, since gnuplot 5.4 cuts a quoted CSV field at its first comma. It takes what is in them
 * for text and numbers and never runs it. */
#include "chart_data.h"

#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "readings.h"
#include "records.h"

#include <stdio.h>
#include <stdlib.h>

const char *baseline_label(const ChartCells *cells)
{
    for (size_t i = 0; i < cells->cells; i++)
        if (cells->cell[i].control)
            return cells->cell[i].label;
    return "the baseline";
}

/* ---- Tables that all charts read ------------------------------------------------------------------------------------- */

static void write_run(FILE *out, const ChartData *data)
{
    fputs("caption\tview\tmeans\tbaseline\ttime\tpanels\tnote_lines\tpanel_width\tpanel_height\t"
          "cpu_lo\tcpu_hi\tmib_lo\tmib_hi\n", out);
    write_clean(out, data->caption, strlen(data->caption));
    fprintf(out, "\t%s\t%d\t%s\t%s\t%zu\t%d\t%d\t%d", data->view, data->are_means, baseline_label(&data->cells),
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

/* ---- The registry of tables ------------------------------------------------------------------------------------------ */

/* Of a run of many variants panels are drawn in parts: what only they hold is not written for the whole; nor for them what is
 * drawn but once. */
typedef enum TableScope { ALL_VIEWS, PARTS_ONLY, WHOLE_ONLY } TableScope;

static const char no_trials[] = "trials.csv is not there, or no trial took any time; `make bench RUN={run}` makes it";
static const char no_two_trials[] = "no cell has two trials to compare, or trials.csv is not there; "
    "`make bench BLOCKS=3` makes some";
static const char no_sweep[] = "no workload with variants named list and generator was measured at several sizes; "
    "`make bench WORKLOADS=sequence` does";
static const char not_counted[] = "nothing of the kind was counted in this run; `make profile RUN={run}` does";
static const char no_pauses[] = "no pause of a microsecond was counted in this run; if nothing was, "
    "`make profile RUN={run}` does";

/* A chart is one plots/x.gp, one x_table.c, and one line here. */
static const struct Table {
    const char *name;
    void (*write)(FILE *out, const ChartData *data);
    TableScope scope;
    const char *lacks; /* why it has no rows, where a plot needs some, and the command that mends it */
} tables[] = {
    { "run",      write_run,      ALL_VIEWS,  NULL },
    { "series",   write_series,   ALL_VIEWS,  NULL },
    { "panels",   write_panels,   ALL_VIEWS,  NULL },
    { "cells",    write_cells,    ALL_VIEWS,  NULL },
    { "notes",    write_notes,    PARTS_ONLY, NULL },
    { "labels",   write_labels,   PARTS_ONLY, NULL },
    { "front",    write_front,    PARTS_ONLY, NULL },
    { "families", write_families, PARTS_ONLY, NULL },
    { "sweeps",   write_sweeps,   WHOLE_ONLY, no_sweep },
    { "list_generator", write_list_generator, WHOLE_ONLY, NULL },
    { "trial_boxes",   write_trial_boxes,   PARTS_ONLY, no_trials },
    { "trial_dots",    write_trial_dots,    PARTS_ONLY, no_trials },
    { "trial_panels",  write_trial_panels,  PARTS_ONLY, no_trials },
    { "drift_dots",    write_drift_dots,    WHOLE_ONLY, no_two_trials },
    { "drift_medians", write_drift_medians, WHOLE_ONLY, NULL },
    { "drift_marks",   write_drift_marks,   WHOLE_ONLY, NULL },
    { "drift_blocks",  write_drift_blocks,  WHOLE_ONLY, NULL },
    { "heat_rows",     write_heat_rows,     WHOLE_ONLY, NULL },
    { "heat_time",     write_heat_time,     WHOLE_ONLY, NULL },
    { "heat_memory",   write_heat_memory,   WHOLE_ONLY, NULL },
    { "pauses",         write_pauses,         WHOLE_ONLY, no_pauses },
    { "pauses_lines",   write_pauses_lines,   WHOLE_ONLY, NULL },
    { "mmu",            write_mmu,            WHOLE_ONLY, no_pauses },
    { "mmu_lines",      write_mmu_lines,      WHOLE_ONLY, NULL },
    { "latency",        write_latency,        WHOLE_ONLY,
      "no workload that names its requests was measured; `make bench WORKLOADS=ring` does" },
    { "latency_lines",  write_latency_lines,  WHOLE_ONLY, NULL },
    { "timeline",       write_timeline,       WHOLE_ONLY, not_counted },
    { "timeline_lines", write_timeline_lines, WHOLE_ONLY, NULL },
    { "fragmentation",  write_fragmentation,  WHOLE_ONLY, not_counted },
    { "fragmentation_lines", write_fragmentation_lines, WHOLE_ONLY, NULL },
    { "sweep",         write_sweep,         PARTS_ONLY,
      "no strategy ran with several values of a setting; `make sweep` measures that" },
    { "sweep_lines",   write_sweep_lines,   PARTS_ONLY, NULL },
    { "sweep_panels",  write_sweep_panels,  PARTS_ONLY, NULL },
    { "sweep_names",   write_sweep_names,   PARTS_ONLY, NULL },
    { "growth_panels", write_growth_panels, WHOLE_ONLY,
      "no workload was measured at several sizes; `make bench WORKLOADS=lookup` measures one" },
    { "growth",        write_growth,        WHOLE_ONLY, NULL },
    { "growth_slopes", write_growth_slopes, WHOLE_ONLY, NULL },
    { "instructions",  write_instructions,  ALL_VIEWS,  "no instructions were counted; `make count RUN={run}` does" },
};

enum { TABLES = sizeof tables / sizeof *tables };
_Static_assert(sizeof tables / sizeof *tables <= TABLES_MAX, "a view has room for the rows of each table");

static size_t table_number(const char *name)
{
    size_t i = 0;
    while (i < TABLES && !texts_equal(tables[i].name, name))
        i++;
    return i;
}

bool table_is_known(const char *table)
{
    return table_number(table) < TABLES;
}

size_t view_rows(const View *view, const char *table)
{
    return view->rows[table_number(table)];
}

const char *table_lacks(const char *table)
{
    const char *lacks = tables[table_number(table)].lacks;
    return lacks ? lacks : "this run measured nothing of the kind";
}

/* ---- Writing them ---------------------------------------------------------------------------------------------------- */

static void save(const char *file, const char *text, size_t length)
{
    Durable durable = durable_begin(file);
    fwrite(text, 1, length, durable.out); /* durable_end_derived looks whether it could be written */
    durable_end_derived(&durable);
}

static bool is_wanted(const struct Table *table, const ChartData *data)
{
    return table->scope == ALL_VIEWS || data->part == ALL || (table->scope == WHOLE_ONLY) == (data->part == ALL_IN_PARTS);
}

/* Returns how many rows the table has besides its head. */
static size_t write_table(const struct Table *table, const ChartData *data, const char *folder)
{
    char *text, *file = text_format("%s/%s.tsv", folder, table->name);
    size_t length, lines = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for %s", file);
    table->write(out, data);
    if (fclose(out) != 0)
        fail("no memory for %s", file);
    for (const char *line = text; (line = strchr(line, '\n')); line++)
        lines++;
    save(file, text, length);
    free(file);
    free(text);
    return lines - 1;
}

static void write_readings_table(const ChartData *data, const Plots *plots, const char *folder)
{
    char *text, *file = text_format("%s/readings.tsv", folder);
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for %s", file);
    write_readings(out, plots, baseline_label(&data->cells), data->are_means);
    if (fclose(out) != 0)
        fail("no memory for %s", file);
    save(file, text, length);
    free(file);
    free(text);
}

void write_tables(const ChartData *data, const Plots *plots, const char *folder, size_t rows[TABLES_MAX])
{
    write_readings_table(data, plots, folder);
    for (size_t i = 0; i < TABLES; i++)
        rows[i] = is_wanted(&tables[i], data) ? write_table(&tables[i], data, folder) : 0;
}
