/* Which strategy to choose, how sure that is, and what to be careful about: findings.csv. */
#include "page_parts.h"
#include "page_sections.h"

#include <math.h>
#include <string.h>

static bool is_kind(const PageFinding *row, const char *kind)
{
    return texts_equal(row->kind, kind);
}

static size_t count_of_kind(const Sheet *findings, const char *kind)
{
    const PageFinding *row = findings->row;
    size_t count = 0;
    for (size_t i = 0; i < findings->rows; i++)
        count += is_kind(&row[i], kind);
    return count;
}

static bool is_in_ns(const PageFinding *row)
{
    size_t length = strlen(row->metric);
    return length > 3 && texts_equal(row->metric + length - 3, "_ns");
}

/* Times in ms, ratios as they are, with these words. */
static void write_value(Html *page, const PageFinding *row, Measured measured, const char *words)
{
    double unit = is_in_ns(row) ? 1e6 : 1;
    page_measured(page, (Measured){ measured.value / unit, measured.lo / unit, measured.hi / unit },
                  is_in_ns(row) ? "ms" : words);
}

/* ---- Choices --------------------------------------------------------------------------------------------------------- */

/* What a program wants that chooses by this metric. */
static const char *wish_of(const char *metric)
{
    static const char *const wishes[][2] = {
        { "total_cpu_s", "least time" },
        { TIME_METRIC, "least time" },
        { "peak_rss_kib", "least memory" },
        { "pause_longest_ns", "the shortest stops" },
        { "latency_999_ns", "the shortest waits, of 999 in 1000" },
    };
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        if (texts_equal(metric, wishes[i][0]))
            return wishes[i][1];
    return metric;
}

enum { FEW_NAMES = 3 };

static size_t names_in(const char *list)
{
    size_t names = 1;
    for (; (list = strchr(list, ',')); list++)
        names++;
    return names;
}

/* Who cannot be told from the choice is one, too. */
static void write_as_good(Html *page, const char *as_good)
{
    size_t names = names_in(as_good);
    if (names > FEW_NAMES)
        html(page, "<details><summary>or any of %zu others</summary>%s</details>", names, as_good);
    else if (*as_good)
        html(page, " or %s", as_good);
}

static void write_noise_of(Html *page, const PageFinding *row)
{
    html(page, " <span class=\"beside\">");
    if (isnan(row->band))
        html(page, "noise unknown");
    else if (is_in_ns(row))
        html(page, "noise %.2f ms", row->band / 1e6);
    else
        html(page, "noise %.1f%%", (row->band - 1) * 100);
    if (row->n.known)
        html(page, ", %lu %s%s", row->n.value, is_in_ns(row) ? "run" : "block", row->n.value == 1 ? "" : "s");
    html(page, "</span>");
}

static void write_surety(Html *page, const PageFinding *row)
{
    if (row->verdict == LESS)
        html(page, "<span class=\"sure\">sure</span>");
    else if (row->verdict == NOT_COMPARED)
        html(page, "<span class=\"unsure\">not compared</span>");
    else
        html(page, "<span class=\"unsure\">not sure which</span>");
    write_noise_of(page, row);
}

/* What the mean hides; of one program there is nothing to hide. */
static void write_spread(Html *page, const PageFinding *row)
{
    size_t programs = names_in(row->programs);
    if (isnan(row->least) || programs < 2)
        return;
    html(page, " <span class=\"beside\">");
    page_measured(page, (Measured){ row->least, NAN, NAN }, "");
    html(page, " to ");
    page_measured(page, (Measured){ row->most, NAN, NAN }, "");
    if (row->less_in.known && row->more_in.known)
        html(page, ", less in %lu of %zu programs, more in %lu", row->less_in.value, programs, row->more_in.value);
    html(page, "</span>");
}

