/* The table of all cells, one line each, from summary.csv. Without a script it is a table in the order of the file; page.js
 * makes it one that can be sorted and filtered. */
#include "manifest.h"
#include "memory.h"
#include "page_parts.h"
#include "page_sections.h"

#include <math.h>
#include <stdlib.h>

/* A cell's rows that the table has something of. */
typedef enum Shown { SHOWN_TIME, SHOWN_TOTAL, SHOWN_MEMORY, SHOWN } Shown;

static const char *const metric_shown[SHOWN] = { TIME_METRIC, "total_cpu_s", "peak_rss_kib" };

typedef struct CellLine {
    const PageSummary *any, *of[SHOWN]; /* NULL where the file has no such row */
    const char *class;
} CellLine;

/* ---- Rows to lines --------------------------------------------------------------------------------------------------- */

static double time_of(const CellLine *line)
{
    return line->of[SHOWN_TIME] ? line->of[SHOWN_TIME]->median.value : NAN;
}

static int by_class_work_and_time(const void *a, const void *b)
{
    const CellLine *x = a, *y = b;
    if (class_rank(x->class) != class_rank(y->class))
        return class_rank(x->class) < class_rank(y->class) ? -1 : 1;
    int order = work_order(&x->any->cell, &y->any->cell);
    if (order)
        return order;
    if (isnan(time_of(x)) != isnan(time_of(y)))
        return isnan(time_of(x)) ? 1 : -1;
    if (isnan(time_of(x)) || time_of(x) == time_of(y))
        return cell_order(&x->any->cell, &y->any->cell);
    return time_of(x) < time_of(y) ? -1 : 1;
}

static void take_row(CellLine *line, const PageSummary *row)
{
    for (int m = 0; m < SHOWN; m++)
        if (texts_equal(row->metric, metric_shown[m]))
            line->of[m] = row;
}

/* The rows of a cell stand together. The caller frees the lines. */
static CellLine *lines_of(const PageRun *run, size_t *lines)
{
    const PageSummary *row = run->summary.row;
    CellLine *line = memory_new(run->summary.rows + 1, sizeof *line);
    *lines = 0;
    for (size_t i = 0; i < run->summary.rows; i++) {
        if (i == 0 || cell_order(&row[i].cell, &row[i - 1].cell) != 0)
            line[(*lines)++] = (CellLine){ .any = &row[i], .class = manifest_class(run->manifest, row[i].cell.workload) };
        take_row(&line[*lines - 1], &row[i]);
    }
    qsort(line, *lines, sizeof *line, by_class_work_and_time);
    return line;
}

/* ---- Lines to HTML --------------------------------------------------------------------------------------------------- */

static const Measured unmeasured = { NAN, NAN, NAN };

static void write_compared(Html *page, const PageSummary *row)
{
    page_measured_cells(page, row ? row->ratio : unmeasured);
    html(page, "<td class=\"verdict\">%s", difference_name(row ? row->verdict : NOT_COMPARED));
}

static void write_detectable(Html *page, const PageSummary *row)
{
    if (row == NULL || isnan(row->detectable))
        html(page, "<td class=\"number\">NA");
    else
        html(page, "<td class=\"number\">%.1f%%", row->detectable * 100);
}

static void write_line(Html *page, PageRun *run, const CellLine *line)
{
    const Cell *cell = &line->any->cell;
    const PageSummary *time = line->of[SHOWN_TIME], *total = line->of[SHOWN_TOTAL], *memory = line->of[SHOWN_MEMORY];
    html(page, "<tr><td>%s<th scope=\"row\">%s<td>%s<td class=\"number\">%lu<td>%s%s", line->class, cell->workload,
         cell->variant, cell->size, page_label(run, cell), cell->control ? " (control)" : "");
    write_compared(page, time);
    write_detectable(page, time);
    page_number_cell(page, total ? total->ratio.value : NAN, 1);
    write_compared(page, memory);
    page_number_cell(page, time_of(line), 1e-3);
    page_number_cell(page, memory ? memory->median.value : NAN, 1024);
    html(page, "<td class=\"number\">%lu<td class=\"status\">%s<td>%s\n", line->any->n, status_name(line->any->status),
         line->any->reason);
}

/* Columns of the table that can be filtered by, and those between them. */
enum { CLASS_COLUMN, WORKLOAD_COLUMN, STRATEGY_COLUMN = 4, STATUS_COLUMN = 16 };

static const char *const heads[] = {
    [CLASS_COLUMN] = "Class", [WORKLOAD_COLUMN] = "Workload", "Variant", "#Size", [STRATEGY_COLUMN] = "Strategy", "#CPU time",
    "95% interval", "Verdict", "#Detectable", "#With giving back", "#Peak memory", "95% interval", "Verdict", "#ms", "#MiB",
    "#Blocks", [STATUS_COLUMN] = "Status", "Reason", NULL,
};

static void write_filter(Html *page, int column, const char *name)
{
    html(page, "<label>%s <select name=\"%s\" data-column=\"%d\"><option value=\"\">all</option></select></label>\n",
         heads[column], name, column);
}

static void write_filters(Html *page, size_t lines)
{
    html(page, "<form class=\"filters\" hidden role=\"search\" aria-label=\"Filter the cells\">\n"
               "<label>Text <input type=\"search\" name=\"text\" placeholder=\"any column\"></label>\n");
    write_filter(page, CLASS_COLUMN, "class");
    write_filter(page, WORKLOAD_COLUMN, "workload");
    write_filter(page, STRATEGY_COLUMN, "strategy");
    write_filter(page, STATUS_COLUMN, "status");
    html(page, "<button type=\"reset\">Show all</button>\n</form>\n"
               "<p id=\"shown\" role=\"status\" aria-live=\"polite\">%zu cells</p>\n", lines);
}

static void write_table_head(Html *page, PageRun *run)
{
    html(page, "<table class=\"sortable many\" id=\"all\"><caption id=\"every\">Every cell of the run, compared with %s"
               "</caption>\n", run->baseline);
    page_table_head(page, heads);
    html(page, "<tbody>\n");
}

static void write_cells(Html *page, PageRun *run)
{
    size_t lines;
    CellLine *line = lines_of(run, &lines);
    html(page, "<p>CPU time and peak memory are ratios to <code>%s</code>; ms and MiB are medians. <em>Detectable</em> is the "
               "least difference in time that these blocks could have shown: a smaller one may be there and not be seen. "
               "<em>With giving back</em> is CPU time that includes the end, when everything still held is given back.</p>\n",
         run->baseline);
    write_filters(page, lines);
    html(page, "<p class=\"only-print\">The table of %zu cells is left out in print; it is <code>summary.csv</code>.</p>\n",
         lines);
    html(page, WIDE_TABLE("every"));
    write_table_head(page, run);
    for (size_t i = 0; i < lines; i++)
        write_line(page, run, &line[i]);
    html(page, "</tbody>" END_OF_WIDE_TABLE "<p class=\"sources\"><a href=\"summary.csv\">summary.csv</a> has more metrics, "
               "and the figures of workloads</p>\n");
    free(line);
}

void page_cells(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"cells\" class=\"wide\">\n<h2 id=\"cells\">All cells</h2>\n");
    if (run->summary.row == NULL)
        page_absent(page, run, "summary.csv", "make charts");
    else
        write_cells(page, run);
    html(page, "</section>\n");
}
