/* A run's charts: every plots/<name>.gp draws charts/<name>.svg from the tables in charts/data (views.h). */
#ifndef RECLAIM_CHARTS_H
#define RECLAIM_CHARTS_H

/* Draws all charts of the run, by the plots in the folder "plots". Must be there: summary.csv. All other files are used where
 * they are there, and a chart whose files are not is a row of charts.csv that says so. A chart that cannot be drawn ends the
 * program with one sentence, and leaves its last good picture as it was. */
void charts_draw(const char *run_folder);

#endif
