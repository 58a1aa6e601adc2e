/* Statistics: known answers, the laws that ratios obey, and how often an interval holds the truth. */
#include "random.h"
#include "statistics.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SEED = 1, EXPERIMENTS = 2000 };

static void median_is_the_middle(void **state)
{
    (void)state;
    assert_true(median((double[]){ 3, 1, 2 }, 3) == 2);
    assert_true(median((double[]){ 4, 1, 3, 2 }, 4) == 2.5);
    assert_true(median((double[]){ 7 }, 1) == 7);
    assert_true(median((double[]){ 5, 5, 5, 1, 5 }, 5) == 5);
    assert_true(isnan(median(NULL, 0)));
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Against sorting, with many ties. */
static void median_agrees_with_sorting(void **state)
{
    (void)state;
    Random random = random_seeded(SEED);
    for (size_t n = 1; n < 200; n++) {
        double x[200];
        for (size_t i = 0; i < n; i++)
            x[i] = random_below(&random, 20);
        double found = median(x, n);
        qsort(x, n, sizeof *x, by_size);
        assert_true(found == (x[n / 2] + x[(n - 1) / 2]) / 2);
    }
}

static void median_keeps_its_input(void **state)
{
    (void)state;
    double x[] = { 3, 1, 2 };
    median(x, 3);
    assert_true(x[0] == 3 && x[1] == 1 && x[2] == 2);
}

static void each_resample_draws_n_blocks(void **state)
{
    (void)state;
    Resamples resamples = resamples_draw(7, SEED);
    for (size_t row = 0; row < RESAMPLES; row++) {
        unsigned drawn = 0;
        for (size_t i = 0; i < 7; i++)
            drawn += resamples.drawn[row * 7 + i];
        assert_int_equal(drawn, 7);
    }
    resamples_free(&resamples);
}

static void the_same_seed_draws_the_same(void **state)
{
    (void)state;
    Resamples a = resamples_draw(9, 5), b = resamples_draw(9, 5), c = resamples_draw(9, 6);
    assert_memory_equal(a.drawn, b.drawn, RESAMPLES * 9 * sizeof *a.drawn);
    assert_memory_not_equal(a.drawn, c.drawn, RESAMPLES * 9 * sizeof *a.drawn);
    resamples_free(&a);
    resamples_free(&b);
    resamples_free(&c);
}

/* Of three values the resampled median is the smallest in 7 of 27 drawings, and the largest in as many: both lie within a 95%
 * interval. */
static void interval_of_a_median_of_three_is_their_range(void **state)
{
    (void)state;
    Resamples resamples = resamples_draw(3, SEED);
    Estimate estimate = estimate_median((double[]){ 20, 10, 30 }, &resamples);
    assert_true(estimate.value == 20 && estimate.lo == 10 && estimate.hi == 30);
    resamples_free(&resamples);
}

static void nothing_gives_no_estimate(void **state)
{
    (void)state;
    Resamples resamples = resamples_draw(0, SEED);
    assert_true(isnan(estimate_median(NULL, &resamples).value));
    assert_true(isnan(estimate_ratio(NULL, NULL, &resamples).lo));
    resamples_free(&resamples);
}

static void ratio_is_the_geometric_mean(void **state)
{
    (void)state;
    Resamples resamples = resamples_draw(2, SEED);
    Estimate estimate = estimate_ratio((double[]){ 2, 8 }, (double[]){ 1, 1 }, &resamples);
    assert_float_equal(estimate.value, 4, 1e-12);
    assert_float_equal(estimate.lo, 2, 1e-12);
    assert_float_equal(estimate.hi, 8, 1e-12);
    resamples_free(&resamples);
}

static void ratio_to_itself_is_one_for_sure(void **state)
{
    (void)state;
    double x[] = { 0.5, 0.7, 0.6 };
    Resamples resamples = resamples_draw(3, SEED);
    Estimate estimate = estimate_ratio(x, x, &resamples);
    assert_true(estimate.value == 1 && estimate.lo == 1 && estimate.hi == 1);
    resamples_free(&resamples);
}

/* An arithmetic mean of ratios would not do this. */
static void swapping_the_baseline_inverts_the_ratio(void **state)
{
    (void)state;
    double x[] = { 1.0, 1.4, 0.9, 2.0, 1.1 }, y[] = { 0.7, 0.8, 1.2, 0.5, 0.9 };
    Resamples resamples = resamples_draw(5, SEED);
    Estimate there = estimate_ratio(x, y, &resamples), back = estimate_ratio(y, x, &resamples);
    assert_float_equal(there.value, 1 / back.value, 1e-12);
    assert_float_equal(there.lo, 1 / back.hi, 1e-12);
    assert_float_equal(there.hi, 1 / back.lo, 1e-12);
    resamples_free(&resamples);
}

/* A noise that the machine puts on both sides of a block leaves its ratio as it is. */
static void what_a_block_shares_cancels(void **state)
{
    (void)state;
    double x[] = { 2, 20, 200, 2000 }, y[] = { 1, 10, 100, 1000 };
    Resamples resamples = resamples_draw(4, SEED);
    Estimate estimate = estimate_ratio(x, y, &resamples);
    assert_float_equal(estimate.hi - estimate.lo, 0, 1e-9);
    resamples_free(&resamples);
}

/* Box and Muller 1958. */
static double normal(Random *random)
{
    double u = ((random_next(random) >> 11) + 1) * 0x1p-53, v = (random_next(random) >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

/* Times one program against another that takes 1.1 times as long, in n blocks with 5% of noise on each side. Returns in what
 * share of the experiments the interval held 1.1. */
static double coverage(size_t n)
{
    Random random = random_seeded(n);
    Resamples resamples = resamples_draw(n, SEED);
    double x[100], y[100];
    size_t held = 0;
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
        for (size_t i = 0; i < n; i++) {
            x[i] = 1.1 * exp(0.05 * normal(&random));
            y[i] = exp(0.05 * normal(&random));
        }
        Estimate estimate = estimate_ratio(x, y, &resamples);
        held += estimate.lo <= 1.1 && 1.1 <= estimate.hi;
    }
    resamples_free(&resamples);
    return (double)held / EXPERIMENTS;
}

static void assert_between(double lo, double found, double hi)
{
    if (found < lo || found > hi)
        fail_msg("%g is not within %g and %g", found, lo, hi);
}

static void a_95_percent_interval_holds_the_truth_in_95_percent(void **state)
{
    (void)state;
    assert_between(0.90, coverage(5), 0.97); /* as statistics.h admits */
    assert_between(0.93, coverage(8), 0.97);
    assert_between(0.93, coverage(15), 0.97);
    assert_between(0.93, coverage(30), 0.97);
    assert_between(0.93, coverage(100), 0.97);
}

/* Tables of Student's t and of the normal distribution give these shares: 0.00095 for 5 blocks, 0.0212 for 50. */
static void few_blocks_have_wide_intervals(void **state)
{
    (void)state;
    static const struct { size_t n, least, most; } expected[] = {
        { 2, 1, 1 }, { 3, 1, 1 }, { 5, 9, 10 }, { 15, 130, 134 }, { 50, 211, 214 }, { 1000, 247, 250 },
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        Resamples resamples = resamples_draw(expected[i].n, SEED);
        assert_in_range(resamples.beyond, expected[i].least, expected[i].most);
        resamples_free(&resamples);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(median_is_the_middle),
        cmocka_unit_test(median_agrees_with_sorting),
        cmocka_unit_test(median_keeps_its_input),
        cmocka_unit_test(each_resample_draws_n_blocks),
        cmocka_unit_test(the_same_seed_draws_the_same),
        cmocka_unit_test(interval_of_a_median_of_three_is_their_range),
        cmocka_unit_test(nothing_gives_no_estimate),
        cmocka_unit_test(ratio_is_the_geometric_mean),
        cmocka_unit_test(ratio_to_itself_is_one_for_sure),
        cmocka_unit_test(swapping_the_baseline_inverts_the_ratio),
        cmocka_unit_test(what_a_block_shares_cancels),
        cmocka_unit_test(a_95_percent_interval_holds_the_truth_in_95_percent),
        cmocka_unit_test(few_blocks_have_wide_intervals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
