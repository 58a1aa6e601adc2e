/* How a chart is read, in the words of its plot (plot.h) and about this run. */
#ifndef RECLAIM_READINGS_H
#define RECLAIM_READINGS_H

#include "plot.h"

#include <stdbool.h>
#include <stdio.h>

/* Letters of a line of it, which fit across a picture in the widest of the usual sans-serif faces. */
enum { READING_LETTERS = 138 };

/* The reading help with {baseline} and {time} replaced; what is drawn of means says so. The caller frees it. */
char *reading_for(const Plot *plot, const char *baseline, bool are_means);

/* The table from which a plot takes its question, line 0, and its reading help, the lines from 1 on. */
void write_readings(FILE *out, const Plots *plots, const char *baseline, bool are_means);

/* The text on one line and without the quotes that gnuplot would take for its own. */
void write_clean(FILE *out, const char *text, size_t length);

#endif
