/* What the run was, and how to read its figures. */
#include "page_parts.h"
#include "page_sections.h"

#include <inttypes.h>
#include <math.h>

static json_int_t parameter(const PageRun *run, const char *key)
{
    return json_integer_value(json_object_get(json_object_get(run->manifest, "parameters"), key));
}

static const char *mode_of(const PageRun *run)
{
    const char *mode = json_string_value(json_object_get(json_object_get(run->manifest, "parameters"), "mode"));
    return mode ? mode : "unknown";
}

static bool is_first_of_work(const PageSummary *row, size_t i)
{
    for (size_t j = i; j-- > 0 && texts_equal(row[j].cell.workload, row[i].cell.workload);)
        if (same_variant(&row[j].cell, &row[i].cell))
            return false;
    return true;
}

/* Rows of one workload stand together. */
static size_t programs_of(const PageRun *run)
{
    const PageSummary *row = run->summary.row;
    size_t programs = 0;
    for (size_t i = 0; i < run->summary.rows; i++)
        programs += is_first_of_work(row, i);
    return programs;
}

static void write_facts(Html *page, const PageRun *run)
{
    bool changed = json_is_true(json_object_get(run->manifest, "dirty"));
    html(page, "<dl class=\"facts\">\n<div><dt>Machine<dd>%s</div>\n<div><dt>Date<dd>%.10s</div>\n"
               "<div><dt>Commit<dd><code>%.12s</code>%s</div>\n", page_fact(run, "host_kind"), page_fact(run, "started"),
         page_fact(run, "commit"), changed ? " with changes" : "");
    html(page, "<div><dt>Mode<dd>%s</div>\n<div><dt>Blocks<dd>%ld</div>\n<div><dt>Strategies<dd>%zu</div>\n"
               "<div><dt>Programs<dd>%zu</div>\n</dl>\n",
         mode_of(run), (long)parameter(run, "blocks"), run->series_count, programs_of(run));
}

static void write_noise(Html *page, const PageRun *run)
{
    double band = page_band(run, TIME_METRIC);
    if (isnan(band))
        return;
    html(page, " Here that is %.1f%% of " TIME_WORDS ".", (band - 1) * 100);
}

static void write_reading(Html *page, const PageRun *run)
{
    html(page, "<p class=\"reading\"><strong>How to read a figure.</strong> A ratio compares with <code>%s</code>, which did "
               "the same work in the same block: <b>0.5</b> is half of its time or memory, <b>2</b> is twice as much. In "
               "brackets stands the 95%% interval: in 19 of 20 runs such as this it would hold the truth; of pauses it is the "
               "least and the most of the runs. <code>less</code> or <code>more</code> is said of a ratio only where that "
               "interval does not hold 1 and the difference is larger than what the same program, run twice, differs by.",
         run->baseline);
    write_noise(page, run);
    html(page, "</p>\n");
}

void page_intro(Html *page, PageRun *run)
{
    html(page, "<header>\n<p class=\"brand\">reclaim</p>\n<h1>What does managing memory cost? <span>Run %s</span></h1>\n",
         page_fact(run, "run"));
    write_facts(page, run);
    write_reading(page, run);
    html(page, "</header>\n");
}
