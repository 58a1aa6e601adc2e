#include "statistics.h"

#include "memory.h"
#include "student.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const Estimate unknown = { NAN, NAN, NAN };

static Estimate of_one(double value)
{
    return (Estimate){ value, NAN, NAN };
}

/* ---- Medians -------------------------------------------------------------------------------------------------------- */

int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int falling(const void *a, const void *b)
{
    return rising(b, a);
}

static double *sorted_copy(const double *x, size_t n)
{
    double *copy = memory_new(n, sizeof *copy);
    if (n > 0)
        memcpy(copy, x, n * sizeof *copy);
    qsort(copy, n, sizeof *copy, rising);
    return copy;
}

static double middle_of(const double *sorted, size_t n)
{
    return n ? (sorted[n / 2] + sorted[(n - 1) / 2]) / 2 : NAN;
}

double median(const double *x, size_t n)
{
    double *sorted = sorted_copy(x, n), middle = middle_of(sorted, n);
    free(sorted);
    return middle;
}

/* How many of n sorted numbers can be left out at each end so that the others' range still holds the median in 95%. It does
 * not when more than n - 1 - result of n lie on one side of it, which for any distribution is the toss of n coins (Thompson
 * 1936, "On confidence ranges for the median"). */
static size_t beyond_median(size_t n)
{
    size_t beyond = 0;
    double log_chance = -M_LN2 * n, outside = exp(log_chance); /* of many coins only the logarithm is above 0 */
    for (;;) {
        log_chance += log((double)(n - beyond) / (beyond + 1));
        outside += exp(log_chance);
        if (outside > 0.025)
            return beyond;
        beyond++;
    }
}

/* Fewer than 6 numbers range too little. Of normally distributed ones their range holds the median in 95% when it is stretched
 * about the middle one so many times; by simulation of four million each. */
static double range_stretch(size_t n)
{
    static const double stretch[] = { 1, 1, 12.73, 4.29, 1.66, 1.10 };
    return n < sizeof stretch / sizeof *stretch ? stretch[n] : 1;
}

/* From the middle to an end, so many times as far; as logarithms where there are some, so that no time becomes negative. */
static double stretched(double middle, double end, double times)
{
    return middle > 0 && end > 0 ? middle * pow(end / middle, times) : fmax(0, middle + times * (end - middle));
}

Estimate estimate_median(const double *x, size_t n)
{
    if (n == 0)
        return unknown;
    size_t beyond = beyond_median(n);
    double *sorted = sorted_copy(x, n), middle = middle_of(sorted, n), times = range_stretch(n);
    Estimate estimate = { middle, stretched(middle, sorted[beyond], times), stretched(middle, sorted[n - 1 - beyond], times) };
    free(sorted);
    return n == 1 ? of_one(middle) : estimate;
}

Estimate median_and_range(const double *x, size_t n)
{
    Estimate range = { median(x, n), NAN, NAN };
    for (size_t i = 0; i < n; i++) {
        range.lo = fmin(range.lo, x[i]);
        range.hi = fmax(range.hi, x[i]);
    }
    return range;
}

/* ---- Noise ---------------------------------------------------------------------------------------------------------- */

static double root_mean_square(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sqrt(sum / n);
}

double band_of_distances(double *distance, size_t n)
{
    if (n == 0)
        return NAN;
    qsort(distance, n, sizeof *distance, rising);
    if (n >= MANY_CONTROLS)
        return distance[(size_t)ceil(0.95 * n) - 1];
    return fmax(distance[n - 1], student(0.95, n) * root_mean_square(distance, n));
}

/* ---- Ratios --------------------------------------------------------------------------------------------------------- */

double *logs_of_ratios(const double *x, const double *y, size_t n)
{
    double *log_ratio = memory_new(n, sizeof *log_ratio);
    for (size_t i = 0; i < n; i++)
        log_ratio[i] = log(x[i]) - log(y[i]);
    return log_ratio;
}

