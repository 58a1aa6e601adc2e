/* What the run was made of, how to repeat it, and its files. */
#include "fail.h"
#include "manifest.h"
#include "memory.h"
#include "modes.h"
#include "page_parts.h"
#include "page_sections.h"
#include "shell.h"
#include "stress_facts.h"

#include <stdlib.h>

/* ---- How to repeat it ------------------------------------------------------------------------------------------------ */

static void write_word(Html *page, const char *word)
{
    char *typed = shell_word(word);
    html(page, " %s", typed);
    free(typed);
}

static void write_checkout(Html *page, const char *commit)
{
    html(page, "git checkout %s\n", commit);
}

static void write_measuring(Html *page, const PageRun *run)
{
    size_t i;
    json_t *word;
    write_checkout(page, page_fact(run, "commit"));
    html(page, "make -s all\nbuild/reclaim");
    json_array_foreach(json_object_get(run->manifest, "command"), i, word)
        write_word(page, json_is_string(word) ? json_string_value(word) : "");
    html(page, "\n");
}

/* `NAME='a b'`, as make takes it. */
static void write_names(Html *page, const char *variable, const json_t *names)
{
    size_t i, length;
    json_t *name;
    char *text;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        fail("no memory for a command");
    json_array_foreach(names, i, name)
        fprintf(out, "%s%s", i ? " " : "", json_is_string(name) ? json_string_value(name) : "");
    if (fclose(out) != 0)
        fail("no memory for a command");
    char *typed = shell_word(text);
    if (json_array_size(names) > 0)
        html(page, " %s=%s", variable, typed);
    free(typed);
    free(text);
}

/* make builds what its modes need; the seed is told even when the clock drew it. */
static void write_stressing(Html *page, const PageRun *run)
{
    StressFacts facts = stress_facts(run->manifest);
    const json_t *stress = json_object_get(run->manifest, "stress"), *modes = json_object_get(stress, "modes");
    char *minutes = text_format("%g", facts.minutes);
    if (!run->trials.row || !texts_equal(facts.commit, page_fact(run, "commit")))
        write_checkout(page, facts.commit);
    html(page, "make stress%s", facts.quick ? " QUICK=1" : "");
    if (json_array_size(modes) < stress_mode_count)
        write_names(page, "MODES", modes);
    write_names(page, "STRATEGIES", json_object_get(stress, "strategies"));
    write_names(page, "WORKLOADS", json_object_get(stress, "workloads"));
    html(page, " MINUTES=%s SEED=%ld", minutes, facts.seed);
    html(page, " RUN=%s\n", page_fact(run, "run"));
    free(minutes);
}

static void write_repeating(Html *page, const PageRun *run)
{
    const json_t *parameters = json_object_get(run->manifest, "parameters");
    bool measured = run->trials.row || !run->stress.row;
    html(page, "<h3>To repeat it</h3>\n<pre tabindex=\"0\"><code>");
    if (measured)
        write_measuring(page, run);
    if (run->stress.row)
        write_stressing(page, run);
    html(page, "</code></pre>\n<p>with another name behind <code>%s</code>", measured ? "--run" : "RUN=");
    if (measured)
        html(page, "; the order of its trials was drawn from the seed %lu (<code>--seed</code>)",
             (long)json_integer_value(json_object_get(parameters, "seed")));
    html(page, ".</p>\n");
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

/* What is said of the run as a whole; of several machines each has the rest for itself. */
static const char *const of_run[] = { "started", "ended", "commit", "dirty" };
static const char *const of_machine[] = { "host_kind", "compiler", "flags", "pinned" };
static const char *const groups[] = { "machine", "tools" };

#define COUNT_OF(table) (sizeof table / sizeof *table)

static void write_machine(Html *page, const json_t *facts)
{
    for (size_t i = 0; i < COUNT_OF(of_machine); i++)
        write_fact(page, of_machine[i], json_object_get(facts, of_machine[i]) ?: json_null());
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        write_facts_of(page, json_object_get(facts, groups[i]));
}

static void write_host(Html *page, const char *name, const json_t *host)
{
    html(page, "<details><summary>%s: blocks ", name);
    write_text(page, json_object_get(host, "blocks") ?: json_null());
    html(page, "</summary>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table><tbody>\n", name);
    write_machine(page, host);
    html(page, "</tbody>" END_OF_WIDE_TABLE "</details>\n");
}

enum { HOSTS_SHOWN = 40 };

static void write_hosts(Html *page, const json_t *hosts)
{
    const char *name;
    json_t *host;
    size_t shown = 0;
    json_object_foreach((json_t *)hosts, name, host)
        if (shown++ < HOSTS_SHOWN)
            write_host(page, name, host);
    if (shown > HOSTS_SHOWN)
        html(page, "<p>%zu more machines are in manifest.json.</p>\n", shown - HOSTS_SHOWN);
}

static void write_facts(Html *page, const PageRun *run)
{
    bool several = manifest_hosts(run->manifest) > 1;
    html(page, "<details><summary>Machine%s, compiler, "
               "libraries</summary>\n" WIDE_TABLE("manifest") "<table><caption id=\"manifest\">From "
               "manifest.json</caption>\n<tbody>\n", several ? "s" : "");
    for (size_t i = 0; i < COUNT_OF(of_run); i++)
        write_fact(page, of_run[i], json_object_get(run->manifest, of_run[i]) ?: json_null());
    if (!several)
        write_machine(page, run->manifest);
    html(page, "</tbody>" END_OF_WIDE_TABLE);
    if (several)
        write_hosts(page, json_object_get(run->manifest, "hosts"));
    html(page, "</details>\n");
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
    { "hosts.csv", "what each machine is, and how much the same program differs there" },
    { "host_ratios.csv", "medians and ratios of each machine by itself" },
    { "agreement.csv", "whether the machines agree" },
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
