#include "statistics.h"

#include "fail.h"
#include "memory.h"
#include "random.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- How wide ------------------------------------------------------------------------------------------------------- */

/* The probability that Student's t with so many degrees of freedom lies within -t and t (Abramowitz and Stegun 1964,
 * 26.7.3 and 26.7.4). */
static double student_within(double t, size_t freedom)
{
    double angle = atan(t / sqrt(freedom)), cosine2 = cos(angle) * cos(angle);
    bool odd = freedom % 2;
    double term = odd ? cos(angle) : 1, sum = freedom == 1 ? 0 : term;
    for (size_t k = odd ? 3 : 2; k < freedom; k += 2) {
        term *= cosine2 * (k - 1) / k;
        sum += term;
    }
    return odd ? (angle + sin(angle) * sum) * M_2_PI : sin(angle) * sum;
}

double student(double share, size_t freedom)
{
    double lo = 0, hi = 100; /* 95%: 12.7 with one degree of freedom, 1.96 with all */
    while (hi - lo > 1e-9) {
        double middle = (lo + hi) / 2;
        if (student_within(middle, freedom) < share)
            lo = middle;
        else
            hi = middle;
    }
    return lo;
}

/* How many resamples lie beyond either end of a 95% interval: 250, but fewer with few blocks. Resampling n blocks shows a
 * spread that is too small, by sqrt((n - 1) / n), and says nothing of how well n blocks know their spread, which is what
 * Student's t is for. Hesterberg's expanded percentile interval makes up for both. */
static size_t beyond(size_t n)
{
    if (n < 2)
        return 1;
    double z = student(0.95, n - 1) * sqrt((double)n / (n - 1));
    double share = erfc(z * M_SQRT1_2) / 2;
    return fmax(1, round(RESAMPLES * share));
}

/* ---- Resampling ----------------------------------------------------------------------------------------------------- */

Resamples resamples_draw(size_t n, uint64_t seed)
{
    if (n > UINT16_MAX)
        fail("%zu blocks are more than the %d that can be resampled", n, UINT16_MAX);
    Resamples resamples = { .n = n, .beyond = beyond(n), .drawn = memory_new(RESAMPLES * n, sizeof(uint16_t)) };
    Random random = random_seeded(seed);
    for (size_t row = 0; row < RESAMPLES; row++)
        for (size_t i = 0; i < n; i++)
            resamples.drawn[row * n + random_below(&random, n)]++;
    return resamples;
}

void resamples_free(Resamples *resamples)
{
    free(resamples->drawn);
    *resamples = (Resamples){ 0 };
}

/* Hoare's partition: afterwards x[0..result] are all at most x[result+1..n-1], and both parts have something in them. */
static size_t partition(double *x, size_t n)
{
    double pivot = x[(n - 1) / 2];
    size_t left = 0, right = n - 1;
    for (;; left++, right--) {
        while (x[left] < pivot)
            left++;
        while (x[right] > pivot)
            right--;
        if (left >= right)
            return right;
        double swapped = x[left];
        x[left] = x[right];
        x[right] = swapped;
    }
}

/* The number that would be at `k` if x were sorted (Hoare 1961, "Find"); x is reordered. */
static double select_kth(double *x, size_t n, size_t k)
{
    while (n > 1) {
        size_t low = partition(x, n) + 1;
        if (k < low) {
            n = low;
        } else {
            x += low;
            n -= low;
            k -= low;
        }
    }
    return x[0];
}

double median(const double *x, size_t n)
{
    if (n == 0)
        return NAN;
    double *copy = memory_new(n, sizeof *copy);
    memcpy(copy, x, n * sizeof *copy);
    double upper = select_kth(copy, n, n / 2);
    double lower = n % 2 ? upper : select_kth(copy, n, n / 2 - 1);
    free(copy);
    return (lower + upper) / 2;
}

/* The same number of resamples is cut off at both ends, so that the interval of -x is minus the interval of x. */
static Estimate interval_around(double value, double *resampled, size_t beyond)
{
    double lo = select_kth(resampled, RESAMPLES, beyond - 1);
    double hi = select_kth(resampled, RESAMPLES, RESAMPLES - beyond);
    return (Estimate){ value, lo, hi };
}

static int by_size(const void *a, const void *b)
{
    double x = **(const double *const *)a, y = **(const double *const *)b;
    return (x > y) - (x < y);
}

