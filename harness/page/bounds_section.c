/* What memory management costs at least (lower_bounds.csv), and how costs grow with size (growth.csv). */
#include "class_means.h"
#include "page_parts.h"
#include "page_sections.h"
#include "registry.h"
#include "series.h"

#include <stdlib.h>

/* ---- Lower bounds ---------------------------------------------------------------------------------------------------- */

/* The mean over a class stands for its programs. */
static bool is_of_class(const PageBound *row)
{
    return texts_equal(row->cell.variant, MEAN_VARIANT);
}

/* What the columns of a table are: the classes that have means, in their usual order. */
static Names classes_of(const Sheet *bounds)
{
    const PageBound *row = bounds->row;
    Names classes = { 0 };
    for (size_t rank = 0; rank <= CLASS_NAMES; rank++)
        for (size_t i = 0; i < bounds->rows; i++)
            if (is_of_class(&row[i]) && class_rank(row[i].cell.workload) == rank && !names_have(classes, row[i].cell.workload))
                names_add(&classes, row[i].cell.workload);
    return classes;
}

static const PageBound *bound_of(const Sheet *bounds, const PageBound *like, const char *class)
{
    const PageBound *row = bounds->row;
    for (size_t i = 0; i < bounds->rows; i++)
        if (is_of_class(&row[i]) && texts_equal(row[i].by, like->by) && same_series(&row[i].cell, &like->cell)
            && texts_equal(row[i].cell.workload, class))
            return &row[i];
    return NULL;
}

static bool is_first_of_series(const Sheet *bounds, size_t i)
{
    const PageBound *row = bounds->row;
    for (size_t j = 0; j < i; j++)
        if (is_of_class(&row[j]) && texts_equal(row[j].by, row[i].by) && same_series(&row[j].cell, &row[i].cell))
            return false;
    return is_of_class(&row[i]);
}

static bool is_first_by(const Sheet *bounds, size_t i)
{
    const PageBound *row = bounds->row;
    for (size_t j = 0; j < i; j++)
        if (is_of_class(&row[j]) && texts_equal(row[j].by, row[i].by))
            return false;
    return is_of_class(&row[i]);
}

static void write_series(Html *page, PageRun *run, const PageBound *like, Names classes)
{
    html(page, "<tr><th scope=\"row\">%s", page_label(run, &like->cell));
    for (size_t c = 0; c < classes.count; c++) {
        const PageBound *bound = bound_of(&run->bounds, like, classes.name[c]);
        html(page, "<td>");
        if (bound)
            page_measured(page, bound->overhead, "");
        else
            html(page, "NA");
    }
    html(page, "\n");
}

static void write_table(Html *page, PageRun *run, const char *by, Names classes)
{
    const PageBound *row = run->bounds.row;
    html(page, WIDE_TABLE("least-%s") "<table><caption id=\"least-%s\">Overhead at least, in %s: mean of the programs of a "
               "class</caption>\n<thead><tr><th scope=\"col\">Strategy", by, by, page_metric(by));
    for (size_t c = 0; c < classes.count; c++)
        html(page, "<th scope=\"col\">%s", classes.name[c]);
    html(page, "</thead>\n<tbody>\n");
    for (size_t i = 0; i < run->bounds.rows; i++)
        if (texts_equal(row[i].by, by) && is_first_of_series(&run->bounds, i))
            write_series(page, run, &row[i], classes);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
}

static void write_bounds(Html *page, PageRun *run)
{
    const PageBound *row = run->bounds.row;
    Names classes = classes_of(&run->bounds);
    html(page, "<p>The cost of a program, divided by the least that it can cost: the smallest, over all strategies, of the "
               "cost less what is known to be memory management. The true overhead is not known; it is at least this.</p>\n");
    for (size_t i = 0; i < run->bounds.rows; i++)
        if (is_first_by(&run->bounds, i))
            write_table(page, run, row[i].by, classes);
    if (classes.count == 0)
        html(page, "<p class=\"absent\">No class of programs has a mean: not all strategies measured what it takes.</p>\n");
    html(page, "<p class=\"sources\">Each program: <a href=\"lower_bounds.csv\">lower_bounds.csv</a></p>\n");
    free(classes.name);
}

void page_bounds(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"bounds\">\n<h2 id=\"bounds\">What memory management costs at least</h2>\n");
    if (run->bounds.row == NULL)
        page_absent(page, run, "lower_bounds.csv", "make charts");
    else
        write_bounds(page, run);
    html(page, "</section>\n");
}

/* ---- Growth ---------------------------------------------------------------------------------------------------------- */

static void write_slope(Html *page, PageRun *run, const PageGrowth *row)
{
    html(page, "<tr><th scope=\"row\">%s %s<td>%s<td>%s<td>%lu to %lu<td class=\"number\">%lu<td class=\"number\">%lu",
         row->cell.workload, row->cell.variant, page_label(run, &row->cell), page_metric(row->metric), row->from, row->to,
         row->sizes, row->n);
    page_measured_cells(page, row->slope);
    html(page, "\n");
}

static void write_growth(Html *page, PageRun *run)
{
    const PageGrowth *row = run->growth.row;
    html(page, "<p>How the cost of one operation, or the memory of one element, grows with the size of the work: a slope of "
               "<b>0</b> is a cost that does not depend on size, <b>1</b> one that grows as size does.</p>\n");
    if (run->growth.rows == 0) {
        html(page, "<p class=\"absent\">No program was measured at several sizes.</p>\n");
        return;
    }
    html(page, "<details><summary>%zu slopes</summary>\n" WIDE_TABLE("slopes") "<table class=\"sortable\">"
               "<caption id=\"slopes\">Slope of cost against size</caption>\n", run->growth.rows);
    TABLE_HEAD(page, "Program", "Strategy", "Of", "Sizes", "#Measured at", "#Blocks", "#Slope", "95% interval");
    html(page, "<tbody>\n");
    for (size_t i = 0; i < run->growth.rows; i++)
        write_slope(page, run, &row[i]);
    html(page, "</tbody>" END_OF_WIDE_TABLE "</details>\n<p class=\"sources\"><a href=\"growth.csv\">growth.csv</a></p>\n");
}

void page_growth(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"growth\">\n<h2 id=\"growth\">How costs grow with size</h2>\n");
    if (run->growth.row == NULL)
        page_absent(page, run, "growth.csv", "make charts");
    else
        write_growth(page, run);
    html(page, "</section>\n");
}
