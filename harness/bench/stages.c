#include "stages.h"

#include "charts.h"
#include "claims.h"
#include "commands.h"
#include "fail.h"
#include "memory.h"
#include "page.h"
#include "pause_summary.h"
#include "stress_charts.h"
#include "summary.h"
#include "text_pool.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool has_file(const char *run_folder, const char *name)
{
    char *file = text_format("%s/%s", run_folder, name);
    bool found = access(file, F_OK) == 0;
    free(file);
    return found;
}

/* A run that was only stressed has measured nothing. */
static bool is_only_stress(const char *run_folder)
{
    return has_file(run_folder, "stress.csv") && !has_file(run_folder, "trials.csv");
}

void stages_sum_up(const char *run_folder)
{
    if (is_only_stress(run_folder))
        return;
    summary_write(run_folder);
    pause_summary_write(run_folder);
    claims_write(run_folder);
}

void stages_draw(const char *run_folder)
{
    if (!is_only_stress(run_folder))
        charts_draw(run_folder);
    if (has_file(run_folder, "stress.csv"))
        stress_charts_draw(run_folder);
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
