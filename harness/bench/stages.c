#include "stages.h"

#include "charts.h"
#include "claims.h"
#include "commands.h"
#include "fail.h"
#include "page.h"
#include "pause_summary.h"
#include "summary.h"
#include "text_pool.h"

#include <stdio.h>

void stages_sum_up(const char *run_folder)
{
    summary_write(run_folder);
    pause_summary_write(run_folder);
    claims_write(run_folder);
}

void stages_draw(const char *run_folder)
{
    charts_draw(run_folder);
    page_write(run_folder, "plots");
}

static const char help[] =
    "Usage: reclaim report RUN_FOLDER, in the project's root\n"
    "\n"
    "Derives again all that is derived from what the run measured and counted: what summarise, pauses, claims, charts and\n"
    "page write, in this order. `make charts`, `make profile` and `make count` end with it.\n";

int report_main(int count, char **words)
{
    if (count != 2 || *words[1] == '-') {
        bool asked = count == 2 && texts_equal(words[1], "--help");
        fputs(help, asked ? stdout : stderr);
        return asked ? ALL_WELL : CANNOT_GO_ON;
    }
    stages_sum_up(words[1]);
    stages_draw(words[1]);
    printf("The page is %s/index.html\n", words[1]);
    return ALL_WELL;
}
