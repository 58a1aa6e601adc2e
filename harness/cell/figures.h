/* The figures that a workload tells (cell_figure, in cell.h), for its row: those of the first repetition. */
#ifndef FIGURES_H
#define FIGURES_H

/* The first repetition is over: what is told from now on is ignored. */
void figures_end(void);

/* Prints `name=value;name=value`, or nothing. */
void figures_print(void);

#endif
