#include "contrast.h"

#include "student.h"

#include <math.h>

const Contrast unknown_contrast = { NAN, NAN, NAN, NAN, NAN, NAN };

/* Of one sample: its mean, and the variance of that mean. */
typedef struct Moments {
    double mean, variance;
} Moments;

static Moments moments_of(Blocks blocks)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < blocks.n; i++)
        sum += blocks.x[i];
    double mean = sum / blocks.n;
    for (size_t i = 0; i < blocks.n; i++)
        squares += (blocks.x[i] - mean) * (blocks.x[i] - mean);
    return (Moments){ mean, squares / (blocks.n - 1) / blocks.n };
}

/* Welch and Satterthwaite's degrees of freedom, rounded down; at least those of the smaller sample. */
static size_t freedom_of(Moments a, size_t n, Moments b, size_t m)
{
    double sum = a.variance + b.variance;
    double freedom = sum * sum / (a.variance * a.variance / (n - 1) + b.variance * b.variance / (m - 1));
    size_t least = (n < m ? n : m) - 1;
    return freedom > least ? (size_t)freedom : least; /* also where nothing scatters */
}

/* How much too narrow resampling is: it shows (n - 1) / n of a variance. */
static double narrowness(Moments a, size_t n, Moments b, size_t m)
{
    double shown = a.variance * (n - 1) / n + b.variance * (m - 1) / m, sum = a.variance + b.variance;
    return sum > 0 ? sqrt(sum / shown) : 1;
}

/* The interval, so much wider than that of the resamples. */
static void set_interval(Contrast *contrast, Blocks first, Blocks second, Drawings *drawings, double widening)
{
    const Resamples *of_second = drawings_of(drawings, second.n), *of_first = drawings_of(drawings, first.n);
    Percentiles ends = resampled_difference(first.x, of_first, second.x, of_second);
    contrast->lo = contrast->log + widening * (ends.lo - contrast->log);
    contrast->hi = contrast->log + widening * (ends.hi - contrast->log);
}

static double probability_of(double log, double error, size_t freedom)
{
    if (error == 0)
        return log == 0;
    return 1 - student_within(fabs(log) / error, freedom);
}

Contrast contrast_of(Blocks first, Blocks second, Drawings *drawings)
{
    Contrast contrast = unknown_contrast;
    if (first.n == 0 || second.n == 0)
        return contrast;
    Moments a = moments_of(first), b = moments_of(second);
    contrast.log = b.mean - a.mean;
    if (first.n < 2 || second.n < 2)
        return contrast;
    size_t freedom = freedom_of(a, first.n, b, second.n);
    double widening = student(0.95, freedom) / NORMAL_95 * narrowness(a, first.n, b, second.n);
    set_interval(&contrast, first, second, drawings, widening);
    contrast.error = sqrt(a.variance + b.variance);
    contrast.p = probability_of(contrast.log, contrast.error, freedom);
    contrast.detectable = expm1(detectable_errors_of(drawings, freedom) * contrast.error);
    return contrast;
}
