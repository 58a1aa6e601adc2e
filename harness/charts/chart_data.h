/* The tables of one view: which there are, and the writing of them all (chart_tables.h has each). */
#ifndef RECLAIM_CHART_DATA_H
#define RECLAIM_CHART_DATA_H

#include "chart_tables.h"
#include "views.h"

#include <stdbool.h>
#include <stddef.h>

/* Writes them into the folder, which exists, and how many rows each has. */
void write_tables(const ChartData *data, const Plots *plots, const char *folder, size_t rows[TABLES_MAX]);

/* Whether any table has this name, how many rows it has in the view, and why it has none: a sentence with {run} for the name of
 * the run, which tells the command that mends it. */
bool table_is_known(const char *table);
size_t view_rows(const View *view, const char *table);
const char *table_lacks(const char *table);

#endif
