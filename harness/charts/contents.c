#include "contents.h"

#include "chart_data.h"
#include "chart_row.h"
#include "fail.h"
#include "gnuplot.h"
#include "memory.h"
#include "readings.h"

#include <stdlib.h>
#include <string.h>

static const Column columns[] = {
    { "number",    NATURAL, offsetof(ChartRow, number) },
    { "file",      TEXT, offsetof(ChartRow, file) },
    { "script",    TEXT, offsetof(ChartRow, script) },
    { "view",      TEXT, offsetof(ChartRow, view) },
    { "question",  TEXT, offsetof(ChartRow, question) },
    { "reading",   TEXT, offsetof(ChartRow, reading) },
    { "alt",       TEXT, offsetof(ChartRow, alt) },
    { "data",      TEXT, offsetof(ChartRow, data) },
    { "missing",   TEXT, offsetof(ChartRow, missing) },
    { "workloads", TEXT, offsetof(ChartRow, workloads) },
};

const Layout chart_row_layout = LAYOUT(ChartRow, columns);

bool is_drawn_of(const Plot *plot, const Views *views, const View *view)
{
    if (views->count == 1 || *plot->views == '\0')
        return view->kind == WHOLE;
    return view->kind != WHOLE && strstr(plot->views, view->kind == OVERVIEW ? "overview" : "class");
}

bool has_what_it_needs(const Plot *plot, const View *view)
{
    if (*plot->needs && !table_is_known(plot->needs))
        fail("%s needs a table `%s`, which nothing writes", plot->script, plot->needs);
    return *plot->needs == '\0' || view_rows(view, plot->needs) > 0;
}

static bool is_drawn_at_all(const Plot *plot, const Views *views)
{
    for (size_t i = 0; i < views->count; i++)
        if (is_drawn_of(plot, views, &views->view[i]) && has_what_it_needs(plot, &views->view[i]))
            return true;
    return false;
}

/* The sentence with the run's name instead of {run}. The caller frees it. */
static char *named_after(const char *sentence, const char *run)
{
    const char *slot = strstr(sentence, "{run}");
    if (slot == NULL)
        return text_format("%s", sentence);
    return text_format("%.*s%s%s", (int)(slot - sentence), sentence, run, slot + strlen("{run}"));
}

/* What a reader is told who does not see the picture. The caller frees it. */
static char *alt_of(const Plot *plot, const View *view)
{
    const char *of = view->kind == OVERVIEW ? "classes" : "workloads";
    return text_format("%s: %s; compared to %s; %s: %s", plot->question, plot->shows, view->baseline, of, view->workloads);
}

/* With an empty `file` the row says what is missing. */
static void write_row(FILE *out, const Plot *plot, const View *view, const char *file, const char *missing)
{
    char *reading = reading_for(plot, view->baseline, view->kind == OVERVIEW), *alt = alt_of(plot, view);
    char *data = text_format("data/%s%s%s.tsv", view->kind == OVERVIEW ? "overview" : view->name,
                             view->kind == WHOLE ? "" : "/", *plot->needs ? plot->needs : "cells");
    ChartRow row = { plot->number, file, plot->name, view->name, plot->question, reading, *file ? alt : "", data, missing,
                     view->workloads };
    rows_write(out, &chart_row_layout, &row);
    free(reading);
    free(alt);
    free(data);
}

static void write_drawn(FILE *out, const Plot *plot, const View *view)
{
    char *file = picture_name(plot, view);
    write_row(out, plot, view, file, "");
    free(file);
}

static void write_missing(FILE *out, const Plot *plot, const View *view, const char *run)
{
    char *missing = named_after(table_lacks(plot->needs), run);
    write_row(out, plot, view, "", missing);
    free(missing);
}

/* What no view has is said once, of the whole. */
static void write_rows_of(FILE *out, const Plot *plot, const Views *views, const char *run)
{
    if (!is_drawn_at_all(plot, views)) {
        write_missing(out, plot, &views->view[0], run);
        return;
    }
    for (size_t i = 0; i < views->count; i++) {
        const View *view = &views->view[i];
        if (is_drawn_of(plot, views, view) && has_what_it_needs(plot, view))
            write_drawn(out, plot, view);
        else if (is_drawn_of(plot, views, view))
            write_missing(out, plot, view, run);
    }
}

void write_contents(FILE *out, const Plots *plots, const Views *views, const char *run)
{
    rows_write_header(out, &chart_row_layout);
    for (size_t i = 0; i < plots->count; i++)
        write_rows_of(out, &plots->plot[i], views, run);
}
