/* A run as the page shows it: the files of its folder. Those that are not there are sheets whose `row` is NULL. */
#ifndef RECLAIM_PAGE_RUN_H
#define RECLAIM_PAGE_RUN_H

#include "page_rows.h"

#include <jansson.h>

typedef struct PageRun {
    const char *folder;
    TextPool pool;    /* of all texts here */
    json_t *manifest;
    Sheet summary, trials, census, findings, claims, noise, charts, bounds, growth;
    Sheet hosts, host_ratios, agreement; /* rows of HostRow, HostRatio and AgreementRow; only of a run on several machines */
    Sheet stress, stress_charts; /* rows of StressRow, and of PagePicture */
    Cell *series;     /* one cell of each strategy in each configuration */
    size_t series_count;
    const char *baseline; /* its label */
} PageRun;

/* Ends the program with a sentence when there is no run, or when one of its files is damaged. */
PageRun page_run_read(const char *folder);

void page_run_free(PageRun *run);

/* What the series of the cell is called (series.h). */
const char *page_label(PageRun *run, const Cell *cell);

/* A text of the manifest, empty where it has none. */
const char *page_fact(const PageRun *run, const char *key);

/* Whether the run's folder has the file. */
bool page_has_file(const PageRun *run, const char *file);

#endif
