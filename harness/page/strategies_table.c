/* What each strategy does, and the worst that each did: the strategies and cautions of findings.csv. */
#include "claim_rows.h"
#include "page_parts.h"
#include "page_sections.h"

#include <math.h>

/* Cautions that have a column; the others are told in the last. */
static const struct Worst {
    const char *about, *unit_words;
    double unit;
} worst[] = { { MOST_TIME, "times", 1 }, { MOST_MEMORY, "times", 1 }, { LONGEST_STOP, "ms", 1e6 } };

enum { WORST = sizeof worst / sizeof *worst };

static bool is_of(const PageFinding *row, const char *kind, const Cell *series)
{
    return texts_equal(row->kind, kind) && series_order(&row->series, series) == 0;
}

static bool has_column(const PageFinding *row)
{
    for (int i = 0; i < WORST; i++)
        if (texts_equal(row->about, worst[i].about))
            return true;
    return false;
}

static void write_what(Html *page, PageRun *run, const Cell *series)
{
    const PageFinding *row = run->findings.row;
    html(page, "<td>");
    for (size_t i = 0; i < run->findings.rows; i++)
        if (is_of(&row[i], "strategy", series))
            html(page, "%s", row[i].about);
}

static void write_worst(Html *page, PageRun *run, const Cell *series, const struct Worst *what)
{
    const PageFinding *row = run->findings.row;
    html(page, "<td>");
    for (size_t i = 0; i < run->findings.rows; i++) {
        if (!is_of(&row[i], "caution", series) || !texts_equal(row[i].about, what->about))
            continue;
        Measured is = row[i].measured;
        page_measured(page, (Measured){ is.value / what->unit, is.lo / what->unit, is.hi / what->unit }, what->unit_words);
        html(page, " <span class=\"beside\">%s</span>", row[i].place);
    }
}

static void write_others(Html *page, PageRun *run, const Cell *series)
{
    const PageFinding *row = run->findings.row;
    html(page, "<td><ul>");
    for (size_t i = 0; i < run->findings.rows; i++)
        if (is_of(&row[i], "caution", series) && !has_column(&row[i]))
            html(page, "<li>%s\n", row[i].sentence);
    html(page, "</ul>\n");
}

static bool is_told(const PageFinding *row)
{
    return texts_equal(row->kind, "strategy") || texts_equal(row->kind, "caution");
}

size_t page_strategy_row(const PageRun *run, const Cell *series)
{
    const PageFinding *row = run->findings.row;
    for (size_t i = 0; i < run->findings.rows; i++)
        if (is_told(&row[i]) && series_order(&row[i].series, series) == 0)
            return i + 1;
    return 0;
}

static void write_series(Html *page, PageRun *run, const Cell *series)
{
    html(page, "<tr><th scope=\"row\" id=\"strategy-%zu\">%s", page_strategy_row(run, series), page_label(run, series));
    write_what(page, run, series);
    for (int w = 0; w < WORST; w++)
        write_worst(page, run, series, &worst[w]);
    write_others(page, run, series);
}

static void write_strategies(Html *page, PageRun *run)
{
    const PageFinding *row = run->findings.row;
    html(page, "<h3>The strategies, and the worst that each did</h3>\n" WIDE_TABLE("cautions") "<table class=\"worst\">"
               "<caption id=\"cautions\">Of all programs at their largest size, by what %s took; what a strategy does is told "
               "by what was counted</caption>\n", run->baseline);
    TABLE_HEAD(page, "Strategy", "What it does", "Most time", "Most memory", "Longest stop", "Beware");
    html(page, "<tbody>\n");
    for (size_t i = 0; i < run->findings.rows; i++)
        if (is_told(&row[i]) && page_strategy_row(run, &row[i].series) == i + 1)
            write_series(page, run, &row[i].series);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
}

void page_strategies(Html *page, PageRun *run)
{
    const PageFinding *row = run->findings.row;
    size_t told = 0;
    for (size_t i = 0; i < run->findings.rows; i++)
        told += is_told(&row[i]);
    if (told > 0)
        write_strategies(page, run);
}
