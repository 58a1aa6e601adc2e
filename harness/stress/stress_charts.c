#include "stress_charts.h"

#include "chart_row.h"
#include "durable.h"
#include "fail.h"
#include "gnuplot.h"
#include "manifest.h"
#include "memory.h"
#include "path.h"
#include "process.h"
#include "readings.h"
#include "registry.h"
#include "stress_facts.h"
#include "stress_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct StressCharts {
    const char *run_folder;
    char *charts, *data;     /* folders */
    TextPool pool;
    Sheet rows;              /* stress.csv */
    Names strategies;        /* in it: their places are the numbers of their series, from 1 */
    json_t *manifest;
} StressCharts;

/* ---- Tables --------------------------------------------------------------------------------------------------------- */

/* A table that is being written; the caller passes both to table_close. */
static Durable table_open(const StressCharts *of, const char *name, char **file)
{
    *file = text_format("%s/%s.tsv", of->data, name);
    return durable_begin(*file);
}

static void table_close(Durable *table, char *file)
{
    durable_end_derived(table);
    free(file);
}

static size_t series_of(const StressCharts *of, const char *strategy)
{
    size_t place = 0;
    while (place < of->strategies.count && !texts_equal(of->strategies.name[place], strategy))
        place++;
    return place + 1;
}

/* A field, and what is behind it. */
static void write_text(FILE *out, const char *text, char behind)
{
    write_clean(out, text, strlen(text));
    putc(behind, out);
}

static void write_number(FILE *out, double number, char behind)
{
    if (isnan(number))
        fputs("NA", out);
    else
        fprintf(out, "%.10g", number);
    putc(behind, out);
}

static void write_figure(FILE *out, const StressCharts *of, const StressRow *row)
{
    fprintf(out, "%zu\t", series_of(of, row->strategy));
    write_text(out, row->strategy, '\t');
    write_text(out, row->subject, '\t');
    write_text(out, row->condition, '\t');
    write_number(out, row->size.known ? (double)row->size.value : NAN, '\t');
    write_text(out, row->outcome, '\t');
    write_text(out, row->figure, '\t');
    write_number(out, row->value, '\t');
    write_number(out, row->lo, '\t');
    write_number(out, row->hi, '\n');
}

/* What broke without a number has its place in a chart, too. */
static bool is_drawn_of(const StressRow *row, const char *mode)
{
    return texts_equal(row->mode, mode) && *row->figure && (!isnan(row->value) || texts_equal(row->outcome, BROKEN));
}

/* Returns how many rows of the mode's table have a number. */
static size_t write_mode(const StressCharts *of, const char *mode)
{
    char *file;
    size_t rows = 0;
    Durable table = table_open(of, mode, &file);
    FILE *out = table.out;
    fputs("series\tstrategy\tsubject\tcondition\tsize\toutcome\tfigure\tvalue\tlo\thi\n", out);
    for (size_t i = 0; i < of->rows.rows; i++) {
        const StressRow *row = (StressRow *)of->rows.row + i;
        if (!is_drawn_of(row, mode))
            continue;
        write_figure(out, of, row);
        rows += !isnan(row->value);
    }
    table_close(&table, file);
    return rows;
}

static void copy_record(FILE *out, const CsvReader *record, const char *series)
{
    fputs(series, out);
    for (size_t i = 0; i < record->fields; i++) {
        putc('\t', out);
        write_clean(out, csv_field(record, i), strlen(csv_field(record, i)));
    }
    putc('\n', out);
}

static size_t column_of(const CsvReader *header, const char *name, const char *file)
{
    for (size_t i = 0; i < header->fields; i++)
        if (texts_equal(csv_field(header, i), name))
            return i;
    fail("%s has no column %s", file, name);
}

static size_t copy_records(const StressCharts *of, CsvReader *reader, const char *csv, FILE *out)
{
    CsvResult result = csv_read(reader);
    if (result != CSV_RECORD)
        fail("%s has no header", csv);
    size_t column = column_of(reader, "strategy", csv), rows = 0;
    copy_record(out, reader, "series");
    for (; (result = csv_read(reader)) == CSV_RECORD; rows++) {
        char series[24];
        snprintf(series, sizeof series, "%zu", column < reader->fields ? series_of(of, csv_field(reader, column)) : 0);
        copy_record(out, reader, series);
    }
    if (result != CSV_END)
        fail("%s:%zu: the record is torn or malformed", csv, reader->line);
    return rows;
}

/* Likewise of the file. */
static size_t write_file(const StressCharts *of, const char *name, const char *csv, FILE *in)
{
    char *file;
    Durable table = table_open(of, name, &file);
    FILE *out = table.out;
    CsvReader reader = csv_reader(in);
    size_t rows = copy_records(of, &reader, csv, out);
    csv_reader_free(&reader);
    table_close(&table, file);
    return rows;
}

/* Of a mode's own file where there is one of that name. */
static size_t write_table(const StressCharts *of, const char *name)
{
    char *csv = text_format("%s/%s.csv", of->run_folder, name);
    FILE *in = fopen(csv, "re");
    size_t rows = in ? write_file(of, name, csv, in) : write_mode(of, name);
    if (in)
        fclose(in);
    free(csv);
    return rows;
}

/* ---- What all charts read (plots/style.gp) ---------------------------------------------------------------------------- */

