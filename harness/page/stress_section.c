/* What `make stress` tried and what broke: stress.csv, and the charts of its figures. */
#include "modes.h"
#include "page_parts.h"
#include "page_sections.h"
#include "standing.h"
#include "stress_facts.h"

#include <math.h>
#include <stdlib.h>

static const StressRow *row_of(const PageRun *run, size_t i)
{
    return (const StressRow *)run->stress.row + i;
}

static bool is_broken(const StressRow *row)
{
    return texts_equal(row->outcome, BROKEN);
}

static size_t count_outcome(const PageRun *run, const char *outcome)
{
    size_t rows = 0;
    for (size_t i = 0; i < run->stress.rows; i++)
        rows += texts_equal(row_of(run, i)->outcome, outcome);
    return rows;
}

static void write_verdict(Html *page, const PageRun *run, size_t broken)
{
    size_t untried = count_outcome(run, UNTRIED);
    if (broken > 0)
        html(page, "<b class=\"bad\">%zu promise%s broken.</b>", broken, broken == 1 ? " was" : "s were");
    else if (standing_has_tries(&run->stress))
        html(page, "<b class=\"sure\">Nothing that was promised broke.</b>");
    else
        html(page, "<b>Nothing was tried.</b>");
    if (untried > 0)
        html(page, " %zu row%s untried, and say%s why.", untried, untried == 1 ? " is" : "s are", untried == 1 ? "s" : "");
}

static void write_facts(Html *page, const PageRun *run, size_t broken)
{
    StressFacts facts = stress_facts(run->manifest);
    html(page, "<p class=\"facts\">");
    write_verdict(page, run, broken);
    html(page, " On %s, commit <code>%.12s</code>%s, from the seed %ld%s.</p>\n", facts.host, facts.commit,
         facts.changed ? " with changes" : "", facts.seed, facts.quick ? ", in quick mode" : "");
}

/* ---- Strategies by modes --------------------------------------------------------------------------------------------- */

static void write_standing(Html *page, Standing standing)
{
    char text[STANDING_TEXT];
    standing_text(standing, text);
    if (standing.broken)
        html(page, "<td class=\"number\"><b class=\"bad\">%s</b>", text);
    else
        html(page, "<td class=\"number\">%s", text);
}

static void write_table(Html *page, const PageRun *run)
{
    Names modes = standing_modes(&run->stress), strategies = standing_strategies(&run->stress);
    html(page, WIDE_TABLE("stress-tried") "<table><caption id=\"stress-tried\">How often each was tried</caption>\n"
               "<thead><tr><th scope=\"col\">Strategy");
    for (size_t m = 0; m < modes.count; m++)
        html(page, "<th scope=\"col\" class=\"number\"><a href=\"#stress-%s\">%s</a>", modes.name[m], modes.name[m]);
    html(page, "</thead>\n<tbody>\n");
    for (size_t s = 0; s < strategies.count; s++) {
        html(page, "<tr><th scope=\"row\">%s", strategies.name[s]);
        for (size_t m = 0; m < modes.count; m++)
            write_standing(page, standing_of(&run->stress, modes.name[m], strategies.name[s]));
        html(page, "\n");
    }
    html(page, "</tbody>" END_OF_WIDE_TABLE "<p class=\"help\"><code>cannot</code>: the strategy has nothing that could be "
               "tried; <code>untried</code> and *: something was not tried; each mode's table says why.</p>\n");
    free(modes.name);
    free(strategies.name);
}

/* ---- What broke ------------------------------------------------------------------------------------------------------- */

static void write_what(Html *page, const StressRow *row)
{
    html(page, "%s", row->subject);
    if (row->size.known)
        html(page, " <span class=\"beside\">of %lu</span>", row->size.value);
    if (*row->condition)
        html(page, " <span class=\"beside\">%s</span>", row->condition);
}

