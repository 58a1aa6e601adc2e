/* What a run measured -> the tables in charts/data, which hold exactly what the charts draw, one row per thing drawn.
 *
 * A run of few variants is one view. One of many would be a page of panels that nobody reads: its classes are views, too, a
 * large class several, each of whole workloads; and a last one is an overview, a panel for each class. */
#ifndef RECLAIM_VIEWS_H
#define RECLAIM_VIEWS_H

#include "plot.h"
#include "text_pool.h"

#include <stddef.h>

enum { PANELS_IN_ONE = 14, TABLES_MAX = 48 };

typedef enum ViewKind {
    WHOLE,    /* all panels */
    OVERVIEW, /* a panel for each class, from classes.csv */
    OF_CLASS, /* the panels of one class, or a part of them */
} ViewKind;

typedef struct View {
    ViewKind kind;
    const char *name;      /* of its class, `technique`, or of a part of it, `technique_2`; else empty */
    const char *workloads; /* which it has, with blanks between them; of an overview the classes */
    const char *baseline;  /* what its strategies are compared to */
    const char *folder;    /* of its tables */
    size_t rows[TABLES_MAX]; /* of each table; view_rows tells which is which */
} View;

typedef struct Views {
    TextPool pool; /* of all texts here */
    View *view;
    size_t count, room; /* count 1: only the whole */
} Views;

/* Writes the tables of the run's views into `folder`, which exists, and folders in it. Ends the program with one sentence when
 * summary.csv cannot be drawn (chart_cells.h), another file cannot be read, or a table cannot be written. */
Views views_write(const char *run_folder, const char *folder, const Plots *plots);

void views_free(Views *views);

#endif