static void write_taken(Html *page, PageRun *run, const PageFinding *row)
{
    write_value(page, row, row->measured, "");
    if (is_in_ns(row))
        html(page, " <span class=\"beside\">at most, in %s</span>", row->place);
    else if (texts_equal(page_label(run, &row->series), run->baseline))
        html(page, " <span class=\"beside\">it is the baseline</span>");
    else
        html(page, " <span class=\"beside\">of %s's</span>", run->baseline);
    write_spread(page, row);
}

static void write_next(Html *page, const PageFinding *row)
{
    if (*row->next == '\0') {
        html(page, "<span class=\"beside\">no other can be chosen</span>");
        return;
    }
    html(page, "%s: ", row->next);
    write_value(page, row, row->from_next, "times as much");
}

/* `before` is the choice above it for the same programs, or NULL. */
static void write_choice(Html *page, PageRun *run, const PageFinding *row, const PageFinding *before)
{
    const char *label = page_label(run, &row->series);
    size_t place = page_strategy_row(run, &row->series);
    html(page, "<td class=\"wish\">%s<td><b class=\"choice\">", wish_of(row->metric));
    if (place > 0)
        html(page, "<a href=\"#strategy-%zu\">%s</a></b>", place, label);
    else
        html(page, "%s</b>", label);
    write_as_good(page, row->as_good);
    if (*row->needs)
        html(page, " <span class=\"beside\">if your program has <a href=\"#words\">%s</a></span>", row->needs);
    else if (before && *before->needs && texts_equal(before->metric, row->metric))
        html(page, " <span class=\"beside\">if it has none</span>");
    html(page, "<td class=\"taken\">");
    write_taken(page, run, row);
    html(page, "<td class=\"next\">");
    write_next(page, row);
    html(page, "<td class=\"surety\">");
    write_surety(page, row);
    html(page, "\n");
}

/* Where the choices that stand together for the same programs end. */
static size_t end_of_choices(const Sheet *findings, size_t first)
{
    const PageFinding *row = findings->row;
    size_t end = first;
    while (end < findings->rows && is_kind(&row[end], "choice") && texts_equal(row[end].about, row[first].about))
        end++;
    return end;
}

static void write_names(Html *page, const char *programs)
{
    size_t names = names_in(programs);
    html(page, "<details><summary>%zu program%s</summary>%s</details>", names, names == 1 ? "" : "s", programs);
}

static void write_programs(Html *page, PageRun *run, size_t first, size_t end)
{
    const PageFinding *row = run->findings.row;
    html(page, "<tbody>\n<tr><th scope=\"rowgroup\" rowspan=\"%zu\">%s", end - first, row[first].about);
    if (*row[first].programs)
        write_names(page, row[first].programs);
    for (size_t i = first; i < end; i++) {
        if (i > first)
            html(page, "<tr>");
        write_choice(page, run, &row[i], i > first ? &row[i - 1] : NULL);
    }
    html(page, "</tbody>\n");
}

static void write_choices(Html *page, PageRun *run)
{
    html(page, WIDE_TABLE("choices") "<table class=\"choices\"><caption id=\"choices\">What this run would choose, and how "
               "sure that is. Time is with giving all memory back, and noise that of the mean; charts 1 and 2 draw the time "
               "of the work alone, and the noise of single programs: their figures may differ</caption>\n");
    TABLE_HEAD(page, "If you have …", "and want", "choose", "It takes", "The next takes", "How sure");
    for (size_t i = 0, end; i < run->findings.rows; i = end) {
        end = end_of_choices(&run->findings, i);
        if (end > i)
            write_programs(page, run, i, end);
        else
            end++;
    }
    html(page, END_OF_WIDE_TABLE);
}