/* Of 1 or more logarithms. */
static Estimate estimate_logs(const double *logs, const Resamples *resamples)
{
    double middle = mean_of_hosts(logs, resamples->shape), times = widening_of(logs, resamples);
    Percentiles ends = resampled_mean(logs, resamples);
    if (resamples->freedom == 0)
        return of_one(exp(middle));
    return (Estimate){ exp(middle), exp(middle + times * (ends.lo - middle)), exp(middle + times * (ends.hi - middle)) };
}

Estimate estimate_ratio(const double *x, const double *y, const Resamples *resamples)
{
    if (resamples->n == 0)
        return unknown;
    double *log_ratio = logs_of_ratios(x, y, resamples->n);
    Estimate ratio = estimate_logs(log_ratio, resamples);
    free(log_ratio);
    return ratio;
}

Estimate estimate_mean(const double *x, const Resamples *resamples)
{
    if (resamples->n == 0)
        return unknown;
    double *logs = memory_new(resamples->n, sizeof *logs);
    for (size_t i = 0; i < resamples->n; i++)
        logs[i] = log(x[i]);
    Estimate mean = estimate_logs(logs, resamples);
    free(logs);
    return mean;
}

double detectable_difference(const double *x, const double *y, const Resamples *resamples)
{
    if (resamples->freedom == 0)
        return NAN;
    double *log_ratio = logs_of_ratios(x, y, resamples->n);
    double variance = variance_of_mean(log_ratio, resamples->shape);
    free(log_ratio);
    return expm1(resamples->detectable_errors * sqrt(variance));
}

/* ---- Slopes ----------------------------------------------------------------------------------------------------------- */

double slope_of(const double *x, const double *y, size_t n)
{
    double mean_x = 0, mean_y = 0, together = 0, alone = 0;
    for (size_t i = 0; i < n; i++) {
        mean_x += x[i] / n;
        mean_y += y[i] / n;
    }
    for (size_t i = 0; i < n; i++) {
        together += (x[i] - mean_x) * (y[i] - mean_y);
        alone += (x[i] - mean_x) * (x[i] - mean_x);
    }
    return together / alone;
}

/* ---- Outliers ------------------------------------------------------------------------------------------------------- */

/* Between its neighbours where there is none (Hyndman and Fan 1996, definition 7). */
static double quantile_of_sorted(const double *x, size_t n, double share)
{
    double place = share * (n - 1);
    size_t below = floor(place);
    return below + 1 < n ? x[below] + (place - below) * (x[below + 1] - x[below]) : x[below];
}

/* Tukey 1977, "Exploratory Data Analysis": "far out" is beyond three times the interquartile range. Less than 1% from the
 * quartiles is no outlier where all else is the same to a page. */
static Quartiles box_of_sorted(const double *sorted, size_t n)
{
    double lower = quantile_of_sorted(sorted, n, 0.25), upper = quantile_of_sorted(sorted, n, 0.75);
    double reach = fmax(3 * (upper - lower), log(1.01));
    return (Quartiles){ lower, quantile_of_sorted(sorted, n, 0.5), upper, lower - reach, upper + reach };
}

static uint64_t far_out(const double *sorted, size_t n)
{
    Quartiles box = box_of_sorted(sorted, n);
    uint64_t outliers = 0;
    for (size_t i = 0; i < n; i++)
        outliers += sorted[i] < box.low_fence || sorted[i] > box.high_fence;
    return outliers;
}

Quartiles quartiles_of(const double *x, size_t n)
{
    if (n == 0)
        return (Quartiles){ NAN, NAN, NAN, NAN, NAN };
    double *logs = sorted_copy(x, n);
    for (size_t i = 0; i < n; i++)
        logs[i] = log(logs[i]);
    Quartiles box = box_of_sorted(logs, n);
    free(logs);
    return (Quartiles){ exp(box.lower), exp(box.median), exp(box.upper), exp(box.low_fence), exp(box.high_fence) };
}

bool count_outliers(const double *x, size_t n, uint64_t *outliers)
{
    double *logs = sorted_copy(x, n);
    bool all_have_logs = n > 0 && logs[0] > 0;
    for (size_t i = 0; i < n && all_have_logs; i++)
        logs[i] = log(logs[i]);
    *outliers = all_have_logs ? far_out(logs, n) : 0;
    free(logs);
    return all_have_logs;
}
