/* What the run was made of, how to repeat it, and its files. */
#include "memory.h"
#include "page_parts.h"
#include "page_sections.h"

#include <stdlib.h>
#include <string.h>

/* ---- How to repeat it ------------------------------------------------------------------------------------------------ */

static bool needs_quotes(const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./=:,+";
    return *word == '\0' || word[strspn(word, plain)] != '\0';
}

/* A word as a shell takes it: a quote within quotes ends them, stands by itself, and begins them again. */
static void write_word(Html *page, const char *word)
{
    if (!needs_quotes(word)) {
        html(page, " %s", word);
        return;
    }
    html(page, " '");
    for (size_t part; *word; word += part + (word[part] == '\'')) {
        part = strcspn(word, "'");
        char *text = text_format("%.*s%s", (int)part, word, word[part] ? "'\\''" : "");
        html(page, "%s", text);
        free(text);
    }
    html(page, "'");
}

static void write_repeating(Html *page, const PageRun *run)
{
    const json_t *parameters = json_object_get(run->manifest, "parameters");
    size_t i;
    json_t *word;
    html(page, "<h3>To repeat it</h3>\n<pre tabindex=\"0\"><code>git checkout %s\nmake -s all\nbuild/reclaim",
         page_fact(run, "commit"));
    json_array_foreach(json_object_get(run->manifest, "command"), i, word)
        write_word(page, json_is_string(word) ? json_string_value(word) : "");
    html(page, "</code></pre>\n<p>with another name behind <code>--run</code>; the order of its trials was drawn from the "
               "seed %lu (<code>--seed</code>).</p>\n", (long)json_integer_value(json_object_get(parameters, "seed")));
}

/* ---- What it was made of --------------------------------------------------------------------------------------------- */

static void write_text(Html *page, const json_t *value)
{
    char *text = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(4));
    html(page, "%s", text ? text : json_string_value(value));
    free(text);
}

static void write_fact(Html *page, const char *name, const json_t *value)
{
    html(page, "<tr><th scope=\"row\">%s<td>", name);
    if (json_is_null(value))
        html(page, "unknown");
    else
        write_text(page, value);
    html(page, "\n");
}

static void write_facts_of(Html *page, const json_t *facts)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)facts, name, value)
        write_fact(page, name, value);
}

static void write_facts(Html *page, const PageRun *run)
{
    static const char *const plain[] = { "host_kind", "started", "ended", "commit", "dirty", "compiler", "flags", "pinned" };
    static const char *const groups[] = { "machine", "tools" };
    html(page, "<details><summary>Machine, compiler, "
               "libraries</summary>\n" WIDE_TABLE("manifest") "<table><caption id=\"manifest\">From "
               "manifest.json</caption>\n<tbody>\n");
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        write_fact(page, plain[i], json_object_get(run->manifest, plain[i]) ?: json_null());
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        write_facts_of(page, json_object_get(run->manifest, groups[i]));
    html(page, "</tbody>" END_OF_WIDE_TABLE "</details>\n");
}

/* ---- Its files ------------------------------------------------------------------------------------------------------- */

static const struct File {
    const char *name, *about;
} files[] = {
    { "manifest.json", "machine, compiler, command line, seeds and checksums: all that it takes to doubt or repeat the run" },
    { "plan.csv", "every trial in its order, and the answer that it has to give" },
    { "trials.csv", "one row for each trial that was started, none left out" },
    { "hiccups.csv", "what the machine did to a program that does nothing, before and after the trials and the counting" },
    { "summary.csv", "medians and ratios of every cell and metric, with their intervals" },
    { "classes.csv", "geometric means of the ratios within a class" },
    { "noise.csv", "what the same program differs by when it is run twice" },
    { "lower_bounds.csv", "what memory management costs at least" },
    { "growth.csv", "slopes of cost against size" },
    { "findings.csv", "the findings above" },
    { "claims.csv", "the claims above, with their figures" },
    { "census.csv", "what each cell allocated and freed" },
    { "instructions.csv", "instructions of each cell, and what they were for" },
    { "stress.csv", "what was tried to break what the strategies promise, and what came of it" },
    { "soak.csv", "memory after each round of churn" },
    { "live_pauses.csv", "pauses by how much is alive" },
    { "least_heaps.csv", "the least memory that each cell works in" },
    { "pauses.csv", "every pause of every cell, but for the shortest" },
    { "pause_runs.csv", "how long the pauses of each of a cell's runs were in all" },
    { "pause_summary.csv", "what the pauses of a cell come to, over its runs" },
    { "sweep.csv", "what more memory buys" },
    { "latency.csv", "what requests waited, from the time at which they were due" },
    { "timeline.csv", "how memory moved" },
    { "leaks.csv", "what was still alive at the end, by type and line" },
    { "charts/charts.csv", "the charts, and what was not drawn, and why" },
};

static void write_files(Html *page, const PageRun *run)
{
    html(page, "<h3>Its files</h3>\n<ul class=\"files\">\n");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (page_has_file(run, files[i].name))
            html(page, "<li><a href=\"%s\">%s</a>: %s\n", files[i].name, files[i].name, files[i].about);
    html(page, "</ul>\n");
}

void page_manifest(Html *page, PageRun *run)
{
    html(page, "<section aria-labelledby=\"run\">\n<h2 id=\"run\">The run, and how to repeat it</h2>\n");
    write_repeating(page, run);
    write_facts(page, run);
    write_files(page, run);
    html(page, "</section>\n");
}