static void write_caption(FILE *out, const StressCharts *of)
{
    StressFacts facts = stress_facts(of->manifest);
    char *caption = text_format("%s · commit %.12s%s · seed %ld", facts.host, facts.commit, facts.changed ? " with changes" : "",
                                facts.seed);
    write_text(out, caption, '\t');
    free(caption);
}

static void write_run(const StressCharts *of)
{
    char *file;
    Durable table = table_open(of, "run", &file);
    FILE *out = table.out;
    fputs("caption\tview\tmeans\tbaseline\ttime\tpanels\tnote_lines\tpanel_width\tpanel_height\tcpu_lo\tcpu_hi\tmib_lo\tmib_hi\n",
          out);
    write_caption(out, of);
    fputs("\t0\tthe baseline\ttime\t1\t0\t1\t1\t1\t1\t1\t1\n", out);
    table_close(&table, file);
    table = table_open(of, "panels", &file);
    out = table.out;
    fputs("panel\tfirst\tlast\ttitle\tsize\n1\t0\t0\t \t \n", out);
    table_close(&table, file);
}

static void write_series(const StressCharts *of)
{
    char *file;
    Durable table = table_open(of, "series", &file);
    FILE *out = table.out;
    fputs("series\tlabel\tstrategy\n", out);
    for (size_t i = 0; i < of->strategies.count; i++)
        fprintf(out, "%zu\t%s\t%s\n", i + 1, of->strategies.name[i], of->strategies.name[i]);
    table_close(&table, file);
}

static void write_all_readings(const StressCharts *of, const Plots *plots)
{
    char *file;
    Durable table = table_open(of, "readings", &file);
    FILE *out = table.out;
    write_readings(out, plots, "the baseline", false);
    table_close(&table, file);
}

/* ---- Drawing -------------------------------------------------------------------------------------------------------- */

static void write_contents_row(FILE *out, const Plot *plot, const char *svg, bool is_drawn)
{
    char *alt = text_format("%s: %s", plot->question, plot->shows), *data = text_format("data/stress/%s.tsv", plot->needs);
    char *script = text_format("stress/%s", plot->name);
    ChartRow row = { plot->number, is_drawn ? svg : "", script, "", plot->question, plot->reading, is_drawn ? alt : "", data,
                     is_drawn ? "" : "this run tried nothing of the kind", "" };
    rows_write(out, &chart_row_layout, &row);
    free(script);
    free(data);
    free(alt);
}

/* The plots whose tables have rows, and the list of all. */
static void draw_plots(const StressCharts *of, const Plots *plots)
{
    char *gnuplot = program_find("gnuplot"), *contents = text_format("%s/stress_charts.csv", of->charts);
    if (gnuplot == NULL)
        fail("gnuplot, which draws the charts, is not installed; `make deps` installs it");
    View view = { .kind = WHOLE, .name = "", .folder = of->data };
    Picture *picture = memory_new(plots->count, sizeof *picture);
    Durable durable = durable_begin(contents);
    size_t count = 0;
    rows_write_header(durable.out, &chart_row_layout);
    for (size_t i = 0; i < plots->count; i++) {
        char *svg = picture_name(&plots->plot[i], &view);
        bool is_drawn = write_table(of, plots->plot[i].needs) > 0;
        write_contents_row(durable.out, &plots->plot[i], svg, is_drawn);
        if (is_drawn)
            picture[count++] = picture_new(&plots->plot[i], &view, of->charts);
        free(svg);
    }
    setenv("GNUPLOT_LIB", "plots", true); /* where `load "style.gp"` looks */
    processes_begin();
    pictures_draw(gnuplot, picture, count);
    processes_end();
    durable_end(&durable);
    while (count > 0)
        picture_free(&picture[--count]);
    free(picture);
    free(contents);
    free(gnuplot);
}

static StressCharts charts_of(const char *run_folder)
{
    StressCharts of = { .run_folder = run_folder };
    of.charts = text_format("%s%s/charts", *run_folder == '/' ? "" : "./", run_folder);
    char *file = text_format("%s/stress.csv", run_folder), *data = text_format("%s/data", of.charts);
    of.data = text_format("%s/stress", data);
    of.rows = sheet_load(file, &stress_layout, &of.pool);
    of.manifest = manifest_read(run_folder);
    for (size_t i = 0; i < of.rows.rows; i++) {
        const char *strategy = ((StressRow *)of.rows.row)[i].strategy;
        if (!texts_equal(strategy, NOT_A_STRATEGY) && !names_have(of.strategies, strategy))
            names_add(&of.strategies, strategy);
    }
    folder_make(of.charts);
    folder_make(data);
    folder_make(of.data);
    free(data);
    free(file);
    return of;
}

static void charts_free(StressCharts *of)
{
    free(of->charts);
    free(of->data);
    free(of->strategies.name);
    json_decref(of->manifest);
    sheet_free(&of->rows);
    text_pool_free(&of->pool);
}

void stress_charts_draw(const char *run_folder)
{
    StressCharts of = charts_of(run_folder);
    Plots plots = plots_read("plots/stress");
    if (of.strategies.count > 0) {
        write_run(&of);
        write_series(&of);
        write_all_readings(&of, &plots);
        draw_plots(&of, &plots);
    }
    plots_free(&plots);
    charts_free(&of);
}
