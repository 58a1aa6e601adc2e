/* Of a run on several machines: what each is like, and whether they agree (hosts.csv, agreement.csv). */
#include "class_means.h"
#include "host_rows.h"
#include "memory.h"
#include "noise.h"
#include "page_parts.h"
#include "page_sections.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>

enum { MACHINES_SHOWN = 40, TENTHS = 10, MACHINES_BESIDE = 8 };

static void write_percent(Html *page, double share)
{
    if (isnan(share))
        html(page, "<td class=\"number\">NA");
    else
        html(page, "<td class=\"number\">%.1f%%", 100 * share);
}

/* ---- Each machine ---------------------------------------------------------------------------------------------------- */

static void write_machine(Html *page, const HostRow *row)
{
    html(page, "<tr><th scope=\"row\">%s<td class=\"number\">%lu<td class=\"number\">%lu<td class=\"number\">%lu",
         row->host, row->kind, row->blocks, row->controls);
    write_percent(page, row->band - 1);
    write_percent(page, expm1(row->rms));
    html(page, "<td>%s\n", row->flag);
}

static int by_noise(const void *a, const void *b)
{
    const HostRow *x = *(const HostRow *const *)a, *y = *(const HostRow *const *)b;
    int order = (x->rms > y->rms) - (x->rms < y->rms);
    return order ? order : (x > y) - (x < y);
}

/* Of many those that are flagged, and of the others one in each tenth, the least noisy first. */
static void write_some_machines(Html *page, const HostRow *row, size_t rows)
{
    const HostRow **sorted = memory_new(rows, sizeof *sorted);
    for (size_t i = 0; i < rows; i++)
        sorted[i] = &row[i];
    qsort(sorted, rows, sizeof *sorted, by_noise);
    for (size_t i = 0; i < rows; i++)
        if (*sorted[i]->flag || i == 0 || i + 1 == rows || i * TENTHS / rows != (i - 1) * TENTHS / rows)
            write_machine(page, sorted[i]);
    free(sorted);
}

static void write_machines(Html *page, const Sheet *hosts)
{
    const HostRow *row = hosts->row;
    html(page, WIDE_TABLE("machines") "<table><caption id=\"machines\">The machines, and what a program differs from itself by "
               "on each, in CPU time</caption>\n");
    TABLE_HEAD(page, "Machine", "#Kind", "#Blocks", "#Programs run twice", "#95 in 100 would differ by at most",
               "#In one block, mostly", "Out of line");
    html(page, "<tbody>\n");
    if (hosts->rows > MACHINES_SHOWN)
        write_some_machines(page, row, hosts->rows);
    else
        for (size_t i = 0; i < hosts->rows; i++)
            write_machine(page, &row[i]);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
    if (hosts->rows > MACHINES_SHOWN)
        html(page, "<p>Of %zu machines those are shown that are out of line, and of the others one in each tenth by its noise. "
                   "All: <a href=\"hosts.csv\">hosts.csv</a></p>\n", hosts->rows);
}

static void name_noisy_machines(Html *page, const Sheet *hosts)
{
    const HostRow *row = hosts->row;
    size_t noisy = 0;
    html(page, "<p>");
    for (size_t i = 0; i < hosts->rows; i++)
        if (*row[i].flag)
            html(page, "%s<b>%s</b>", noisy++ ? ", " : "", row[i].host);
    if (noisy > 0)
        html(page, ": more than twice as noisy as is usual among the others. Nothing of %s is left out.</p>\n",
             noisy == 1 ? "it" : "them");
    else
        html(page, "None is more than twice as noisy as is usual among the others.</p>\n");
}

/* ---- Whether they agree ---------------------------------------------------------------------------------------------- */

static bool are_told_apart(const AgreementRow *row)
{
    return row->i2_lo > 0;
}

static bool is_of_class(const AgreementRow *row)
{
    return texts_equal(row->cell.variant, MEAN_VARIANT);
}

