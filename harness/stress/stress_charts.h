/* The pictures of a stress run: every plots/stress/<name>.gp draws charts/<name>.svg from the tables in charts/data/stress. For
 * each mode there is a table <mode>.tsv, the rows of stress.csv that have a figure; and for a file of a mode's own, <file>.csv
 * with a column `strategy`, a table <file>.tsv. Both have the number of the strategy's colour and mark in front (`series`). */
#ifndef RECLAIM_STRESS_CHARTS_H
#define RECLAIM_STRESS_CHARTS_H

/* Writes the tables, the pictures and charts/stress_charts.csv, whose columns are those of charts.csv. A plot whose table has no
 * rows is a row there that says so. What cannot be read, written or drawn ends the program with a sentence. */
void stress_charts_draw(const char *run_folder);

#endif
