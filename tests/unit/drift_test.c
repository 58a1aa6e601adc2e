/* Drift: slopes that are known, and how often one is called that is there, and one that is not. */
#include "drift.h"
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROUNDS = 120, MANY_ROUNDS = 1200, EXPERIMENTS = 1000 };

/* Normal, with a mean of 0 and a spread of 1 (Box and Muller 1958). */
static double normal(Random *random)
{
    double u = (random_below(random, 1 << 30) + 1.0) / (1 << 30), v = random_below(random, 1 << 30) / (double)(1 << 30);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

/* A level of 100 that scatters by 1, each round sharing so much of it with the one before, and grows by `slope` a round. */
static void make(double *x, size_t n, double slope, double share, Random *random)
{
    double away = normal(random);
    for (size_t i = 0; i < n; i++) {
        x[i] = 100 + slope * (double)i + away;
        away = share * away + sqrt(1 - share * share) * normal(random);
    }
}

/* How many of the experiments have this verdict; `held` counts the intervals that hold the slope. */
static size_t called(DriftVerdict verdict, size_t n, double slope, double share, double tolerance, size_t *held)
{
    Random random = random_seeded(7);
    double x[MANY_ROUNDS];
    size_t count = *held = 0;
    for (size_t i = 0; i < EXPERIMENTS; i++) {
        make(x, n, slope, share, &random);
        Drift drift = drift_of(x, n, tolerance);
        count += drift.verdict == verdict;
        *held += drift.lo <= slope && slope <= drift.hi;
    }
    return count;
}

/* One object a round, told exactly. */
static void a_leak_of_one_object_a_round_drifts(void **state)
{
    (void)state;
    double x[LEAST_ROUNDS];
    for (size_t i = 0; i < LEAST_ROUNDS; i++)
        x[i] = 7 + (double)i;
    Drift drift = drift_of(x, LEAST_ROUNDS, 0.5);
    assert_int_equal(drift.verdict, DRIFTS);
    assert_float_equal(drift.slope, 1, 1e-9);
    assert_float_equal(drift.lo, 1, 1e-9);
    assert_float_equal(drift.hi, 1, 1e-9);
    assert_int_equal(drift.rounds, LEAST_ROUNDS / 2);
}

static void what_stays_the_same_is_steady(void **state)
{
    (void)state;
    double x[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++)
        x[i] = 7;
    Drift drift = drift_of(x, ROUNDS, 0);
    assert_int_equal(drift.verdict, STEADY);
    assert_float_equal(drift.level, 7, 1e-9);
}

static void the_first_half_is_warming_up(void **state)
{
    (void)state;
    double x[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++)
        x[i] = i < ROUNDS / 2 ? (double)i : ROUNDS / 2;
    assert_int_equal(drift_of(x, ROUNDS, 0).verdict, STEADY);
}

/* Wherever it falls; and a collection that comes late in one round. */
static void a_step_or_a_peak_is_no_drift(void **state)
{
    (void)state;
    double x[ROUNDS];
    for (size_t step = 1; step < ROUNDS; step++) {
        for (size_t i = 0; i < ROUNDS; i++)
            x[i] = i < step ? 100 : 150;
        assert_int_not_equal(drift_of(x, ROUNDS, 0.1).verdict, DRIFTS);
        for (size_t i = 0; i < ROUNDS; i++)
            x[i] = i == step ? 500 : 100;
        assert_int_equal(drift_of(x, ROUNDS, 0.1).verdict, STEADY);
    }
}

static void few_rounds_tell_nothing(void **state)
{
    (void)state;
    double x[LEAST_ROUNDS] = { 0 };
    Drift drift = drift_of(x, LEAST_ROUNDS - 1, 1);
    assert_int_equal(drift.verdict, DRIFT_UNTOLD);
    assert_true(isnan(drift.slope) && isnan(drift.lo) && isnan(drift.hi));
}

/* Of what does not drift fewer than 4 in 100 are called, though no growth is tolerated and each round shares up to half of its
 * distance with the next; of four fifths, fewer than 8. With what soak tolerates, none. */
static void false_alarms_are_rare(void **state)
{
    (void)state;
    static const struct { size_t rounds; double share; size_t most; } runs[] = {
        { ROUNDS, 0, 35 }, { ROUNDS, 0.5, 40 }, { ROUNDS, 0.8, 80 }, { MANY_ROUNDS, 0.5, 35 }, { MANY_ROUNDS, 0.9, 40 },
    };
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        size_t held, alarms = called(DRIFTS, runs[i].rounds, 0, runs[i].share, 0, &held);
        print_message("%zu rounds, share %g: %zu of %d false alarms, %zu intervals hold 0\n", runs[i].rounds, runs[i].share,
                      alarms, EXPERIMENTS, held);
        assert_true(alarms < runs[i].most);
        assert_true(held > EXPERIMENTS - 2 * runs[i].most - 20);
        assert_true(called(DRIFTS, runs[i].rounds, 0, runs[i].share, 0.1, &held) < 2);
    }
}

/* A level that grows by twice what is tolerated is called nearly always, one that does not is seldom left untold. */
static void drifts_are_called(void **state)
{
    (void)state;
    size_t held;
    for (double share = 0; share <= 0.5; share += 0.25) {
        size_t drifts = called(DRIFTS, ROUNDS, 0.2, share, 0.1, &held);
        print_message("share %g: %zu of %d drifts called\n", share, drifts, EXPERIMENTS);
        assert_true(drifts > (share < 0.4 ? 0.95 : 0.8) * EXPERIMENTS);
        assert_true(held > 0.93 * EXPERIMENTS);
        assert_true(called(STEADY, ROUNDS, 0, share, 0.1, &held) > 0.95 * EXPERIMENTS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leak_of_one_object_a_round_drifts),
        cmocka_unit_test(what_stays_the_same_is_steady),
        cmocka_unit_test(the_first_half_is_warming_up),
        cmocka_unit_test(a_step_or_a_peak_is_no_drift),
        cmocka_unit_test(few_rounds_tell_nothing),
        cmocka_unit_test(false_alarms_are_rare),
        cmocka_unit_test(drifts_are_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