/* The baseline is 1 times itself on any machine. */
static bool is_compared(const AgreementRow *row, const Cell *baseline)
{
    bool is_baseline = baseline && same_series(&row->cell, baseline) && !row->cell.control;
    return texts_equal(row->metric, TIME_METRIC) && !isnan(row->i2) && !is_baseline;
}

static void write_agreement(Html *page, PageRun *run, const AgreementRow *row)
{
    html(page, "<tr><th scope=\"row\">%s", row->cell.workload);
    if (!is_of_class(row))
        html(page, " %s, n = %lu", row->cell.variant, row->cell.size);
    html(page, "<td>%s%s", page_label(run, &row->cell), row->cell.control ? " (control)" : "");
    write_percent(page, row->between);
    page_measured_cells(page, (Measured){ row->i2, row->i2_lo, row->i2_hi });
    page_number_cell(page, row->least, 1);
    html(page, "<td>%s", row->least_host);
    page_number_cell(page, row->most, 1);
    html(page, "<td>%s<td>%s\n", row->most_host, are_told_apart(row) ? "yes" : "");
}

/* The rows of classes, or those of cells that are told apart; a table whose caption is written. */
static void write_agreements(Html *page, PageRun *run, bool of_classes, const Cell *baseline)
{
    const AgreementRow *row = run->agreement.row;
    TABLE_HEAD(page, of_classes ? "Class" : "Program", "Strategy", "#Beyond noise", "#I²", "95% interval", "#Least ratio", "on",
               "#Greatest", "on", "Told apart");
    html(page, "<tbody>\n");
    for (size_t i = 0; i < run->agreement.rows; i++)
        if (is_compared(&row[i], baseline) && is_of_class(&row[i]) == of_classes && (of_classes || are_told_apart(&row[i])))
            write_agreement(page, run, &row[i]);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
}

/* ---- What each says by itself ---------------------------------------------------------------------------------------- */

static const HostRatio *ratio_on(const PageRun *run, const char *host, const AgreementRow *row)
{
    const HostRatio *ratio = run->host_ratios.row;
    for (size_t i = 0; i < run->host_ratios.rows; i++)
        if (texts_equal(ratio[i].host, host) && texts_equal(ratio[i].metric, row->metric) &&
            cell_order(&ratio[i].cell, &row->cell) == 0)
            return &ratio[i];
    return NULL;
}

static void write_ratios_of_class(Html *page, PageRun *run, const AgreementRow *row)
{
    const HostRow *host = run->hosts.row;
    html(page, "<tr><th scope=\"row\">%s<td>%s%s", row->cell.workload, page_label(run, &row->cell),
         row->cell.control ? " (control)" : "");
    for (size_t i = 0; i < run->hosts.rows; i++) {
        const HostRatio *ratio = ratio_on(run, host[i].host, row);
        html(page, "<td class=\"number\">");
        page_measured(page, ratio ? (Measured){ ratio->ratio, ratio->ratio_lo, ratio->ratio_hi } : (Measured){ NAN, NAN, NAN },
                      "");
    }
    html(page, "\n");
}

/* More would not fit beside one another. */
static void write_ratios_by_machine(Html *page, PageRun *run, const Cell *baseline)
{
    const HostRow *host = run->hosts.row;
    const AgreementRow *row = run->agreement.row;
    if (run->hosts.rows > MACHINES_BESIDE || run->host_ratios.rows == 0)
        return;
    html(page, WIDE_TABLE("by-machine") "<table><caption id=\"by-machine\">The same, of each machine by itself</caption>\n"
               "<thead><tr><th scope=\"col\">Class<th scope=\"col\">Strategy");
    for (size_t i = 0; i < run->hosts.rows; i++)
        html(page, "<th scope=\"col\" class=\"number\">%s", host[i].host);
    html(page, "</thead>\n<tbody>\n");
    for (size_t i = 0; i < run->agreement.rows; i++)
        if (is_compared(&row[i], baseline) && is_of_class(&row[i]))
            write_ratios_of_class(page, run, &row[i]);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
}

