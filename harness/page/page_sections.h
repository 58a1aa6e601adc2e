/* The sections of the page, in its order. Each writes its heading, what it has, and where a file is missing the command that
 * makes it. */
#ifndef RECLAIM_PAGE_SECTIONS_H
#define RECLAIM_PAGE_SECTIONS_H

#include "html.h"
#include "page_run.h"

void page_intro(Html *page, PageRun *run);
void page_findings(Html *page, PageRun *run);
void page_strategies(Html *page, PageRun *run); /* a part of the findings */
size_t page_strategy_row(const PageRun *run, const Cell *series); /* its row there, the place #strategy-N; 0: it has none */
void page_trust(Html *page, PageRun *run);
void page_hosts(Html *page, PageRun *run); /* of a run on several machines */
void page_charts(Html *page, PageRun *run);
/* One chart, in all its views: `rows` of them, which stand together. */
void page_chart(Html *page, PageRun *run, const PagePicture *row, size_t rows);
void page_claims(Html *page, PageRun *run);
void page_bounds(Html *page, PageRun *run);
void page_growth(Html *page, PageRun *run);
void page_stress(Html *page, PageRun *run);
void page_cells(Html *page, PageRun *run);
void page_manifest(Html *page, PageRun *run);

#endif