/* How much of it can be relied on, in one sentence. */
static void write_in_short(Html *page, const Sheet *findings)
{
    const PageFinding *row = findings->row;
    size_t choices = count_of_kind(findings, "choice"), sure = 0;
    for (size_t i = 0; i < findings->rows; i++)
        sure += is_kind(&row[i], "choice") && row[i].verdict == LESS;
    if (sure == 0)
        html(page, "<p class=\"absent\"><strong>This run is too short, or too noisy, to choose by:</strong> of its %zu choices "
                   "none is sure. <code>make bench BLOCKS=20</code> makes one that tells more.</p>\n", choices);
    else
        html(page, "<p><strong>%zu of %zu choices are sure.</strong> Where one is not, those between which this run cannot "
                   "tell are named: take the one that suits you otherwise.</p>\n", sure, choices);
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

/* ---- Words ----------------------------------------------------------------------------------------------------------- */

static void write_words(Html *page, const PageRun *run)
{
    html(page, "<h3 id=\"words\">What the words mean</h3>\n<dl class=\"words\">\n"
               "<dt>0.5 of %s's<dd>Half of the time or memory that <code>%s</code>, the baseline, took for the same work. Of "
               "several programs it is the geometric mean, below which stand the least and the most of them, and how many "
               "took less or more by more than noise. Time is CPU time, with what it takes to give all memory back at the "
               "end; memory is the most that was resident.\n"
               "<dt>(0.4 to 0.6)<dd>The 95%% interval: in 19 of 20 runs such as this it would hold the truth. Of stops and "
               "waits: the least and the most of the runs.\n"
               "<dt>block<dd>A round in which each program ran once under each strategy, in shuffled order.\n"
               "<dt>noise<dd>What the same programs differed from themselves by, when the baseline ran them a second time in "
               "each block. The mean of several differs by less than one of them, and so each row has a noise of its own. Of "
               "stops and waits: as long as the machine itself stopped a program that does nothing.\n",
         run->baseline, run->baseline);
    html(page, "<dt>choose<dd>What takes least, of the strategies that ran all the programs, free memory, and leak no cycles "
               "where the programs drop some; of those that free at the ends of regions only, where programs have regions.\n"
               "<dt>sure<dd>Each of the others took more: the interval of its ratio to the choice does not hold 1, and the "
               "difference is larger than the noise. Of stops and waits: even the least of their runs was longer than all of "
               "its own, and than the noise.\n"
               "<dt>regions<dd>The program says where a part of its work begins and ends, and keeps nothing that was made in "
               "it, as when a request has been answered.\n"
               "<dt>program<dd>A variant of a workload, as <code>json tree</code>. By class: <em>real</em> ones read files "
               "that were not made for this, <em>classic</em> ones are known from the literature, <em>techniques</em> are two "
               "ways to write the same, <em>stress</em> is made to hurt, <em>micro</em> does one thing and nothing else.\n"
               "<dt>cycles<dd>Objects that refer to each other in a ring, as parents and children may.\n"
               "<dt>n<dd>The size of a program's work.\n</dl>\n");
}

/* ---- What cannot be told --------------------------------------------------------------------------------------------- */

static void write_noise(Html *page, PageRun *run)
{
    const PageFinding *row = run->findings.row;
    html(page, "<h3>What this run cannot tell</h3>\n<ul class=\"remarks\">\n");
    for (size_t i = 0; i < run->findings.rows; i++)
        if (is_kind(&row[i], "noise"))
            html(page, "<li>%s\n", row[i].sentence);
    html(page, "</ul>\n");
}

void page_findings(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"findings\">\n<h2 id=\"findings\" tabindex=\"-1\">Which strategy to choose</h2>\n");
    if (run->findings.row == NULL) {
        page_absent(page, run, "findings.csv", "make charts");
    } else if (count_of_kind(&run->findings, "choice") > 0) {
        write_in_short(page, &run->findings);
        write_choices(page, run);
    } else {
        write_no_choice(page, run);
    }
    if (count_of_kind(&run->findings, "noise") > 0)
        write_noise(page, run);
    if (count_of_kind(&run->findings, "choice") > 0)
        write_words(page, run);
    page_strategies(page, run);
    html(page, "</section>\n");
}
