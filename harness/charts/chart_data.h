/* summary.csv -> the tables in charts/data, which hold exactly what the charts draw, one row per thing drawn. */
#ifndef RECLAIM_CHART_DATA_H
#define RECLAIM_CHART_DATA_H

/* Writes the tables of the run into `folder`, which exists. Ends the program with one sentence when summary.csv cannot be drawn
 * (chart_cells.h), manifest.json cannot be read, or a table cannot be written. */
void chart_data_write(const char *run_folder, const char *folder);

#endif
