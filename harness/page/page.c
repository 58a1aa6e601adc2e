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

static void write_contents(Html *page)
{
    html(page, "<nav aria-label=\"Sections\"><ul>\n"
               "<li><a href=\"#findings\">Findings</a>\n<li><a href=\"#trust\">Trust</a>\n<li><a href=\"#charts\">Charts</a>\n"
               "<li><a href=\"#claims\">Claims</a>\n<li><a href=\"#bounds\">Lower bounds</a>\n"
               "<li><a href=\"#growth\">Growth</a>\n<li><a href=\"#cells\">All cells</a>\n<li><a href=\"#run\">The run</a>\n"
               "</ul></nav>\n");
}

static void write_body(Html *page, PageRun *run)
{
    static void (*const sections[])(Html *page, PageRun *run) = {
        page_findings, page_trust, page_charts, page_claims, page_bounds, page_growth, page_cells, page_manifest,
    };
    html(page, "<body>\n<a class=\"skip\" href=\"#findings\">To the findings</a>\n");
    page_intro(page, run);
    write_contents(page);
    html(page, "<main>\n");
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        sections[i](page, run);
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
