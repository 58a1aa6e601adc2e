/* How far the run can be trusted: the A/A control, the trials that do not count, and the cells that could not be counted,
 * before any chart. */
#include "memory.h"
#include "noise.h"
#include "page_parts.h"
#include "page_sections.h"

#include <stdlib.h>
#include <string.h>

/* ---- The same program twice ------------------------------------------------------------------------------------------ */

/* The figures of single workloads are left to the file. */
static bool is_shown(const PageNoise *row)
{
    return row->controls > 0 && strncmp(row->metric, FIGURE_PREFIX, strlen(FIGURE_PREFIX)) != 0;
}

static void write_noise_row(Html *page, const PageNoise *row)
{
    html(page, "<tr><th scope=\"row\">%s<td class=\"number\">%lu<td class=\"number\">%.1f%%<td class=\"number\">%.1f%%"
               "<td class=\"number\">", page_metric(row->metric), row->controls, (row->band - 1) * 100, (row->worst - 1) * 100);
    if (row->told_apart.known)
        html(page, "%lu of %lu\n", row->told_apart.value, row->controls);
    else
        html(page, "NA\n");
}

/* What a reader should make of more false positives than 1 in 20, which are the rule where there are few blocks. */
static void write_false_positives(Html *page, const PageNoise *row)
{
    bool are_many = row->controls >= MANY_CONTROLS && row->told_apart.known && row->told_apart.value * 20 > row->controls;
    if (!texts_equal(row->metric, TIME_METRIC) || !are_many)
        return;
    html(page, "<p>Of CPU time %lu of %lu intervals do not hold 1, where chance alone would make about %lu: the "
               "machine was not the same all the time. That is why a difference is claimed only where it is larger, too, than "
               "that of 95 in 100 programs from themselves.</p>\n", row->told_apart.value, row->controls, row->controls / 20);
}

static void write_control(Html *page, PageRun *run)
{
    const PageNoise *row = run->noise.row;
    html(page, "<h3>The same program twice</h3>\n");
    if (row == NULL) {
        page_absent(page, run, "noise.csv", "make charts");
        return;
    }
    html(page, "<p>In each block <code>%s</code> ran a second time, as if it were another strategy (an A/A control). What it "
               "differs from itself by is noise, and <code>less</code> or <code>more</code> is said of a ratio only where it "
               "lies beyond what 95 in 100 of these stay within, or of fewer than %d what another would in 95 of 100 cases. "
               "Other figures are not held to that.</p>\n",
         run->baseline, MANY_CONTROLS);
    html(page, WIDE_TABLE("control") "<table><caption id=\"control\">Differences of the same program, run twice</caption>\n");
    TABLE_HEAD(page, "What was measured", "#Programs", "#95 in 100 would differ by at most", "#The worst by",
               "#Whose interval does not hold 1");
    html(page, "<tbody>\n");
    for (size_t i = 0; i < run->noise.rows; i++)
        if (is_shown(&row[i]))
            write_noise_row(page, &row[i]);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
    for (size_t i = 0; i < run->noise.rows; i++)
        write_false_positives(page, &row[i]);
}

/* ---- Rows that do not count ------------------------------------------------------------------------------------------ */

static int by_reason_and_cell(const void *a, const void *b)
{
    const PageTrial *x = *(const PageTrial *const *)a, *y = *(const PageTrial *const *)b;
    if (x->status != y->status)
        return x->status < y->status ? -1 : 1;
    int order = strcmp(x->reason, y->reason);
    if (order == 0)
        order = series_order(&x->cell, &y->cell);
    return order ? order : cell_order(&x->cell, &y->cell);
}

/* The rows that are not ok, equal reasons side by side, and in these the cells; the caller frees them. */
static const PageTrial **invalid_rows(const Sheet *sheet, size_t *count)
{
    const PageTrial *row = sheet->row, **invalid = memory_new(sheet->rows + 1, sizeof *invalid);
    *count = 0;
    for (size_t i = 0; i < sheet->rows; i++)
        if (row[i].status != OK)
            invalid[(*count)++] = &row[i];
    qsort(invalid, *count, sizeof *invalid, by_reason_and_cell);
    return invalid;
}

