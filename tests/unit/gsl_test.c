/* Statistics as the GNU Scientific Library works them out. Where it is not installed the tests are skipped, and say so. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#if __has_include(<gsl/gsl_cdf.h>)

#include "random.h"
#include "statistics.h"
#include "student.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <string.h>

enum { MOST = 40, SAMPLES = 200, DRAWINGS = 40000, SEED = 1 };

/* Log-normal numbers, some of them far from the others. */
static void draw_numbers(gsl_rng *rng, double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = gsl_ran_lognormal(rng, 1, 0.05) * (gsl_ran_bernoulli(rng, 0.05) ? 2 : 1);
}

static size_t draw_size(gsl_rng *rng)
{
    return 2 + gsl_rng_uniform_int(rng, MOST - 1);
}

static gsl_rng *new_rng(void)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, SEED);
    return rng;
}

static void sorted_logs(const double *x, size_t n, double *logs)
{
    for (size_t i = 0; i < n; i++)
        logs[i] = log(x[i]);
    gsl_sort(logs, 1, n);
}

static void students_quantiles_are_gsls(void **state)
{
    (void)state;
    for (size_t freedom = 1; freedom < 200; freedom++) {
        assert_float_equal(student(0.95, freedom), gsl_cdf_tdist_Pinv(0.975, freedom), 1e-6);
        assert_float_equal(student(0.60, freedom), gsl_cdf_tdist_Pinv(0.80, freedom), 1e-6);
    }
}

static void fishers_quantiles_are_gsls(void **state)
{
    (void)state;
    static const size_t freedoms[] = { 1, 2, 3, 4, 7, 15, 40, 99, 999, 4000 };
    enum { FREEDOMS = sizeof freedoms / sizeof *freedoms };
    for (size_t i = 0; i < FREEDOMS * FREEDOMS; i++)
        for (double share = 0.025; share < 1; share += 0.475) {
            size_t above = freedoms[i % FREEDOMS], below = freedoms[i / FREEDOMS];
            double ours = fisher_quantile(share, above, below);
            assert_float_equal(gsl_cdf_fdist_P(ours, above, below), share, 1e-9);
        }
}

static void medians_are_gsls(void **state)
{
    (void)state;
    gsl_rng *rng = new_rng();
    double x[MOST], sorted[MOST];
    for (int sample = 0; sample < SAMPLES; sample++) {
        size_t n = draw_size(rng);
        draw_numbers(rng, x, n);
        memcpy(sorted, x, sizeof x);
        gsl_sort(sorted, 1, n);
        assert_float_equal(median(x, n), gsl_stats_median_from_sorted_data(sorted, 1, n), 1e-12);
    }
    gsl_rng_free(rng);
}

/* By its binomial distribution with one half: no more than 2.5% lie beyond either end, and would one number further in. */
static void intervals_of_medians_end_where_gsls_binomial_says(void **state)
{
    (void)state;
    for (size_t n = 6; n <= MOST; n++) {
        double x[MOST];
        for (size_t i = 0; i < n; i++)
            x[i] = i + 1;
        Estimate estimate = estimate_median(x, n);
        unsigned beyond = estimate.lo - 1;
        assert_true(gsl_cdf_binomial_P(beyond, 0.5, n) <= 0.025);
        assert_true(gsl_cdf_binomial_P(beyond + 1, 0.5, n) > 0.025);
        assert_true(estimate.hi == n - beyond);
    }
}

static void outliers_are_beyond_gsls_quartiles(void **state)
{
    (void)state;
    gsl_rng *rng = new_rng();
    double x[MOST], logs[MOST];
    size_t found = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
        uint64_t outliers, expected = 0;
        size_t n = draw_size(rng);
        draw_numbers(rng, x, n);
        sorted_logs(x, n, logs);
        double lower = gsl_stats_quantile_from_sorted_data(logs, 1, n, 0.25);
        double upper = gsl_stats_quantile_from_sorted_data(logs, 1, n, 0.75), reach = 3 * (upper - lower);
        for (size_t i = 0; i < n; i++)
            expected += logs[i] < lower - reach || logs[i] > upper + reach;
        assert_true(count_outliers(x, n, &outliers));
        assert_int_equal(outliers, expected);
        found += expected;
    }
    assert_true(found > SAMPLES / 4);
    gsl_rng_free(rng);
}

/* ---- Ratios --------------------------------------------------------------------------------------------------------- */

static void draw_ratio(gsl_rng *rng, size_t n, double *x, double *y, double *logs)
{
    draw_numbers(rng, x, n);
    draw_numbers(rng, y, n);
    for (size_t i = 0; i < n; i++)
        logs[i] = log(x[i] / y[i]);
}

