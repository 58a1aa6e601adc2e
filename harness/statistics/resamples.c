#include "resamples.h"

#include "fail.h"
#include "memory.h"
#include "random.h"
#include "student.h"

#include <math.h>
#include <stdlib.h>

_Static_assert(RESAMPLES % TILE == 0, "the last tile would be partly empty");

Resamples resamples_draw(size_t n, uint64_t seed)
{
    if (n > UINT16_MAX)
        fail("%zu blocks are more than the %d that can be resampled", n, UINT16_MAX);
    Resamples resamples = {
        .n = n, .drawn = memory_new(RESAMPLES * n, sizeof(uint16_t)),
        .widening = n < 2 ? 1 : student(0.95, n - 1) / NORMAL_95 * sqrt((double)n / (n - 1)),
        .detectable_errors = n < 2 ? NAN : detectable_errors(n - 1),
    };
    Random random = random_seeded(seed);
    for (size_t drawing = 0; drawing < RESAMPLES; drawing++)
        for (size_t i = 0; i < n; i++)
            resamples.drawn[(drawing / TILE * n + random_below(&random, n)) * TILE + drawing % TILE]++;
    return resamples;
}

void resamples_free(Resamples *resamples)
{
    free(resamples->drawn);
    *resamples = (Resamples){ 0 };
}

/* ---- Sums of drawings ----------------------------------------------------------------------------------------------- */

/* The sums of a tile's drawings side by side, each added up in the order of blocks: wider vectors give the same. */
#ifdef __x86_64__
__attribute__((target_clones("avx2", "default")))
#endif
static void sum_drawings(const float *x, const Resamples *resamples, float *sum)
{
    const uint16_t *drawn = resamples->drawn;
    for (size_t tile = 0; tile < TILES; tile++, sum += TILE) {
        float sums[TILE] = { 0 };
        for (size_t i = 0; i < resamples->n; i++, drawn += TILE)
            for (size_t lane = 0; lane < TILE; lane++)
                sums[lane] += x[i] * drawn[lane];
        for (size_t lane = 0; lane < TILE; lane++)
            sum[lane] = sums[lane];
    }
}

/* Hoare's partition: afterwards x[0..result] are all at most x[result+1..n-1], and both parts have something in them. */
static size_t partition(float *x, size_t n)
{
    float pivot = x[(n - 1) / 2];
    size_t left = 0, right = n - 1;
    for (;; left++, right--) {
        while (x[left] < pivot)
            left++;
        while (x[right] > pivot)
            right--;
        if (left >= right)
            return right;
        float swapped = x[left];
        x[left] = x[right];
        x[right] = swapped;
    }
}

/* The number that would be at `k` if x were sorted (Hoare 1961, "Find"); x is reordered. */
static float select_kth(float *x, size_t n, size_t k)
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

/* Those of sign * value that are at most `most`, which is where the end of the interval is looked for first. */
static size_t take_tail(const float *value, float sign, float most, float *tail)
{
    size_t taken = 0;
    for (size_t i = 0; i < RESAMPLES; i++) {
        tail[taken] = sign * value[i];
        taken += tail[taken] <= most;
    }
    return taken;
}

static float lower_end(const float *value, float sign, float most, float *tail)
{
    size_t taken = take_tail(value, sign, most, tail);
    if (taken < BEYOND)
        taken = take_tail(value, sign, INFINITY, tail);
    return select_kth(tail, taken, BEYOND - 1);
}

/* In a normal distribution 7% lie 1.5 standard deviations below its middle. */
static Percentiles ends_of(const float *value, double mean, double deviation)
{
    float *tail = memory_new(RESAMPLES + 1, sizeof *tail);
    double reach = 1.5 * deviation;
    Percentiles ends = { lower_end(value, 1, mean - reach, tail), -lower_end(value, -1, -mean - reach, tail) };
    free(tail);
    return ends;
}

Percentiles resampled_ends(const float *value, double *mean)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < RESAMPLES; i++) {
        sum += value[i];
        squares += (double)value[i] * value[i];
    }
    *mean = sum / RESAMPLES;
    return ends_of(value, *mean, sqrt(fmax(0, squares / RESAMPLES - *mean * *mean)));
}

double resample_means(const double *x, const Resamples *resamples, float *away)
{
    size_t n = resamples->n;
    double mean = 0;
    for (size_t i = 0; i < n; i++)
        mean += x[i] / n;
    float *part = memory_new(n, sizeof *part);
    for (size_t i = 0; i < n; i++)
        part[i] = (x[i] - mean) / n;
    sum_drawings(part, resamples, away);
    free(part);
    return mean;
}

/* How far the mean's resamples are from it. */
static double deviation_of_mean(const double *x, size_t n, double mean)
{
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    return sqrt(squares) / n;
}

Percentiles resampled_mean(const double *x, const Resamples *resamples)
{
    float *away = memory_new(RESAMPLES, sizeof *away);
    double mean = resample_means(x, resamples, away);
    Percentiles ends = ends_of(away, 0, deviation_of_mean(x, resamples->n, mean));
    free(away);
    return (Percentiles){ mean + ends.lo, mean + ends.hi };
}

/* Two samples of as many blocks have the same drawings. Those of y are taken from half of the list on: they are others than
 * x's, and the same pairs whichever of the two is called x. */
Percentiles resampled_difference(const double *x, const Resamples *of_x, const double *y, const Resamples *of_y)
{
    float *away_x = memory_new(3 * RESAMPLES, sizeof *away_x), *away_y = away_x + RESAMPLES, *away = away_y + RESAMPLES;
    double mean_x = resample_means(x, of_x, away_x), mean_y = resample_means(y, of_y, away_y);
    for (size_t i = 0; i < RESAMPLES; i++)
        away[i] = away_y[(i + RESAMPLES / 2) % RESAMPLES] - away_x[i];
    double deviation = hypot(deviation_of_mean(x, of_x->n, mean_x), deviation_of_mean(y, of_y->n, mean_y));
    Percentiles ends = ends_of(away, 0, deviation);
    free(away_x);
    return (Percentiles){ mean_y - mean_x + ends.lo, mean_y - mean_x + ends.hi };
}