static bool same_reason(const PageTrial *a, const PageTrial *b)
{
    return a->status == b->status && texts_equal(a->reason, b->reason);
}

static size_t cells_among(const PageTrial **row, size_t rows)
{
    size_t cells = 0;
    for (size_t i = 0; i < rows; i++)
        cells += i == 0 || cell_order(&row[i]->cell, &row[i - 1]->cell) != 0;
    return cells;
}

static void write_cells(Html *page, PageRun *run, const PageTrial **row, size_t rows)
{
    html(page, "<ul>");
    for (size_t i = 0; i < rows; i++) {
        const Cell *cell = &row[i]->cell;
        if (i > 0 && cell_order(cell, &row[i - 1]->cell) == 0)
            continue;
        html(page, "<li>%s: %s %s, n = %lu%s\n", page_label(run, cell), cell->workload, cell->variant, cell->size,
             cell->control ? " (control)" : "");
    }
    html(page, "</ul>");
}

static void write_group(Html *page, PageRun *run, const PageTrial **row, size_t rows)
{
    size_t cells = cells_among(row, rows);
    html(page, "<tr><th scope=\"row\">%s<td>%s<td class=\"number\">%zu<td><details><summary>%zu cell%s</summary>",
         status_name((*row)->status), (*row)->reason, rows, cells, cells == 1 ? "" : "s");
    write_cells(page, run, row, rows);
    html(page, "</details>\n");
}

/* The rest of a table whose caption is written. */
static void write_table(Html *page, PageRun *run, const PageTrial **row, size_t rows, const char *what)
{
    TABLE_HEAD(page, "Status", "Reason", what, "Cells");
    html(page, "<tbody>\n");
    for (size_t first = 0, end; first < rows; first = end) {
        end = first + 1;
        while (end < rows && same_reason(row[first], row[end]))
            end++;
        write_group(page, run, row + first, end - first);
    }
    html(page, "</tbody>" END_OF_WIDE_TABLE);
}

static void write_invalid(Html *page, PageRun *run)
{
    html(page, "<h3>What does not count</h3>\n");
    if (run->trials.row == NULL) {
        page_absent(page, run, "trials.csv", "make bench");
        return;
    }
    size_t invalid, failed = 0;
    const PageTrial **row = invalid_rows(&run->trials, &invalid);
    for (size_t i = 0; i < invalid; i++)
        failed += row[i]->status != UNSUPPORTED;
    html(page, "<p>Of %zu trials %zu gave the right answer and count. %zu were not run, since the strategy cannot run that "
               "program; %zu failed. None of these has a time or a peak of memory anywhere on this page.</p>\n",
         run->trials.rows, run->trials.rows - invalid, invalid - failed, failed);
    if (invalid > 0) {
        html(page, WIDE_TABLE("invalid") "<table><caption id=\"invalid\">Trials that do not count, by reason</caption>\n");
        write_table(page, run, row, invalid, "#Trials");
    }
    free(row);
}

/* What pauses and what is left alive are told of is what could be counted. */
static void write_uncounted(Html *page, PageRun *run)
{
    html(page, "<h3>What could not be counted</h3>\n");
    if (run->census.row == NULL) {
        page_absent(page, run, "census.csv", "make profile");
        return;
    }
    size_t uncounted;
    const PageTrial **row = invalid_rows(&run->census, &uncounted);
    if (uncounted == 0)
        html(page, "<p>Objects and pauses of all %zu cells that ran were counted.</p>\n", run->census.rows);
    else {
        html(page, "<p>Of %zu cells that ran, objects and pauses of %zu were counted, and of %zu could not be. What this page "
                   "says of pauses, leaks and collections is without these.</p>\n",
             run->census.rows, run->census.rows - uncounted, uncounted);
        html(page, WIDE_TABLE("uncounted") "<table><caption id=\"uncounted\">Cells that could not be counted, by reason"
                   "</caption>\n");
        write_table(page, run, row, uncounted, "#Rows");
    }
    free(row);
}

void page_trust(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"trust\">\n<h2 id=\"trust\">Can this run be trusted?</h2>\n");
    write_control(page, run);
    write_invalid(page, run);
    write_uncounted(page, run);
    html(page, "</section>\n");
}
