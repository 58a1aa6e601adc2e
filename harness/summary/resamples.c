#include "resamples.h"

#include "fail.h"
#include "memory.h"
#include "random.h"
#include "student.h"

#include <math.h>
#include <stdlib.h>

#define NORMAL_95 1.959963985 /* the normal distribution lies within as many standard deviations in 95% */

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

/* Those of sign * sum that are at most `most`, which is where the end of the interval is looked for first. */
static size_t take_tail(const float *sum, float sign, float most, float *tail)
{
    size_t taken = 0;
    for (size_t i = 0; i < RESAMPLES; i++) {
        tail[taken] = sign * sum[i];
        taken += tail[taken] <= most;
    }
    return taken;
}

/* In a normal distribution 7% lie 1.5 standard deviations below its middle. */
static float lower_end(const float *sum, float sign, float deviation, float *tail)
{
    size_t taken = take_tail(sum, sign, -1.5f * deviation, tail);
    if (taken < BEYOND)
        taken = take_tail(sum, sign, INFINITY, tail);
    return select_kth(tail, taken, BEYOND - 1);
}

/* The numbers of a sample beside their mean, and how far the mean's resamples are from it in the middle. */
typedef struct Spread {
    float *from_mean;
    double mean, deviation;
} Spread;

static Spread spread_of(const double *x, size_t n)
{
    Spread spread = { .from_mean = memory_new(n, sizeof *spread.from_mean) };
    double squares = 0;
    for (size_t i = 0; i < n; i++)
        spread.mean += x[i] / n;
    for (size_t i = 0; i < n; i++) {
        spread.from_mean[i] = x[i] - spread.mean;
        squares += spread.from_mean[i] * spread.from_mean[i];
    }
    spread.deviation = sqrt(squares) / n;
    return spread;
}

Percentiles resampled_mean(const double *x, const Resamples *resamples)
{
    size_t n = resamples->n;
    Spread spread = spread_of(x, n);
    float *sum = memory_new(2 * RESAMPLES + 1, sizeof *sum), *tail = sum + RESAMPLES;
    sum_drawings(spread.from_mean, resamples, sum);
    double deviation = n * spread.deviation;
    Percentiles ends = { lower_end(sum, 1, deviation, tail), -lower_end(sum, -1, deviation, tail) };
    free(spread.from_mean);
    free(sum);
    return (Percentiles){ spread.mean + ends.lo / n, spread.mean + ends.hi / n };
}

/* Two samples of as many blocks have the same drawings. Those of y are taken from half of the list on: they are others than
 * x's, and the same pairs whichever of the two is called x. */
Percentiles resampled_difference(const double *x, const Resamples *of_x, const double *y, const Resamples *of_y)
{
    Spread spread_x = spread_of(x, of_x->n), spread_y = spread_of(y, of_y->n);
    float *sum_x = memory_new(3 * RESAMPLES + 1, sizeof *sum_x), *sum_y = sum_x + RESAMPLES, *tail = sum_y + RESAMPLES;
    sum_drawings(spread_x.from_mean, of_x, sum_x);
    sum_drawings(spread_y.from_mean, of_y, sum_y);
    float *difference = memory_new(RESAMPLES, sizeof *difference);
    for (size_t i = 0; i < RESAMPLES; i++)
        difference[i] = sum_y[(i + RESAMPLES / 2) % RESAMPLES] / of_y->n - sum_x[i] / of_x->n;
    double deviation = hypot(spread_x.deviation, spread_y.deviation), middle = spread_y.mean - spread_x.mean;
    Percentiles ends = { lower_end(difference, 1, deviation, tail), -lower_end(difference, -1, deviation, tail) };
    free(spread_x.from_mean);
    free(spread_y.from_mean);
    free(difference);
    free(sum_x);
    return (Percentiles){ middle + ends.lo, middle + ends.hi };
}
