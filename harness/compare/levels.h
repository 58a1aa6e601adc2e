/* How fast the machine was in each block, as far as the other strategies' cells tell. */
#ifndef RECLAIM_LEVELS_H
#define RECLAIM_LEVELS_H

#include "compared.h"

/* For each run and block, and with each series left out or none: the median over the cells of what a cell took there,
 * beside what it took on average in both runs. Logarithms; NAN where no cell was ok. */
typedef struct Levels {
    double *level[SIDES]; /* by block, then by series; the last is that of all */
    size_t series;
    uint64_t blocks;
} Levels;

/* Of the pairs that can be compared. */
Levels levels_of(const Pairs *pairs, Figure figure);
void levels_free(Levels *levels);

/* Blocks count from 1; `series` may be levels->series, all of them. */
double level_at(const Levels *levels, Side side, uint64_t block, size_t series);

/* Logarithm of the figure; NAN where it is not above 0. */
double log_figure(const Observed *observed, Figure figure);

#endif
