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

static void assert_share(const char *what, size_t n, const char *units, double lo, double found, double hi)
{
    printf("    %s, %zu %s: %.1f%%\n", what, n, units, 100 * found);
    if (found < lo || found > hi)
        fail_msg("%s of %zu %s: %g is not within %g and %g", what, n, units, found, lo, hi);
}

static void assert_between(const char *what, size_t blocks, double lo, double found, double hi)
{
    assert_share(what, blocks, "blocks", lo, found, hi);
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
    resamples.student = sqrt(4 / 5.0);
    assert_between("not stretched, caught", 5, 0.70, coverage_of(log_normal, resamples), 0.929);
    resamples.student = 1;
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

/* ---- Hosts ----------------------------------------------------------------------------------------------------------- */

enum { MOST_HOSTS = 32, MOST_OF_HOSTS = 160, HOST_EXPERIMENTS = 2000 };

/* Hosts that differ by `between`, in standard deviations of a block. */
typedef struct Farm {
    size_t hosts, blocks[MOST_HOSTS];
    double between;
} Farm;

typedef struct Runs {
    double like_these; /* in what share of them the interval holds what hosts of this kind come to */
    double of_these;   /* what these come to with more blocks */
    double told_apart, i2_held;
} Runs;

/* What the hosts come to with many blocks, each; x[i] is above 0. */
static double run_farm(Random *random, const Farm *farm, double *x)
{
    double sum = 0;
    for (size_t host = 0; host < farm->hosts; host++) {
        double of_host = 0.05 * farm->between * normal(random);
        sum += of_host;
        for (size_t block = 0; block < farm->blocks[host]; block++)
            *x++ = TRUTH * exp(of_host + log_normal(random));
    }
    return TRUTH * exp(sum / farm->hosts);
}

static bool holds(Estimate estimate, double truth)
{
    return estimate.lo <= truth && truth <= estimate.hi;
}

/* Of hosts with as many blocks each. */
static bool holds_i2(const Farm *farm, const double *logs, Hosts shape, bool *apart)
{
    Agreement agreement = agreement_of(logs, shape);
    double hosts = farm->between * farm->between, truth = hosts / (hosts + 1.0 / farm->blocks[0]);
    *apart = hosts_disagree(&agreement);
    return agreement.i2_lo <= truth && truth <= agreement.i2_hi;
}

static Runs runs_of(const Farm *farm)
{
    Random random = random_seeded(farm->hosts + 100 * farm->blocks[0] + 10000 * farm->between);
    Hosts shape = { farm->hosts, farm->blocks };
    Resamples resamples = resamples_draw_hosts(shape, SEED);
    Runs runs = { 0, 0, 0, 0 };
    for (int run = 0; run < HOST_EXPERIMENTS; run++) {
        double x[MOST_OF_HOSTS], logs[MOST_OF_HOSTS], of_these = run_farm(&random, farm, x);
        Estimate mean = estimate_mean(x, &resamples);
        bool apart;
        for (size_t i = 0; i < resamples.n; i++)
            logs[i] = log(x[i]);
        runs.i2_held += holds_i2(farm, logs, shape, &apart) / (double)HOST_EXPERIMENTS;
        runs.told_apart += apart / (double)HOST_EXPERIMENTS;
        runs.like_these += holds(mean, TRUTH) / (double)HOST_EXPERIMENTS;
        runs.of_these += holds(mean, of_these) / (double)HOST_EXPERIMENTS;
    }
    resamples_free(&resamples);
    return runs;
}

static Farm farm_of(size_t hosts, size_t blocks, double between)
{
    Farm farm = { .hosts = hosts, .between = between };
    for (size_t i = 0; i < hosts; i++)
        farm.blocks[i] = blocks;
    return farm;
}

/* What is 95 in 100 is found to be less than 93 or more than 97 of 2000 runs once in 20,000 times. */
static void so_do_intervals_of_several_hosts(void **state)
{
    (void)state;
    static const size_t farms[][2] = { { 2, 8 }, { 2, 3 }, { 3, 3 }, { 3, 8 }, { 5, 8 }, { 20, 5 }, { 32, 2 }, { 5, 1 } };
    for (size_t i = 0; i < 2 * (sizeof farms / sizeof *farms); i++) {
        Farm farm = farm_of(farms[i / 2][0], farms[i / 2][1], i % 2);
        Runs runs = runs_of(&farm);
        const char *what = farm.hosts < LEAST_HOSTS ? "of these" : i % 2 ? "unlike each other" : "alike";
        assert_share(what, farm.hosts, "hosts", 0.93, farm.hosts < LEAST_HOSTS ? runs.of_these : runs.like_these, 0.97);
    }
}

/* As after a death. Hosts that are alike have means that scatter by how few blocks they have: a wider interval, if anything. */
static void so_do_those_of_hosts_with_unequal_blocks(void **state)
{
    (void)state;
    static const Farm farms[] = { { 2, { 6, 2 }, 0 }, { 2, { 7, 1 }, 0 }, { 3, { 8, 8, 2 }, 0 }, { 3, { 8, 3, 1 }, 0 },
                                  { 4, { 15, 4, 2, 2 }, 0 }, { 5, { 3, 3, 3, 3, 1 }, 0 }, { 5, { 15, 15, 15, 3, 1 }, 0 } };
    for (size_t i = 0; i < 2 * (sizeof farms / sizeof *farms); i++) {
        Farm farm = farms[i / 2];
        farm.between = i % 2;
        Runs runs = runs_of(&farm);
        double held = farm.hosts < LEAST_HOSTS ? runs.of_these : runs.like_these;
        assert_share("unequal blocks", farm.hosts, "hosts", 0.925, held, 0.985);
    }
}

/* What the design is there to avoid: blocks of unlike hosts as if they were of one. */
static void pooled_blocks_of_unlike_hosts_are_caught(void **state)
{
    (void)state;
    Farm farm = farm_of(3, 8, 1);
    Random random = random_seeded(SEED);
    Resamples resamples = resamples_draw(24, SEED);
    double held = 0;
    for (int run = 0; run < HOST_EXPERIMENTS; run++) {
        double x[MOST_OF_HOSTS];
        run_farm(&random, &farm, x);
        held += holds(estimate_mean(x, &resamples), TRUTH) / (double)HOST_EXPERIMENTS;
    }
    assert_share("as if of one, caught", 3, "hosts", 0.50, held, 0.75);
    resamples_free(&resamples);
}

static void hosts_that_agree_are_seldom_told_apart_and_i2_is_held(void **state)
{
    (void)state;
    static const size_t farms[][2] = { { 2, 8 }, { 3, 3 }, { 5, 8 }, { 20, 5 } };
    for (size_t i = 0; i < 2 * (sizeof farms / sizeof *farms); i++) {
        Farm farm = farm_of(farms[i / 2][0], farms[i / 2][1], i % 2);
        Runs runs = runs_of(&farm);
        if (farm.between == 0)
            assert_share("alike, told apart", farm.hosts, "hosts", 0.01, runs.told_apart, 0.04);
        assert_share("I2 held", farm.hosts, "hosts", 0.935, runs.i2_held, 0.985);
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
        cmocka_unit_test(so_do_intervals_of_several_hosts),
        cmocka_unit_test(so_do_those_of_hosts_with_unequal_blocks),
        cmocka_unit_test(pooled_blocks_of_unlike_hosts_are_caught),
        cmocka_unit_test(hosts_that_agree_are_seldom_told_apart_and_i2_is_held),
        cmocka_unit_test(so_do_those_of_medians),
        cmocka_unit_test(a_program_is_told_from_itself_in_3_to_7_percent_and_claimed_to_differ_in_less_than_5),
        cmocka_unit_test(what_is_detectable_is_found_in_four_of_five_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