static void write_broken(Html *page, const PageRun *run)
{
    html(page, "<h3>What broke</h3>\n" WIDE_TABLE("stress-broken") "<table><caption id=\"stress-broken\">Broken promises"
               "</caption>\n");
    TABLE_HEAD(page, "Strategy", "Mode", "What", "What happened", "#Broken", "#Of", "Again");
    html(page, "<tbody>\n");
    for (size_t i = 0; i < run->stress.rows; i++) {
        const StressRow *row = row_of(run, i);
        if (!is_broken(row))
            continue;
        html(page, "<tr><th scope=\"row\">%s<td>%s<td>", row->strategy, row->mode);
        write_what(page, row);
        html(page, "<td>%s<td class=\"number\">%lu<td class=\"number\">%lu<td><code>%s</code>\n", row->sentence, row->broken,
             row->tries, row->again);
    }
    html(page, "</tbody>" END_OF_WIDE_TABLE);
}

/* ---- All rows of a mode ------------------------------------------------------------------------------------------------ */

static const char *promise_of(const char *mode)
{
    size_t rank = stress_mode_rank(mode);
    return rank < stress_mode_count ? stress_modes[rank]->promise : "";
}

static void write_row(Html *page, const StressRow *row)
{
    html(page, "<tr><th scope=\"row\">%s<td>", row->strategy);
    write_what(page, row);
    html(page, "<td class=\"number\">%lu<td>%s<td>%s", row->tries, row->outcome, row->figure);
    html(page, "<td class=\"number\">");
    if (*row->figure)
        page_measured(page, (Measured){ row->value, row->lo, row->hi }, row->unit);
    html(page, "<td>%s\n", row->sentence);
}

static void write_mode(Html *page, const PageRun *run, const char *mode)
{
    size_t rows = 0;
    for (size_t i = 0; i < run->stress.rows; i++)
        rows += texts_equal(row_of(run, i)->mode, mode);
    html(page, "<details id=\"stress-%s\"><summary><b>%s</b>: %s <span class=\"beside\">%zu row%s</span></summary>\n"
               "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n<table class=\"sortable\"><caption>%s"
               "</caption>\n", mode, mode, promise_of(mode), rows, rows == 1 ? "" : "s", mode, mode);
    TABLE_HEAD(page, "Strategy", "What", "#Tried", "Outcome", "Figure", "#Value", "What happened");
    html(page, "<tbody>\n");
    for (size_t i = 0; i < run->stress.rows; i++)
        if (texts_equal(row_of(run, i)->mode, mode))
            write_row(page, row_of(run, i));
    html(page, "</tbody>" END_OF_WIDE_TABLE "</details>\n");
}

static void write_modes(Html *page, const PageRun *run)
{
    Names modes = standing_modes(&run->stress);
    html(page, "<h3>What was tried, mode by mode</h3>\n");
    for (size_t m = 0; m < modes.count; m++)
        write_mode(page, run, modes.name[m]);
    html(page, "<p class=\"sources\"><a href=\"stress.csv\">stress.csv</a></p>\n");
    free(modes.name);
}

/* ---- Charts ------------------------------------------------------------------------------------------------------------ */

static bool is_undrawn(const PagePicture *row)
{
    return !*row->file && *row->missing;
}

/* What the run did not try has its questions in one line, and no places that are empty. */
static void write_charts(Html *page, PageRun *run)
{
    const PagePicture *row = run->stress_charts.row;
    const char *missing = NULL;
    for (size_t i = 0; i < run->stress_charts.rows; i++)
        if (is_undrawn(&row[i]))
            missing = row[i].missing;
        else
            page_chart(page, run, &row[i], 1);
    if (!missing)
        return;
    html(page, "<p class=\"absent\">Not drawn:");
    for (size_t i = 0; i < run->stress_charts.rows; i++)
        if (is_undrawn(&row[i]))
            html(page, " %s", row[i].question);
    html(page, " (%s)</p>\n", missing);
}

void page_stress(Html *page, PageRun *run)
{
    size_t broken = count_outcome(run, BROKEN);
    html(page, "<section aria-labelledby=\"stress\">\n<h2 id=\"stress\">What stress found</h2>\n");
    write_facts(page, run, broken);
    write_table(page, run);
    if (broken > 0)
        write_broken(page, run);
    write_charts(page, run);
    write_modes(page, run);
    html(page, "</section>\n");
}
