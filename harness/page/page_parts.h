/* What the sections share: numbers as people read them, and parts of tables. */
#ifndef RECLAIM_PAGE_PARTS_H
#define RECLAIM_PAGE_PARTS_H

#include "html.h"
#include "page_run.h"

/* Numbers have three figures that count: "0.034", "1.25", "41.7", "1234"; "NA" is what was not measured. */

/* The value with its unit, which may be empty, and behind them its interval where it has one that is wider than nothing. */
void page_measured(Html *page, Measured measured, const char *unit);

/* Two cells of a table that can be sorted: the value, and its interval. */
void page_measured_cells(Html *page, Measured measured);

/* Likewise one cell with a number; `unit` of it is 1 here. */
void page_number_cell(Html *page, double number, double unit);

/* The head of a table, by the names of its columns; those that begin with # are of numbers. */
#define TABLE_HEAD(page, ...) page_table_head(page, (const char *const[]){ __VA_ARGS__, NULL })
void page_table_head(Html *page, const char *const *columns);

/* What a metric is for a reader who knows no column names, as in "CPU time"; the name where there is no other. */
const char *page_metric(const char *metric);

/* "The file is not here" and the command that makes it, to which RUN= is added. */
void page_absent(Html *page, PageRun *run, const char *file, const char *command);

/* A box that wide tables scroll in: keyboards reach it, and its name is the caption with this id. */
#define WIDE_TABLE(id) "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"" id "\">\n"
#define END_OF_WIDE_TABLE "</table></div>\n"

#endif
