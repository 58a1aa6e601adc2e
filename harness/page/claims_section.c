/* What articles teach, and what this run says to it: claims.csv. */
#include "page_parts.h"
#include "page_sections.h"

#include <math.h>

static size_t end_of_claim(const Sheet *claims, size_t first)
{
    const PageClaim *row = claims->row;
    size_t end = first + 1;
    while (end < claims->rows && texts_equal(row[end].claim, row[first].claim))
        end++;
    return end;
}

/* The figures of a strategy stand together. */
static size_t end_of_series(const Sheet *claims, size_t first, size_t end_of_claim)
{
    const PageClaim *row = claims->row;
    size_t end = first + 1;
    while (end < end_of_claim && series_order(&row[end].series, &row[first].series) == 0)
        end++;
    return end;
}

static bool has_figures(const Sheet *claims, size_t first, size_t end)
{
    const PageClaim *row = claims->row;
    for (size_t i = first; i < end; i++)
        if (!isnan(row[i].measured.value))
            return true;
    return false;
}

/* The first row of a claim speaks of all strategies together. */
static bool is_of_all(const PageClaim *row)
{
    return *row->series.strategy == '\0';
}

static void write_answers(Html *page, PageRun *run)
{
    const PageClaim *row = run->claims.row;
    html(page, WIDE_TABLE("answers") "<table><caption id=\"answers\">Each claim, and what this run says to it</caption>\n");
    TABLE_HEAD(page, "No.", "What articles say", "Verdict", "When");
    html(page, "<tbody>\n");
    for (size_t i = 0; i < run->claims.rows; i = end_of_claim(&run->claims, i))
        html(page, "<tr><td class=\"number\">%s<th scope=\"row\">%s<td class=\"verdict\">%s<td>%s\n", row[i].claim, row[i].said,
             row[i].verdict, row[i].condition);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
}

static void write_figure(Html *page, const PageClaim *row)
{
    html(page, "<td>%s<td class=\"number\">%s<td>%s<td>%s", row->figure, row->size, row->expected, row->met);
    page_measured_cells(page, row->measured);
    html(page, "<td>%s<td class=\"number\">", row->unit);
    if (row->n.known)
        html(page, "%lu\n", row->n.value);
    else
        html(page, "NA\n");
}

static void write_series(Html *page, PageRun *run, size_t first, size_t end)
{
    const PageClaim *row = run->claims.row;
    html(page, "<tbody>\n<tr><th scope=\"rowgroup\" rowspan=\"%zu\">%s<td rowspan=\"%zu\"><b class=\"verdict\">%s</b> %s",
         end - first, is_of_all(&row[first]) ? "all together" : page_label(run, &row[first].series), end - first,
         row[first].verdict, row[first].condition);
    for (size_t i = first; i < end; i++) {
        if (i > first)
            html(page, "<tr>");
        write_figure(page, &row[i]);
    }
    html(page, "</tbody>\n");
}

static void write_claim(Html *page, PageRun *run, size_t first, size_t end)
{
    const PageClaim *row = run->claims.row;
    html(page, "<details><summary>%s. %s</summary>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n"
               "<table><caption>Figures for claim %s</caption>\n",
         row[first].claim, row[first].said, row[first].said, row[first].claim);
    TABLE_HEAD(page, "Strategy", "Verdict", "Figure", "#Size", "Expected", "Met", "#Value", "95% interval", "Unit", "#n");
    for (size_t i = first, next; i < end; i = next) {
        next = end_of_series(&run->claims, i, end);
        write_series(page, run, i, next);
    }
    html(page, END_OF_WIDE_TABLE "</details>\n");
}

static void write_claims(Html *page, PageRun *run)
{
    write_answers(page, run);
    html(page, "<h3>The figures behind the verdicts</h3>\n");
    for (size_t i = 0, end; i < run->claims.rows; i = end) {
        end = end_of_claim(&run->claims, i);
        if (has_figures(&run->claims, i, end))
            write_claim(page, run, i, end);
    }
    html(page, "<p class=\"sources\"><a href=\"claims.csv\">claims.csv</a> says each in a sentence, too</p>\n");
}

void page_claims(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"claims\">\n<h2 id=\"claims\">What articles claim</h2>\n");
    if (run->claims.row == NULL)
        page_absent(page, run, "claims.csv", "make charts");
    else
        write_claims(page, run);
    html(page, "</section>\n");
}
