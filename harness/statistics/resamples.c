#include "resamples.h"

#include "fail.h"
#include "memory.h"
#include "random.h"
#include "student.h"

#include <math.h>
#include <stdlib.h>

enum { ENDS = 40, STEP = 80 }; /* what is beyond an end of 95% is a 40th; and drawings are in steps of this */
_Static_assert(STEP % TILE == 0 && STEP % ENDS == 0, "the last tile would be partly empty, or an end between two drawings");
_Static_assert(RESAMPLES % STEP == 0 && FEWEST_RESAMPLES % STEP == 0, "likewise");

static size_t drawings_of_units(size_t units)
{
    if (units <= FULLY_DRAWN)
        return RESAMPLES;
    size_t drawings = (size_t)RESAMPLES * FULLY_DRAWN / units / STEP * STEP;
    return drawings < FEWEST_RESAMPLES ? FEWEST_RESAMPLES : drawings;
}

/* A tile's counts of one drawing lie TILE apart. */
static void draw_among(uint16_t *drawn, size_t units, Random *random)
{
    for (size_t i = 0; i < units; i++)
        drawn[random_below(random, units) * TILE]++;
}

static size_t blocks_before(Hosts shape, size_t host)
{
    return blocks_of_hosts((Hosts){ host, shape.blocks });
}

static void draw_hosts(const Resamples *resamples, uint16_t *drawn, Random *random)
{
    Hosts shape = resamples->shape;
    for (size_t i = 0; i < shape.hosts; i++) {
        size_t host = resamples->how == WITHIN_HOSTS ? i : random_below(random, shape.hosts);
        draw_among(drawn + blocks_before(shape, host) * TILE, shape.blocks[host], random);
    }
}

static void draw_all(Resamples *resamples, uint64_t seed)
{
    Random random = random_seeded(seed);
    resamples->drawn = memory_new(resamples->drawings * resamples->units, sizeof *resamples->drawn);
    for (size_t drawing = 0; drawing < resamples->drawings; drawing++) {
        uint16_t *drawn = resamples->drawn + drawing / TILE * resamples->units * TILE + drawing % TILE;
        if (resamples->how == WHOLE_HOSTS)
            draw_among(drawn, resamples->units, &random);
        else
            draw_hosts(resamples, drawn, &random);
    }
}

static Hosts copy_of(Hosts shape)
{
    size_t *blocks = memory_new(shape.hosts, sizeof *blocks);
    for (size_t i = 0; i < shape.hosts; i++)
        blocks[i] = shape.blocks[i];
    return (Hosts){ shape.hosts, blocks };
}

/* All but the drawings. */
static Resamples resamples_of(Hosts shape)
{
    size_t n = blocks_of_hosts(shape), freedom = freedom_of_hosts(shape);
    if (n > UINT16_MAX)
        fail("%zu blocks are more than the %d that can be resampled", n, UINT16_MAX);
    Drawn how = shape.hosts < LEAST_HOSTS ? WITHIN_HOSTS : shape.hosts < WHOLE_FROM ? HOSTS_AND_BLOCKS : WHOLE_HOSTS;
    size_t units = how == WHOLE_HOSTS ? shape.hosts : n;
    return (Resamples){
        .n = n, .shape = copy_of(shape), .how = how, .units = units, .drawings = drawings_of_units(units), .freedom = freedom,
        .student = freedom ? student(0.95, freedom) / NORMAL_95 : 1,
        .detectable_errors = freedom ? detectable_errors(freedom) : NAN,
    };
}

Resamples resamples_draw_hosts(Hosts shape, uint64_t seed)
{
    Resamples resamples = resamples_of(shape);
    draw_all(&resamples, seed);
    return resamples;
}

bool resamples_can_lend(const Resamples *lender, Hosts shape)
{
    return lender->how == WHOLE_HOSTS && lender->units == shape.hosts;
}

Resamples resamples_lent(const Resamples *lender, Hosts shape)
{
    Resamples resamples = resamples_of(shape);
    resamples.drawn = lender->drawn;
    resamples.is_borrowed = true;
    return resamples;
}

Resamples resamples_draw(size_t n, uint64_t seed)
{
    return resamples_draw_hosts((Hosts){ n > 0, &n }, seed);
}

void resamples_free(Resamples *resamples)
{
    free((void *)resamples->shape.blocks);
    if (!resamples->is_borrowed)
        free(resamples->drawn);
    *resamples = (Resamples){ 0 };
}

/* Of one host the factor is the same whatever the numbers; and where they do not scatter it is of no consequence. */
double widening_of(const double *x, const Resamples *resamples)
{
    if (resamples->freedom == 0)
        return 1;
    if (resamples->shape.hosts == 1)
        return resamples->student * sqrt((double)resamples->n / (resamples->n - 1));
    double drawn = variance_of_drawings(x, resamples->shape, resamples->how);
    return drawn > 0 ? resamples->student * sqrt(variance_of_mean(x, resamples->shape) / drawn) : 1;
}

