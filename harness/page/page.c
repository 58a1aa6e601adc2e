#include "page.h"

#include "assets.h"
#include "commands.h"
#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "page_sections.h"
#include "page_scripts.h"

#include <stdlib.h>

static void write_head(Html *page, const PageRun *run)
{
    html(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"color-scheme\" content=\"light dark\">\n"
               "<link rel=\"icon\" href=\"data:,\">\n"
               "<title>reclaim: run %s</title>\n<style>\n", page_fact(run, "run"));
    html_embed(page, page_css);
    html(page, "</style>\n</head>\n");
}

/* The sections, and what leads to them. */
typedef struct Section {
    const char *id, *title;
    void (*write)(Html *page, PageRun *run);
} Section;

static const Section of_measuring[] = {
    { "findings", "Findings", page_findings }, { "trust", "Trust", page_trust },          { "hosts", "Machines", page_hosts },
    { "charts", "Charts", page_charts },       { "claims", "Claims", page_claims },       { "bounds", "Lower bounds", page_bounds },
    { "growth", "Growth", page_growth },       { "cells", "All cells", page_cells },
};
static const Section of_stress = { "stress", "Stress", page_stress };
static const Section of_all = { "run", "The run", page_manifest };

enum { SECTIONS_MAX = sizeof of_measuring / sizeof *of_measuring + 2 };

/* A run that was only stressed has measured nothing; one that was not, says nothing of stress; and one machine has nobody to agree
 * with. */
static size_t sections_of(const PageRun *run, const Section *sections[SECTIONS_MAX])
{
    size_t count = 0;
    bool measured = run->stress.row == NULL || run->trials.row;
    for (size_t i = 0; measured && i < sizeof of_measuring / sizeof *of_measuring; i++)
        if (of_measuring[i].write != page_hosts || run->hosts.rows > 1)
            sections[count++] = &of_measuring[i];
    if (run->stress.row)
        sections[count++] = &of_stress;
    sections[count++] = &of_all;
    return count;
}

static void write_body(Html *page, PageRun *run)
{
    const Section *sections[SECTIONS_MAX];
    size_t count = sections_of(run, sections);
    html(page, "<body>\n<a class=\"skip\" href=\"#%s\">To the %s</a>\n", sections[0]->id,
         sections[0] == &of_stress ? "results" : "findings");
    page_intro(page, run);
    html(page, "<nav aria-label=\"Sections\"><ul>\n");
    for (size_t i = 0; i < count; i++)
        html(page, "<li><a href=\"#%s\">%s</a>\n", sections[i]->id, sections[i]->title);
    html(page, "</ul></nav>\n<main>\n");
    for (size_t i = 0; i < count; i++)
        sections[i]->write(page, run);
    html(page, "</main>\n<footer><p>Made by <code>reclaim page</code> from the files beside it; nothing here was written by "
               "hand for this run.</p></footer>\n<script>\n");
    html_embed(page, page_js);
    html(page, "</script>\n</body>\n</html>\n");
}

void page_write(const char *run_folder, const char *plots)
{
    PageRun run = page_run_read(run_folder);
    page_copy_scripts(&run, plots);
    char *file = text_format("%s/index.html", run_folder);
    Durable durable = durable_begin(file);
    Html page = { .out = durable.out };
    write_head(&page, &run);
    write_body(&page, &run);
    durable_end(&durable);
    free(file);
    page_run_free(&run);
}

static const char help[] =
    "Usage: reclaim page RUN_FOLDER\n"
    "\n"
    "Writes RUN_FOLDER/index.html from the files there: findings, what the run can be trusted with, charts, and all cells.\n";

int page_main(int count, char **words)
{
    if (count != 2 || *words[1] == '-') {
        bool asked = count == 2 && texts_equal(words[1], "--help");
        fputs(help, asked ? stdout : stderr);
        return asked ? ALL_WELL : CANNOT_GO_ON;
    }
    page_write(words[1], "plots");
    printf("The page is %s/index.html\n", words[1]);
    return ALL_WELL;
}
