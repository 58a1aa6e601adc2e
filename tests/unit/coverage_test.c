/* What is said to hold in 95 of 100 runs, or 80, or 5, does so in simulated ones, whose truth is known. docs/statistics.md has
 * these figures; run by itself the test prints them. */
#include "noise.h"
#include "random.h"
#include "statistics.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SEED = 1, EXPERIMENTS = 4000, MOST_BLOCKS = 30 };
#define TRUTH 1.1

/* ---- Noise that trials may have, as the logarithm of a time ----------------------------------------------------------- */

static double uniform(Random *random) /* above 0 */
{
    return ((random_next(random) >> 11) + 1) * 0x1p-53;
}

/* Box and Muller 1958. */
static double normal(Random *random)
{
    double radius = sqrt(-2 * log(uniform(random)));
    return radius * cos(2 * M_PI * uniform(random));
}

static double log_normal(Random *random)
{
    return 0.05 * normal(random);
}

/* A neighbour takes time, and never gives any. */
static double bursts(Random *random)
{
    return 0.02 * normal(random) - 0.05 * log(uniform(random));
}

/* One trial in ten scatters five times as much. */
static double heavy(Random *random)
{
    return (random_below(random, 10) == 0 ? 0.25 : 0.05) * normal(random);
}

typedef double Noisy(Random *random);

/* The program that takes `truth` times as long as the other, and that other, in n blocks. */
static void run(Random *random, Noisy *noise, double truth, size_t n, double *x, double *y)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = truth * exp(noise(random));
        y[i] = exp(noise(random));
    }
}

static void assert_between(const char *what, size_t n, double lo, double found, double hi)
{
    printf("    %s, %zu blocks: %.1f%%\n", what, n, 100 * found);
    if (found < lo || found > hi)
        fail_msg("%s of %zu blocks: %g is not within %g and %g", what, n, found, lo, hi);
}

/* ---- Ratios --------------------------------------------------------------------------------------------------------- */

/* In what share of the experiments the interval holds the truth. */
static double coverage_of(Noisy *noise, Resamples resamples)
{
    size_t n = resamples.n;
    Random random = random_seeded(n);
    double x[MOST_BLOCKS], y[MOST_BLOCKS];
    size_t held = 0;
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
        run(&random, noise, TRUTH, n, x, y);
        Estimate ratio = estimate_ratio(x, y, &resamples);
        held += ratio.lo <= TRUTH && TRUTH <= ratio.hi;
    }
    return (double)held / EXPERIMENTS;
}

static double coverage(Noisy *noise, size_t n)
{
    Resamples resamples = resamples_draw(n, SEED);
    double share = coverage_of(noise, resamples);
    resamples_free(&resamples);
    return share;
}

static const size_t blocks[] = { 3, 4, 5, 8, 15, 30 };
enum { CASES = sizeof blocks / sizeof *blocks };

static void intervals_hold_the_truth_in_93_to_97_percent(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++)
        assert_between("log-normal", blocks[i], 0.93, coverage(log_normal, blocks[i]), 0.97);
}

/* Percentiles as they are, and an interval of 1.96 standard errors, which knows nothing of Student, would not pass. */
static void wrong_intervals_are_caught(void **state)
{
    (void)state;
    Resamples resamples = resamples_draw(5, SEED);
    resamples.widening = 1;
    assert_between("not stretched, caught", 5, 0.70, coverage_of(log_normal, resamples), 0.929);
    resamples.widening = sqrt(5 / 4.0);
    assert_between("without Student's t, caught", 5, 0.70, coverage_of(log_normal, resamples), 0.929);
    resamples_free(&resamples);
}

/* Heavy tails make an interval wider more often than they move it. */
static void they_do_so_where_noise_is_not_normal(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        assert_between("bursts", blocks[i], 0.93, coverage(bursts, blocks[i]), 0.97);
        assert_between("heavy tails", blocks[i], 0.93, coverage(heavy, blocks[i]), 0.98);
    }
}

/* ---- Medians -------------------------------------------------------------------------------------------------------- */

static double median_coverage(size_t n)
{
    Random random = random_seeded(n);
    double x[MOST_BLOCKS];
    size_t held = 0;
    for (int experiment = 0; experiment < 3 * EXPERIMENTS; experiment++) {
        for (size_t i = 0; i < n; i++)
            x[i] = TRUTH * exp(log_normal(&random));
        Estimate middle = estimate_median(x, n);
        held += middle.lo <= TRUTH && TRUTH <= middle.hi;
    }
    return (double)held / (3 * EXPERIMENTS);
}

