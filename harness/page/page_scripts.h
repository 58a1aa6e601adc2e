/* The scripts that drew a run's charts, copied beside them: its folder has all that it takes to draw them again. */
#ifndef RECLAIM_PAGE_SCRIPTS_H
#define RECLAIM_PAGE_SCRIPTS_H

#include "page_run.h"

/* Copies the scripts that charts.csv names, and what they load, from the folder into charts/plots, unless that has been done
 * since the charts were drawn. Scripts that are not in the folder are left out. */
void page_copy_scripts(PageRun *run, const char *plots);

#endif
