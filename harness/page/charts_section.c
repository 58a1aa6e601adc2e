/* The charts, by the question that each answers: the overview, the views of classes folded under it. */
#include "memory.h"
#include "page_parts.h"
#include "page_sections.h"
#include "picture.h"

#include <stdlib.h>

static void write_link(Html *page, const PageRun *run, const char *file, const char *what)
{
    if (page_has_file(run, file))
        html(page, " <a href=\"%s\">%s</a>", file, what);
}

static void write_sources(Html *page, PageRun *run, const PagePicture *row, const char *picture)
{
    char *data = text_format("charts/%s", row->data), *script = text_format("charts/plots/%s", row->script);
    html(page, "<p class=\"sources\">");
    write_link(page, run, picture, "picture");
    if (*row->data)
        write_link(page, run, data, row->data);
    if (*row->script)
        write_link(page, run, script, row->script);
    html(page, "</p>");
    free(data);
    free(script);
}

static void write_picture(Html *page, PageRun *run, const PagePicture *row)
{
    char *file = text_format("charts/%s", row->file);
    char *path = text_format("%s/%s", run->folder, file);
    Picture picture = picture_read(path, row->question, row->reading);
    html(page, "<figure><img src=\"%s\" alt=\"%s\" loading=\"lazy\"", file, row->alt);
    if (picture.width > 0)
        html(page, " width=\"%d\" height=\"%d\"", picture.width, picture.height);
    if (picture.head > 0)
        html(page, " style=\"aspect-ratio: %d / %d\"", picture.width, picture.height - picture.head);
    html(page, ">\n<figcaption>");
    write_sources(page, run, row, file);
    html(page, "</figcaption></figure>\n");
    free(path);
    free(file);
}

static bool is_there(const PageRun *run, const PagePicture *row)
{
    char *file = text_format("charts/%s", row->file);
    bool there = *row->file && page_has_file(run, file);
    free(file);
    return there;
}

static void write_view(Html *page, PageRun *run, const PagePicture *row)
{
    if (is_there(run, row))
        write_picture(page, run, row);
    else if (*row->missing)
        html(page, "<p class=\"absent\">Not drawn: %s</p>\n", row->missing);
    else
        html(page, "<p class=\"absent\"><code>charts/%s</code> is gone; <code>make charts RUN=%s</code> draws it again.</p>\n",
             row->file, page_fact(run, "run"));
}

static void write_folded(Html *page, PageRun *run, const PagePicture *row)
{
    html(page, "<details><summary>%s: %s</summary>\n", row->view, *row->workloads ? row->workloads : row->question);
    write_view(page, run, row);
    html(page, "</details>\n");
}

/* What a chart shows of the whole is in sight. */
void page_chart(Html *page, PageRun *run, const PagePicture *row, size_t rows)
{
    html(page, "<article class=\"chart\">\n<h3 id=\"chart-%lu\">%s</h3>\n", row->number, row->question);
    if (*row->reading)
        html(page, "<p class=\"help\">%s</p>\n", row->reading);
    for (size_t i = 0; i < rows; i++)
        if (*row[i].view)
            write_folded(page, run, &row[i]);
        else
            write_view(page, run, &row[i]);
    html(page, "</article>\n");
}

static size_t rows_of_chart(const Sheet *charts, size_t first)
{
    const PagePicture *row = charts->row;
    size_t end = first + 1;
    while (end < charts->rows && texts_equal(row[end].script, row[first].script))
        end++;
    return end - first;
}

static void write_questions(Html *page, const Sheet *charts)
{
    const PagePicture *row = charts->row;
    html(page, "<ol class=\"questions\">\n");
    for (size_t i = 0; i < charts->rows; i += rows_of_chart(charts, i))
        html(page, "<li><a href=\"#chart-%lu\">%s</a>\n", row[i].number, row[i].question);
    html(page, "</ol>\n");
}

void page_charts(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"charts\">\n<h2 id=\"charts\">Charts, by question</h2>\n");
    if (run->charts.row == NULL) {
        page_absent(page, run, "charts/charts.csv", "make charts");
    } else {
        html(page, "<p>The same colour and mark is the same strategy everywhere. What each chart draws stands in a table "
                   "behind it, and <code>GNUPLOT_LIB=charts/plots gnuplot -d -c charts/plots/NAME.gp FOLDER</code>, with the "
                   "folder of that table, draws it again.</p>\n");
        write_questions(page, &run->charts);
        for (size_t i = 0; i < run->charts.rows; i += rows_of_chart(&run->charts, i))
            page_chart(page, run, (const PagePicture *)run->charts.row + i, rows_of_chart(&run->charts, i));
    }
    html(page, "</section>\n");
}