/* ---- Sums of drawings ----------------------------------------------------------------------------------------------- */

/* The sums of a tile's drawings side by side, each added up in the order of blocks: wider vectors give the same. */
#ifdef __x86_64__
__attribute__((target_clones("avx2", "default")))
#endif
static void sum_drawings(const float *x, const Resamples *resamples, float *sum)
{
    const uint16_t *drawn = resamples->drawn;
    for (size_t tile = 0; tile < resamples->drawings / TILE; tile++, sum += TILE) {
        float sums[TILE] = { 0 };
        for (size_t i = 0; i < resamples->units; i++, drawn += TILE)
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

/* What came of so many drawings. */
typedef struct Values {
    const float *value;
    size_t n;
} Values;

/* Those of sign * value that are at most `most`, which is where the end of the interval is looked for first. */
static size_t take_tail(Values of, float sign, float most, float *tail)
{
    size_t taken = 0;
    for (size_t i = 0; i < of.n; i++) {
        tail[taken] = sign * of.value[i];
        taken += tail[taken] <= most;
    }
    return taken;
}

static float lower_end(Values of, float sign, float most, float *tail)
{
    size_t beyond = of.n / ENDS, taken = take_tail(of, sign, most, tail);
    if (taken < beyond)
        taken = take_tail(of, sign, INFINITY, tail);
    return select_kth(tail, taken, beyond - 1);
}

/* In a normal distribution 7% lie 1.5 standard deviations below its middle. */
static Percentiles ends_of(Values of, double mean, double deviation)
{
    float *tail = memory_new(of.n + 1, sizeof *tail);
    double reach = 1.5 * deviation;
    Percentiles ends = { lower_end(of, 1, mean - reach, tail), -lower_end(of, -1, -mean - reach, tail) };
    free(tail);
    return ends;
}

Percentiles resampled_ends(const float *value, size_t drawings, double *mean)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < drawings; i++) {
        sum += value[i];
        squares += (double)value[i] * value[i];
    }
    *mean = sum / drawings;
    return ends_of((Values){ value, drawings }, *mean, sqrt(fmax(0, squares / drawings - *mean * *mean)));
}

/* What each unit contributes to how far the mean of a drawing is from that of x. */
static float *parts_of(const double *x, const Resamples *resamples, double mean)
{
    Hosts shape = resamples->shape;
    float *part = memory_new(resamples->units, sizeof *part);
    for (size_t host = 0, i = 0; host < shape.hosts; host++)
        for (size_t block = 0; block < shape.blocks[host]; block++, i++)
            part[resamples->how == WHOLE_HOSTS ? host : i] += (x[i] - mean) / (shape.hosts * shape.blocks[host]);
    return part;
}

double resample_means(const double *x, const Resamples *resamples, float *away)
{
    Hosts shape = resamples->shape;
    double mean = 0;
    for (size_t host = 0, i = 0; host < shape.hosts; host++)
        for (size_t block = 0; block < shape.blocks[host]; block++, i++)
            mean += x[i] / (shape.hosts * shape.blocks[host]);
    float *part = parts_of(x, resamples, mean);
    sum_drawings(part, resamples, away);
    free(part);
    return mean;
}

/* How far the mean's resamples are from it. */
static double deviation_of_mean(const double *x, const Resamples *resamples)
{
    return sqrt(variance_of_drawings(x, resamples->shape, resamples->how));
}

Percentiles resampled_mean(const double *x, const Resamples *resamples)
{
    float *away = memory_new(resamples->drawings, sizeof *away);
    double mean = resample_means(x, resamples, away);
    Percentiles ends = ends_of((Values){ away, resamples->drawings }, 0, deviation_of_mean(x, resamples));
    free(away);
    return (Percentiles){ mean + ends.lo, mean + ends.hi };
}

/* Two samples of as many blocks have the same drawings. Those of y are taken from half of the list on: they are others than
 * x's, and the same pairs whichever of the two is called x. */
Percentiles resampled_difference(const double *x, const Resamples *of_x, const double *y, const Resamples *of_y)
{
    float *away_x = memory_new(3 * RESAMPLES, sizeof *away_x), *away_y = away_x + RESAMPLES, *away = away_y + RESAMPLES;
    double mean_x = resample_means(x, of_x, away_x), mean_y = resample_means(y, of_y, away_y);
    size_t drawings = of_x->drawings < of_y->drawings ? of_x->drawings : of_y->drawings;
    for (size_t i = 0; i < drawings; i++)
        away[i] = away_y[(i + drawings / 2) % drawings] - away_x[i];
    double deviation = hypot(deviation_of_mean(x, of_x), deviation_of_mean(y, of_y));
    Percentiles ends = ends_of((Values){ away, drawings }, 0, deviation);
    free(away_x);
    return (Percentiles){ mean_y - mean_x + ends.lo, mean_y - mean_x + ends.hi };
}
