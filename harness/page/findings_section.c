/* Which strategy to choose, and what to be careful about: findings.csv, whose sentences are generated from the run. */
#include "page_parts.h"
#include "page_sections.h"

/* ---- Choices --------------------------------------------------------------------------------------------------------- */

/* What a program wants that chooses by this metric. */
static const char *wish_of(const char *metric)
{
    static const char *const wishes[][2] = {
        { "total_cpu_s", "least time" },
        { TIME_METRIC, "least time" },
        { "peak_rss_kib", "least memory" },
        { "pause_longest_ns", "shortest stops" },
    };
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        if (texts_equal(metric, wishes[i][0]))
            return wishes[i][1];
    return metric;
}

static void write_surety(Html *page, const PageFinding *row)
{
    if (row->verdict == LESS)
        html(page, "<span class=\"sure\">sure</span>");
    else if (row->verdict == NOT_COMPARED)
        html(page, "<span class=\"interval\">not compared</span>");
    else
        html(page, "<span class=\"unsure\">not sure: the next may be as good</span>");
    if (row->n.known)
        html(page, " <span class=\"interval\">n = %lu</span>", row->n.value);
}

static void write_choice(Html *page, PageRun *run, const PageFinding *row)
{
    html(page, "<td>%s<td class=\"choice\">%s<td>%s<td>", wish_of(row->metric), page_label(run, &row->series), row->sentence);
    write_surety(page, row);
    html(page, "\n");
}

static bool is_choice_about(const PageFinding *row, const char *about)
{
    return texts_equal(row->kind, "choice") && texts_equal(row->about, about);
}

/* Where the choices that stand together for the same programs end. */
static size_t end_of_choices(const Sheet *findings, size_t first)
{
    const PageFinding *row = findings->row;
    size_t end = first;
    while (end < findings->rows && is_choice_about(&row[end], row[first].about))
        end++;
    return end;
}

static void write_programs(Html *page, PageRun *run, size_t first, size_t end)
{
    const PageFinding *row = run->findings.row;
    html(page, "<tbody>\n<tr><th scope=\"rowgroup\" rowspan=\"%zu\">%s", end - first, row[first].about);
    for (size_t i = first; i < end; i++) {
        if (i > first)
            html(page, "<tr>");
        write_choice(page, run, &row[i]);
    }
    html(page, "</tbody>\n");
}

static size_t count_of_kind(const Sheet *findings, const char *kind)
{
    const PageFinding *row = findings->row;
    size_t count = 0;
    for (size_t i = 0; i < findings->rows; i++)
        count += texts_equal(row[i].kind, kind);
    return count;
}

static void write_choices(Html *page, PageRun *run)
{
    html(page, WIDE_TABLE("choices") "<table class=\"choices\"><caption id=\"choices\">What this run would choose</caption>\n");
    TABLE_HEAD(page, "If you have …", "and want the", "choose", "because", "How sure");
    for (size_t i = 0, end; i < run->findings.rows; i = end) {
        end = end_of_choices(&run->findings, i);
        if (end > i)
            write_programs(page, run, i, end);
        else
            end++;
    }
    html(page, END_OF_WIDE_TABLE "<p class=\"help\"><b>Sure</b>: the 95%% interval of its ratio to the next best does not hold "
               "1, and the difference is larger than what the same programs, run twice, differ by. n is how often it was "
               "measured.</p>\n");
}

/* ---- Cautions, and what cannot be told ------------------------------------------------------------------------------- */

static bool is_caution_of(const PageFinding *row, const Cell *series)
{
    return texts_equal(row->kind, "caution") && series_order(&row->series, series) == 0;
}

static void write_cautions_of(Html *page, PageRun *run, size_t first)
{
    const PageFinding *row = run->findings.row;
    for (size_t i = 0; i < first; i++)
        if (is_caution_of(&row[i], &row[first].series))
            return; /* they stand there */
    html(page, "<tr><th scope=\"row\">%s<td><ul>", page_label(run, &row[first].series));
    for (size_t i = first; i < run->findings.rows; i++)
        if (is_caution_of(&row[i], &row[first].series))
            html(page, "<li><b>%s</b>: %s\n", row[i].about, row[i].sentence);
    html(page, "</ul>\n");
}

static void write_cautions(Html *page, PageRun *run)
{
    const PageFinding *row = run->findings.row;
    html(page, "<h3>Be careful</h3>\n" WIDE_TABLE("cautions") "<table><caption id=\"cautions\">The worst that each strategy did"
               "</caption>\n");
    TABLE_HEAD(page, "Strategy", "At its worst");
    html(page, "<tbody>\n");
    for (size_t i = 0; i < run->findings.rows; i++)
        if (texts_equal(row[i].kind, "caution"))
            write_cautions_of(page, run, i);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
}

static void write_noise(Html *page, PageRun *run)
{
    const PageFinding *row = run->findings.row;
    html(page, "<h3>What this run cannot tell</h3>\n<ul class=\"remarks\">\n");
    for (size_t i = 0; i < run->findings.rows; i++)
        if (texts_equal(row[i].kind, "noise"))
            html(page, "<li>%s\n", row[i].sentence);
    html(page, "</ul>\n");
}

/* Who frees what, and who leaks it, only a counted run tells. */
static void write_no_choice(Html *page, PageRun *run)
{
    if (page_has_file(run, "census.csv"))
        html(page, "<p class=\"absent\">This run chooses nothing: no strategy ran all programs of a kind, and was "
                   "counted.</p>\n");
    else
        html(page, "<p class=\"absent\">This run chooses nothing: its cells were not counted, so nobody knows which strategies "
                   "free what they no longer need. <code>make profile RUN=%s</code> counts them.</p>\n", page_fact(run, "run"));
}

void page_findings(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\" tabindex=\"-1\">Which strategy to choose</h2>\n");
    if (run->findings.row == NULL)
        page_absent(page, run, "findings.csv", "make charts");
    else if (count_of_kind(&run->findings, "choice") > 0)
        write_choices(page, run);
    else
        write_no_choice(page, run);
    if (count_of_kind(&run->findings, "caution") > 0)
        write_cautions(page, run);
    if (count_of_kind(&run->findings, "noise") > 0)
        write_noise(page, run);
    html(page, "</section>\n");
}
