/* What the run was. */
#include "manifest.h"
#include "page_parts.h"
#include "page_sections.h"

#include <stdlib.h>

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

static void write_blocks(Html *page, const PageRun *run)
{
    long blocks = parameter(run, "blocks");
    if (blocks > 0)
        html(page, ", %ld time%s each", blocks, blocks == 1 ? "" : "s");
    if (*manifest_missing_blocks(run->manifest))
        html(page, " (but blocks %s are missing)", manifest_missing_blocks(run->manifest));
}

static void write_facts(Html *page, const PageRun *run)
{
    bool changed = json_is_true(json_object_get(run->manifest, "dirty"));
    html(page, "<p class=\"facts\">%zu strategies ran %zu programs", run->series_count, programs_of(run));
    write_blocks(page, run);
    char *host_kind = manifest_host_kind(run->manifest);
    html(page, ", at the sizes of mode <em>%s</em>, on %s, %.10s, commit <code>%.12s</code>%s.</p>\n", mode_of(run), host_kind,
         page_fact(run, "started"), page_fact(run, "commit"), changed ? " with changes" : "");
    free(host_kind);
}

void page_intro(Html *page, PageRun *run)
{
    bool is_measured = run->stress.row == NULL || run->trials.row;
    html(page, "<header>\n<p class=\"brand\">reclaim</p>\n<h1>%s <span>Run %s</span></h1>\n",
         is_measured ? "How should my program manage memory?" : "What breaks under stress?", page_fact(run, "run"));
    if (is_measured)
        write_facts(page, run);
    html(page, "</header>\n");
}