/* From 6 blocks on it is sure to be 95, and so may be more: order statistics are some way apart. */
static void so_do_those_of_medians(void **state)
{
    (void)state;
    for (size_t n = 2; n <= MOST_BLOCKS; n++)
        assert_between("median", n, 0.945, median_coverage(n), n < 6 ? 0.955 : 0.993);
}

/* ---- What is told --------------------------------------------------------------------------------------------------- */

typedef struct Told {
    double apart;   /* the interval excludes 1 */
    double claimed; /* and the ratio is beyond the band */
    double claimed_by_estimate; /* beyond that of a run's own controls */
} Told;

/* What a run of twenty controls takes for its band. */
static double estimated_band(Random *random, size_t n)
{
    enum { CONTROLS = 20 };
    double distance[CONTROLS], x[MOST_BLOCKS], y[MOST_BLOCKS];
    for (int control = 0; control < CONTROLS; control++) {
        double mean = 0;
        run(random, log_normal, 1, n, x, y);
        for (size_t i = 0; i < n; i++)
            mean += (log(x[i]) - log(y[i])) / n;
        distance[control] = exp(fabs(mean));
    }
    return band_of_distances(distance, CONTROLS);
}

static bool is_claimed(Estimate ratio, size_t n, double band)
{
    Difference difference = difference_of(ratio, n, band);
    return difference == LESS || difference == MORE;
}

static Told told(double truth, size_t n, double band)
{
    Random random = random_seeded(n), of_controls = random_seeded(n + MOST_BLOCKS);
    Resamples resamples = resamples_draw(n, SEED);
    double x[MOST_BLOCKS], y[MOST_BLOCKS];
    Told told = { 0, 0, 0 };
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
        run(&random, log_normal, truth, n, x, y);
        Estimate ratio = estimate_ratio(x, y, &resamples);
        told.apart += excludes_one(ratio) / (double)EXPERIMENTS;
        told.claimed += is_claimed(ratio, n, band) / (double)EXPERIMENTS;
        told.claimed_by_estimate += is_claimed(ratio, n, estimated_band(&of_controls, n)) / (double)EXPERIMENTS;
    }
    resamples_free(&resamples);
    return told;
}

/* The band of controls that scatter as the cells do: 95 in 100 ratios lie within 1.96 standard errors. */
static double band_of_controls(size_t n)
{
    return exp(1.96 * 0.05 * sqrt(2.0 / n));
}

static void a_program_is_told_from_itself_in_3_to_7_percent_and_claimed_to_differ_in_less_than_5(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        Told of = told(1, blocks[i], band_of_controls(blocks[i]));
        assert_between("A/A, interval excludes 1", blocks[i], 0.03, of.apart, 0.07);
        assert_between("A/A, claimed", blocks[i], 0, of.claimed, 0.05);
        assert_between("A/A, claimed by the band of 20 controls", blocks[i], 0, of.claimed_by_estimate, 0.05);
    }
}

/* An effect as large as what runs say is `detectable`, in the mean of squares, for each sees another spread. */
static double typical_detectable(size_t n)
{
    double x[MOST_BLOCKS], y[MOST_BLOCKS], squares = 0;
    Random random = random_seeded(SEED);
    Resamples resamples = resamples_draw(n, SEED);
    for (int experiment = 0; experiment < EXPERIMENTS; experiment++) {
        run(&random, log_normal, 1, n, x, y);
        double effect = log1p(detectable_difference(x, y, &resamples));
        squares += effect * effect / EXPERIMENTS;
    }
    resamples_free(&resamples);
    return exp(sqrt(squares));
}

static void what_is_detectable_is_found_in_four_of_five_runs(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++)
        assert_between("found", blocks[i], 0.76, told(typical_detectable(blocks[i]), blocks[i], 1).apart, 0.82);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth_in_93_to_97_percent),
        cmocka_unit_test(wrong_intervals_are_caught),
        cmocka_unit_test(they_do_so_where_noise_is_not_normal),
        cmocka_unit_test(so_do_those_of_medians),
        cmocka_unit_test(a_program_is_told_from_itself_in_3_to_7_percent_and_claimed_to_differ_in_less_than_5),
        cmocka_unit_test(what_is_detectable_is_found_in_four_of_five_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
