#include "drift.h"

#include "statistics.h"

#include <math.h>
#include <stdlib.h>

enum { PAIRS = BATCHES * (BATCHES - 1) / 2 };

/* Of BATCHES numbers in a random order 2.3 in 100 have so many inversions or fewer, and as many at the other end; with one
 * more it were 3.6 (Kendall 1938, "A new measure of rank correlation"). */
enum { BEYOND_PAIRS = 11 };

static double mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

/* Of the means, a batch. */
static Drift line_through(const double means[BATCHES])
{
    double slope[PAIRS];
    size_t pairs = 0;
    for (size_t j = 1; j < BATCHES; j++)
        for (size_t i = 0; i < j; i++)
            slope[pairs++] = (means[j] - means[i]) / (double)(j - i);
    qsort(slope, PAIRS, sizeof *slope, rising);
    return (Drift){ .slope = median(slope, PAIRS), .lo = slope[BEYOND_PAIRS], .hi = slope[PAIRS - 1 - BEYOND_PAIRS] };
}

/* How much of a batch's distance from the line the next one shares, 0 to 0.9. Of so few the estimate is too low by about
 * 2 / BATCHES even where there is nothing to share (Marriott and Pope 1954). */
static double shared(const double means[BATCHES], double slope)
{
    double residual[BATCHES], squares = 0, products = 0;
    for (size_t i = 0; i < BATCHES; i++)
        residual[i] = means[i] - slope * (double)i;
    double middle = mean(residual, BATCHES);
    for (size_t i = 0; i < BATCHES; i++) {
        squares += (residual[i] - middle) * (residual[i] - middle);
        products += i ? (residual[i] - middle) * (residual[i - 1] - middle) : 0;
    }
    return squares > 0 ? fmin(fmax(products / squares + 2.0 / BATCHES, 0), 0.9) : 0;
}

/* As a mean of numbers of which each shares so much with the one before is less sure (Bartlett 1935). */
static void widen(Drift *drift, double share)
{
    double times = sqrt((1 + share) / (1 - share));
    drift->lo = drift->slope + times * (drift->lo - drift->slope);
    drift->hi = drift->slope + times * (drift->hi - drift->slope);
}

static DriftVerdict verdict_of(const Drift *drift, double tolerance)
{
    return drift->lo > tolerance ? DRIFTS : drift->hi <= tolerance ? STEADY : DRIFT_UNTOLD;
}

size_t drift_batches(const double *x, size_t n, double means[BATCHES])
{
    size_t length = n / 2 / BATCHES;
    for (size_t i = 0; i < BATCHES; i++)
        means[i] = mean(x + n - (BATCHES - i) * length, length);
    return length;
}

Drift drift_of(const double *x, size_t n, double tolerance)
{
    double means[BATCHES];
    if (n < LEAST_ROUNDS)
        return (Drift){ NAN, NAN, NAN, 0, NAN, DRIFT_UNTOLD };
    size_t length = drift_batches(x, n, means);
    Drift drift = line_through(means);
    widen(&drift, shared(means, drift.slope));
    drift.slope /= (double)length, drift.lo /= (double)length, drift.hi /= (double)length;
    drift.rounds = length * BATCHES;
    drift.level = mean(means, BATCHES);
    drift.verdict = verdict_of(&drift, tolerance);
    return drift;
}