/* The blocks' numbers, in the order of their x. */
static size_t *sorted_blocks(const double *x, size_t n)
{
    const double **place = memory_new(n, sizeof *place);
    for (size_t i = 0; i < n; i++)
        place[i] = &x[i];
    qsort(place, n, sizeof *place, by_size);
    size_t *order = memory_new(n, sizeof *order);
    for (size_t i = 0; i < n; i++)
        order[i] = place[i] - x;
    free(place);
    return order;
}

/* The number at `k` among the sorted x when each counts as often as it was drawn. */
static double drawn_at(const double *x, const size_t *order, const uint16_t *drawn, size_t k)
{
    size_t seen = drawn[*order];
    while (seen <= k)
        seen += drawn[*++order];
    return x[*order];
}

Estimate estimate_median(const double *x, const Resamples *resamples)
{
    size_t n = resamples->n;
    if (n == 0)
        return (Estimate){ NAN, NAN, NAN };
    size_t *order = sorted_blocks(x, n);
    double *resampled = memory_new(RESAMPLES, sizeof *resampled);
    for (size_t row = 0; row < RESAMPLES; row++) {
        const uint16_t *drawn = resamples->drawn + row * n;
        double upper = drawn_at(x, order, drawn, n / 2);
        double lower = n % 2 ? upper : drawn_at(x, order, drawn, n / 2 - 1);
        resampled[row] = (lower + upper) / 2;
    }
    Estimate estimate = interval_around(median(x, n), resampled, resamples->beyond);
    free(resampled);
    free(order);
    return estimate;
}

static double mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / n;
}

static double mean_drawn(const double *x, const uint16_t *drawn, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * drawn[i];
    return sum / n;
}

static Estimate estimate_mean(const double *x, const Resamples *resamples)
{
    size_t n = resamples->n;
    double *resampled = memory_new(RESAMPLES, sizeof *resampled);
    for (size_t row = 0; row < RESAMPLES; row++)
        resampled[row] = mean_drawn(x, resamples->drawn + row * n, n);
    Estimate estimate = interval_around(mean(x, n), resampled, resamples->beyond);
    free(resampled);
    return estimate;
}

static double *logs_of_ratios(const double *x, const double *y, size_t n)
{
    double *log_ratio = memory_new(n, sizeof *log_ratio);
    for (size_t i = 0; i < n; i++)
        log_ratio[i] = log(x[i]) - log(y[i]);
    return log_ratio;
}

Estimate estimate_ratio(const double *x, const double *y, const Resamples *resamples)
{
    size_t n = resamples->n;
    if (n == 0)
        return (Estimate){ NAN, NAN, NAN };
    double *log_ratio = logs_of_ratios(x, y, n);
    Estimate estimate = estimate_mean(log_ratio, resamples);
    free(log_ratio);
    return (Estimate){ exp(estimate.value), exp(estimate.lo), exp(estimate.hi) };
}

/* ---- What could be told --------------------------------------------------------------------------------------------- */

/* Bloom 1995, "Minimum detectable effects": as many standard errors as lie between 0 and what is beyond the end of a 95%
 * interval four times in five. With many blocks that is 1.96 + 0.84 = 2.8. */
double detectable_difference(const double *x, const double *y, size_t n)
{
    if (n < 2)
        return NAN;
    double *log_ratio = logs_of_ratios(x, y, n);
    double middle = mean(log_ratio, n), squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (log_ratio[i] - middle) * (log_ratio[i] - middle);
    free(log_ratio);
    double error = sqrt(squares / (n - 1) / n);
    return expm1((student(0.95, n - 1) + student(0.60, n - 1)) * error);
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
static uint64_t far_out(const double *sorted, size_t n)
{
    double lower = quantile_of_sorted(sorted, n, 0.25), upper = quantile_of_sorted(sorted, n, 0.75);
    double reach = fmax(3 * (upper - lower), log(1.01));
    uint64_t outliers = 0;
    for (size_t i = 0; i < n; i++)
        outliers += sorted[i] < lower - reach || sorted[i] > upper + reach;
    return outliers;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bool count_outliers(const double *x, size_t n, uint64_t *outliers)
{
    bool all_have_logs = n > 0;
    double *logs = memory_new(n, sizeof *logs);
    for (size_t i = 0; i < n; i++) {
        logs[i] = log(x[i]);
        all_have_logs &= x[i] > 0;
    }
    qsort(logs, n, sizeof *logs, by_value);
    *outliers = all_have_logs ? far_out(logs, n) : 0;
    free(logs);
    return all_have_logs;
}
