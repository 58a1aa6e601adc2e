/* Two samples that share no block: known answers, the law of exchange, and how often intervals and probabilities are right. */
#include "contrast.h"

#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SEED = 1, EXPERIMENTS = 2000, MOST = 40 };

/* Normally distributed (Box and Muller 1958). */
static double normal(Random *random)
{
    double u = (random_below(random, UINT32_MAX) + 1.0) / UINT32_MAX, v = random_below(random, UINT32_MAX) / (double)UINT32_MAX;
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static Blocks drawn(double *room, size_t n, double mean, double spread, Random *random)
{
    for (size_t i = 0; i < n; i++)
        room[i] = mean + spread * normal(random);
    return (Blocks){ room, n };
}

static void the_difference_is_that_of_the_means(void **state)
{
    (void)state;
    Drawings drawings = { 0 };
    Contrast contrast = contrast_of((Blocks){ (double[]){ 1, 2, 3 }, 3 }, (Blocks){ (double[]){ 5, 7 }, 2 }, &drawings);
    assert_true(fabs(contrast.log - 4) < 1e-12);
    assert_true(contrast.lo < 4 && contrast.hi > 4);
    assert_true(fabs(contrast.error - sqrt(1.0 / 3 + 2.0 / 2)) < 1e-12);
    drawings_free(&drawings);
}

static void one_block_knows_nothing_of_its_spread(void **state)
{
    (void)state;
    Drawings drawings = { 0 };
    Contrast contrast = contrast_of((Blocks){ (double[]){ 1, 2, 3 }, 3 }, (Blocks){ (double[]){ 5 }, 1 }, &drawings);
    assert_true(contrast.log == 3);
    assert_true(isnan(contrast.lo) && isnan(contrast.hi) && isnan(contrast.p) && isnan(contrast.detectable));
    contrast = contrast_of((Blocks){ NULL, 0 }, (Blocks){ (double[]){ 5 }, 1 }, &drawings);
    assert_true(isnan(contrast.log));
    drawings_free(&drawings);
}

static void what_does_not_scatter_is_certain(void **state)
{
    (void)state;
    Drawings drawings = { 0 };
    Blocks four = { (double[]){ 4, 4, 4 }, 3 }, five = { (double[]){ 5, 5, 5, 5 }, 4 };
    Contrast same = contrast_of(four, four, &drawings), other = contrast_of(four, five, &drawings);
    assert_true(same.p == 1 && same.lo == 0 && same.hi == 0);
    assert_true(other.p == 0 && other.lo == 1 && other.hi == 1);
    drawings_free(&drawings);
}

/* What reclaim summarise says of three blocks that scatter alike: 5.6535 standard errors (docs/statistics.md). */
static void what_is_detectable_is_so_by_the_definition_of_a_single_run(void **state)
{
    (void)state;
    Drawings drawings = { 0 };
    Blocks scattered = { (double[]){ 1, 2, 3 }, 3 }, steady = { (double[]){ 2, 2, 2 }, 3 };
    for (int again = 0; again < 2; again++) {
        Contrast contrast = contrast_of(scattered, steady, &drawings);
        assert_float_equal(log1p(contrast.detectable) / contrast.error, 5.6535, 1e-3);
    }
    drawings_free(&drawings);
}

static void exchanged_it_is_inverted(void **state)
{
    (void)state;
    Random random = random_seeded(SEED);
    Drawings drawings = { 0 };
    double x[MOST], y[MOST];
    for (size_t n = 2; n < MOST; n += 7)
        for (size_t m = 2; m < MOST; m += 9) {
            Blocks first = drawn(x, n, 0, 1, &random), second = drawn(y, m, 0.5, 2, &random);
            Contrast there = contrast_of(first, second, &drawings), back = contrast_of(second, first, &drawings);
            assert_true(there.log == -back.log && there.p == back.p && there.detectable == back.detectable);
            assert_true(fabs(there.lo + back.hi) < 1e-12 && fabs(there.hi + back.lo) < 1e-12);
        }
    drawings_free(&drawings);
}

/* Shares of the experiments, in percent, in which there is no difference: whose interval says so, and whose p is below 5% and
 * 1%. */
typedef struct Shares {
    double held, below_5, below_1;
} Shares;

static Shares shares_of(size_t n, double spread_x, size_t m, double spread_y)
{
    Random random = random_seeded(SEED + n + m);
    Drawings drawings = { 0 };
    Shares shares = { 0 };
    double x[MOST], y[MOST];
    for (int i = 0; i < EXPERIMENTS; i++) {
        Contrast contrast =
            contrast_of(drawn(x, n, 0, spread_x, &random), drawn(y, m, 0, spread_y, &random), &drawings);
        shares.held += (contrast.lo <= 0 && contrast.hi >= 0) * 100.0 / EXPERIMENTS;
        shares.below_5 += (contrast.p < 0.05) * 100.0 / EXPERIMENTS;
        shares.below_1 += (contrast.p < 0.01) * 100.0 / EXPERIMENTS;
    }
    drawings_free(&drawings);
    return shares;
}

/* Fewer than five blocks of each may hold more than they say, for Welch's degrees of freedom are then rounded down far. */
static void intervals_and_probabilities_are_right(void **state)
{
    (void)state;
    const struct { size_t n; double spread_x; size_t m; double spread_y; double most; } samples[] = {
        { 3, 1, 3, 1, 99 }, { 5, 1, 5, 1, 98 }, { 10, 1, 10, 1, 97 }, { 30, 1, 30, 1, 97 }, { 30, 1, 30, 5, 97 },
        { 8, 3, 30, 1, 97 }, { 30, 3, 8, 1, 97 },
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        Shares shares = shares_of(samples[i].n, samples[i].spread_x, samples[i].m, samples[i].spread_y);
        print_message("%zu and %zu blocks: %.1f%% hold, p below 5%% in %.1f%%, below 1%% in %.1f%%\n", samples[i].n,
                      samples[i].m, shares.held, shares.below_5, shares.below_1);
        assert_true(shares.held >= 93 && shares.held <= samples[i].most);
        assert_true(shares.below_5 <= 7 && shares.below_1 <= 2);
        assert_true(shares.below_5 >= (samples[i].most > 97 ? 1 : 3));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_difference_is_that_of_the_means),
        cmocka_unit_test(one_block_knows_nothing_of_its_spread),
        cmocka_unit_test(what_does_not_scatter_is_certain),
        cmocka_unit_test(what_is_detectable_is_so_by_the_definition_of_a_single_run),
        cmocka_unit_test(exchanged_it_is_inverted),
        cmocka_unit_test(intervals_and_probabilities_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
