/* charts.csv: what there is among a run's charts, which is what its page is made of. */
#ifndef RECLAIM_CONTENTS_H
#define RECLAIM_CONTENTS_H

#include "views.h"
#include "plot.h"

#include <stdbool.h>
#include <stdio.h>

/* Whether the plot is drawn of the view: of few variants everything is drawn whole, of many only what says nothing else. */
bool is_drawn_of(const Plot *plot, const Views *views, const View *view);

/* Whether the view has what the plot needs. */
bool has_what_it_needs(const Plot *plot, const View *view);

/* Writes the rows of the plots in their order, the overview before the classes. `run` is the run's name. */
void write_contents(FILE *out, const Plots *plots, const Views *views, const char *run);

#endif
