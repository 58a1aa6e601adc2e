#include "levels.h"

#include "memory.h"

#include <math.h>
#include <stdlib.h>

double log_figure(const Observed *observed, Figure figure)
{
    double value = observed_figure(observed, figure);
    return value > 0 ? log(value) : NAN;
}

/* The middle of both runs' averages, a logarithm; NAN when one has no number above 0. */
static double pair_centre(const Pair *pair, Figure figure)
{
    double centre = 0;
    for (Side side = OLD; side < SIDES; side++) {
        double sum = 0;
        size_t n = 0;
        for (size_t i = 0; i < pair->trials[side]; i++) {
            double x = log_figure(pair->trial[side][i], figure);
            sum += isnan(x) ? 0 : x;
            n += !isnan(x);
        }
        centre += n ? sum / n / SIDES : NAN;
    }
    return centre;
}

static size_t place_of(const Levels *levels, uint64_t block, size_t series)
{
    return (block - 1) * (levels->series + 1) + series;
}

double level_at(const Levels *levels, Side side, uint64_t block, size_t series)
{
    return levels->level[side][place_of(levels, block, series)];
}

/* What each cell took in a block, beside its centre; NAN where it was not tried. */
typedef struct Table {
    double *x; /* by block, then by pair */
    size_t pairs;
} Table;

static Table table_of(const Pairs *pairs, Side side, const double *centre, Figure figure)
{
    Table table = { memory_new(pairs->blocks * pairs->pairs, sizeof *table.x), pairs->pairs };
    for (size_t i = 0; i < pairs->blocks * pairs->pairs; i++)
        table.x[i] = NAN;
    for (size_t p = 0; p < pairs->pairs; p++)
        for (size_t i = 0; !isnan(centre[p]) && i < pairs->pair[p].trials[side]; i++) {
            const Observed *trial = pairs->pair[p].trial[side][i];
            table.x[(trial->block - 1) * table.pairs + p] = log_figure(trial, figure) - centre[p];
        }
    return table;
}

static double median_without(const Table *table, const Pairs *pairs, uint64_t block, size_t series, double *room)
{
    size_t n = 0;
    for (size_t p = 0; p < pairs->pairs; p++) {
        double x = table->x[(block - 1) * table->pairs + p];
        if (pairs->pair[p].series != series && !isnan(x))
            room[n++] = x;
    }
    return median(room, n);
}

Levels levels_of(const Pairs *pairs, Figure figure)
{
    Levels levels = { .series = pairs->series, .blocks = pairs->blocks };
    double *centre = memory_new(pairs->pairs, sizeof *centre), *room = memory_new(pairs->pairs, sizeof *room);
    for (size_t p = 0; p < pairs->pairs; p++) {
        const Pair *pair = &pairs->pair[p];
        bool both = pair->trials[OLD] > 0 && pair->trials[NEW] > 0 && pair_obstacle(pair) == NULL;
        centre[p] = both ? pair_centre(pair, figure) : NAN;
    }
    for (Side side = OLD; side < SIDES; side++) {
        Table table = table_of(pairs, side, centre, figure);
        levels.level[side] = memory_new(levels.blocks * (levels.series + 1), sizeof(double));
        for (uint64_t block = 1; block <= levels.blocks; block++)
            for (size_t series = 0; series <= levels.series; series++)
                levels.level[side][place_of(&levels, block, series)] =
                    median_without(&table, pairs, block, series, room);
        free(table.x);
    }
    free(centre);
    free(room);
    return levels;
}

void levels_free(Levels *levels)
{
    free(levels->level[OLD]);
    free(levels->level[NEW]);
    *levels = (Levels){ 0 };
}