/* ---- How often they are told apart ----------------------------------------------------------------------------------- */

typedef struct Told {
    size_t compared, apart;
} Told;

static Told count_cells(const Sheet *agreement, const Cell *baseline)
{
    const AgreementRow *row = agreement->row;
    Told told = { 0, 0 };
    for (size_t i = 0; i < agreement->rows; i++)
        if (is_compared(&row[i], baseline) && !is_of_class(&row[i])) {
            told.compared++;
            told.apart += are_told_apart(&row[i]);
        }
    return told;
}

static void write_whether_they_agree(Html *page, PageRun *run)
{
    const Cell *baseline = baseline_among(CELLS_OF(PageSummary, run->summary.row, run->summary.rows));
    Told told = count_cells(&run->agreement, baseline);
    if (told.compared == 0) {
        html(page, "<p class=\"absent\">Whether they agree cannot be said: no machine ran two blocks.</p>\n");
        return;
    }
    html(page, "<p>Of %zu ratios of CPU time the machines are told apart in %zu, where chance alone would do so in about %zu. "
               "I² is the part of the spread of their ratios that is not that of their blocks, 0 where they agree; beyond noise "
               "is their standard deviation without what their blocks would make of it. They are told apart where the interval of "
               "I² lies above 0; one from 0 to 1 says that so few blocks cannot tell.</p>\n",
         told.compared, told.apart, (told.compared + 20) / 40);
    html(page, WIDE_TABLE("agreement") "<table><caption id=\"agreement\">Ratios of CPU time, means of the programs of a class"
               "</caption>\n");
    write_agreements(page, run, true, baseline);
    write_ratios_by_machine(page, run, baseline);
    if (told.apart == 0)
        return;
    html(page, "<details><summary>%zu ratios in which they are told apart</summary>\n" WIDE_TABLE("told-apart")
               "<table class=\"sortable\"><caption id=\"told-apart\">Ratios in which machines are told apart</caption>\n",
         told.apart);
    write_agreements(page, run, false, baseline);
    html(page, "</details>\n");
}

/* ---- The section ----------------------------------------------------------------------------------------------------- */

static bool are_of_several_kinds(const Sheet *hosts)
{
    const HostRow *row = hosts->row;
    for (size_t i = 1; i < hosts->rows; i++)
        if (row[i].kind != row[0].kind)
            return true;
    return false;
}

static void write_what_is_said(Html *page, const Sheet *hosts)
{
    if (hosts->rows < LEAST_HOSTS)
        html(page, "<p>Each block ran on one of two machines. Ratios are taken within a block and put together; their intervals "
                   "are those of <b>these two machines</b>, not of machines like them.</p>\n");
    else
        html(page, "<p>Each block ran on one of %zu machines. Ratios are taken within a block and put together; their intervals "
                   "are those of <b>machines like these</b>.</p>\n", hosts->rows);
    if (are_of_several_kinds(hosts))
        html(page, "<p>The machines are not of one kind, so their seconds and bytes are not put together: such a number is NA, "
                   "or of the machine that is named beside it.</p>\n");
}

void page_hosts(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"hosts\">\n<h2 id=\"hosts\">Do the machines agree?</h2>\n");
    write_what_is_said(page, &run->hosts);
    write_machines(page, &run->hosts);
    name_noisy_machines(page, &run->hosts);
    if (run->agreement.row == NULL)
        page_absent(page, run, "agreement.csv", "make charts");
    else
        write_whether_they_agree(page, run);
    html(page, "<p class=\"sources\"><a href=\"hosts.csv\">hosts.csv</a>, <a href=\"host_ratios.csv\">host_ratios.csv</a>, "
               "<a href=\"agreement.csv\">agreement.csv</a></p>\n</section>\n");
}
