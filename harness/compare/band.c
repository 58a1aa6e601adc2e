#include "judge.h"

#include "levels.h"
#include "memory.h"
#include "statistics.h"

#include <math.h>
#include <stdlib.h>

/* How far the control is from its cell, a logarithm, over the blocks in which both were ok; NAN without any. */
static double control_distance(const Pair *pair, Side side, Figure figure)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0, j = 0; i < pair->controls[side]; i++) {
        const Observed *control = pair->control[side][i];
        while (j < pair->trials[side] && pair->trial[side][j]->block < control->block)
            j++;
        if (j == pair->trials[side] || pair->trial[side][j]->block != control->block)
            continue;
        double x = log_figure(control, figure) - log_figure(pair->trial[side][j], figure);
        sum += isnan(x) ? 0 : x;
        n += !isnan(x);
    }
    return n ? sum / n : NAN;
}

/* Of the variants' largest sizes, or of the others. */
static double band_in(const Pairs *pairs, Side side, Figure figure, bool main)
{
    double *distance = memory_new(pairs->pairs, sizeof *distance);
    size_t n = 0;
    for (size_t i = 0; i < pairs->pairs; i++) {
        const Pair *pair = &pairs->pair[i];
        double x = pair->main == main ? control_distance(pair, side, figure) : NAN;
        if (!isnan(x))
            distance[n++] = fabs(x);
    }
    double band = exp(band_of_distances(distance, n));
    free(distance);
    return band;
}

static double class_band_in(const Pairs *pairs, Side side, Figure figure)
{
    double distance[CLASS_NAMES + 1];
    size_t classes = 0;
    for (size_t rank = 0; rank <= CLASS_NAMES; rank++) {
        double sum = 0;
        size_t n = 0;
        for (size_t i = 0; i < pairs->pairs; i++) {
            const Pair *pair = &pairs->pair[i];
            double x = pair->main && class_rank(pair->class) == rank ? control_distance(pair, side, figure) : NAN;
            sum += isnan(x) ? 0 : x;
            n += !isnan(x);
        }
        if (n > 0)
            distance[classes++] = fabs(sum / n);
    }
    return exp(band_of_distances(distance, classes));
}

/* NAN where either run has no control: then nobody knows what noise looks like. */
static double wider(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : fmax(a, b);
}

double band_of_cells(const Pairs *pairs, Figure figure, bool main)
{
    return wider(band_in(pairs, OLD, figure, main), band_in(pairs, NEW, figure, main));
}

double band_of_classes(const Pairs *pairs, Figure figure)
{
    return wider(class_band_in(pairs, OLD, figure), class_band_in(pairs, NEW, figure));
}
