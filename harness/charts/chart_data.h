/* summary.csv -> the tables in charts/data, which hold exactly what the charts draw, one row per thing drawn.
 *
 * A run of few variants is one view. One of many would be a page of panels that nobody reads: its classes are views, too, and
 * a last one is an overview, a panel for each class. */
#ifndef RECLAIM_CHART_DATA_H
#define RECLAIM_CHART_DATA_H

#include <stdbool.h>
#include <stddef.h>

enum { PANELS_IN_ONE = 12, VIEWS_MAX = 8 };

typedef enum ViewKind {
    WHOLE,    /* all panels */
    OVERVIEW, /* a panel for each class, from classes.csv */
    OF_CLASS, /* the panels of one class */
} ViewKind;

typedef struct View {
    ViewKind kind;
    const char *name; /* of its class, else empty */
    char *folder;     /* of its tables */
} View;

typedef struct Views {
    View view[VIEWS_MAX];
    size_t count; /* 1: only the whole */
} Views;

/* Writes the tables of the run's views into `folder`, which exists, and folders in it. Ends the program with one sentence when
 * summary.csv cannot be drawn (chart_cells.h), manifest.json cannot be read, or a table cannot be written. */
Views chart_data_write(const char *run_folder, const char *folder);

void views_free(Views *views);

#endif