static void means_and_deviations_are_gsls(void **state)
{
    (void)state;
    gsl_rng *rng = new_rng();
    double x[MOST], y[MOST], logs[MOST];
    for (int sample = 0; sample < 20; sample++) {
        size_t n = draw_size(rng);
        draw_ratio(rng, n, x, y, logs);
        Resamples resamples = resamples_draw(n, SEED);
        double error = gsl_stats_sd(logs, 1, n) / sqrt(n);
        assert_float_equal(estimate_ratio(x, y, &resamples).value, exp(gsl_stats_mean(logs, 1, n)), 1e-12);
        assert_float_equal(detectable_difference(x, y, &resamples), expm1(detectable_errors(n - 1) * error), 1e-9);
        resamples_free(&resamples);
    }
    gsl_rng_free(rng);
}

/* The end of the bootstrap's percentile interval, of drawings that GSL makes. */
static double drawn_end(gsl_rng *rng, double *logs, size_t n, double share)
{
    double *means = calloc(DRAWINGS, sizeof *means), drawn[MOST];
    for (size_t i = 0; i < DRAWINGS; i++) {
        gsl_ran_sample(rng, drawn, n, logs, n, sizeof *drawn);
        means[i] = gsl_stats_mean(drawn, 1, n);
    }
    gsl_sort(means, 1, DRAWINGS);
    double end = gsl_stats_quantile_from_sorted_data(means, 1, DRAWINGS, share);
    free(means);
    return end;
}

/* Four times as many drawings as ours: where both end differs by chance, by less than a tenth of the half interval. */
static void intervals_are_those_of_gsls_drawings(void **state)
{
    (void)state;
    gsl_rng *rng = new_rng();
    double x[MOST], y[MOST], logs[MOST];
    for (size_t n = 6; n <= MOST; n += 4) {
        draw_ratio(rng, n, x, y, logs);
        Resamples resamples = resamples_draw(n, SEED);
        Estimate ratio = estimate_ratio(x, y, &resamples);
        double mean = gsl_stats_mean(logs, 1, n), times = gsl_cdf_tdist_Pinv(0.975, n - 1) / gsl_cdf_ugaussian_Pinv(0.975) *
                                                          sqrt(n / (n - 1.0));
        double lo = mean + times * (drawn_end(rng, logs, n, 0.025) - mean);
        double hi = mean + times * (drawn_end(rng, logs, n, 0.975) - mean);
        assert_float_equal(log(ratio.lo), lo, 0.05 * (hi - lo));
        assert_float_equal(log(ratio.hi), hi, 0.05 * (hi - lo));
        resamples_free(&resamples);
    }
    gsl_rng_free(rng);
}

/* ---- Power ---------------------------------------------------------------------------------------------------------- */

typedef struct Test {
    double errors, freedom;
} Test;

static double told_when_spread_is(double squares, void *of)
{
    const Test *test = of;
    double beyond = gsl_cdf_tdist_Pinv(0.975, test->freedom) * sqrt(squares / test->freedom);
    return gsl_ran_chisq_pdf(squares, test->freedom) * gsl_cdf_ugaussian_Q(beyond - test->errors);
}

static void what_is_detectable_has_a_power_of_80_percent_by_gsl(void **state)
{
    (void)state;
    gsl_integration_workspace *workspace = gsl_integration_workspace_alloc(1000);
    for (size_t freedom = 2; freedom < 100; freedom += 7) {
        Test test = { detectable_errors(freedom), freedom };
        gsl_function told = { told_when_spread_is, &test };
        double power, error;
        gsl_integration_qagiu(&told, 0, 1e-6, 1e-6, 1000, workspace, &power, &error);
        assert_float_equal(power, 0.80, 1e-3);
    }
    gsl_integration_workspace_free(workspace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(students_quantiles_are_gsls),
        cmocka_unit_test(fishers_quantiles_are_gsls),
        cmocka_unit_test(medians_are_gsls),
        cmocka_unit_test(intervals_of_medians_end_where_gsls_binomial_says),
        cmocka_unit_test(outliers_are_beyond_gsls_quartiles),
        cmocka_unit_test(means_and_deviations_are_gsls),
        cmocka_unit_test(intervals_are_those_of_gsls_drawings),
        cmocka_unit_test(what_is_detectable_has_a_power_of_80_percent_by_gsl),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static void gsl_is_not_installed(void **state)
{
    (void)state;
    puts("statistics are not compared with those of GSL: it is not installed");
    skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(gsl_is_not_installed) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
