/* How pauses grow: what is said of pauses that are known. */
#include "pause_growth.h"
#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { RUNS = 5 };

/* once_ns, and each_ns x objects^power; a run's differ by up to a twentieth. */
static PauseGrowth made(double once_ns, double each_ns, double power, double floor_ns)
{
    Random random = random_seeded(7);
    PauseGrowth growth = { .runs = RUNS };
    for (size_t run = 0; run < RUNS; run++)
        growth.floor_ns[run] = floor_ns;
    for (size_t i = 0; i < PAUSE_SIZES; i++)
        for (size_t run = 0; run < RUNS; run++) {
            double times = 1 + random_below(&random, 1000) / 20000.0;
            growth.waited_ns[i][run] = NAN;
            growth.longest_ns[i][run] = times * (once_ns + each_ns * pow((double)pause_sizes[i], power));
        }
    return growth;
}

static void what_grows_as_the_live_set_does_is_told(void **state)
{
    (void)state;
    PauseGrowth growth = made(5000, 10, 1, 3000);
    PauseSlope slope = pause_slope_of(&growth);
    assert_int_equal(slope.verdict, AS_LIVE);
    assert_true(slope.slope.lo < slope.slope.value && slope.slope.value < slope.slope.hi);
    assert_float_equal(slope.slope.value, 1, 0.05);
}

static void what_does_not_grow_is_told(void **state)
{
    (void)state;
    PauseGrowth growth = made(5000, 0, 1, 3000);
    assert_int_equal(pause_slope_of(&growth).verdict, LEVEL);
}

static void a_root_is_less_than_the_live_set(void **state)
{
    (void)state;
    PauseGrowth growth = made(0, 1000, 0.5, 3000);
    PauseSlope slope = pause_slope_of(&growth);
    assert_int_equal(slope.verdict, LESS_THAN_LIVE);
    assert_float_equal(slope.slope.value, 0.5, 0.05);
}

/* The smaller ones are the machine's, and would make the slope less. */
static void what_is_below_the_floor_does_not_count(void **state)
{
    (void)state;
    PauseGrowth all = made(0, 1, 1, 2e6), most = made(0, 1, 1, 2e5), some = made(0, 1, 1, 5e4);
    assert_int_equal(pause_slope_of(&all).verdict, BELOW_FLOOR);
    assert_int_equal(pause_slope_of(&most).verdict, ONE_SIZE_ALONE);
    assert_true(isnan(pause_slope_of(&most).slope.value));
    for (size_t run = 0; run < RUNS; run++)
        some.longest_ns[1][run] = 5e4;
    assert_int_equal(pause_slope_of(&some).verdict, AS_LIVE);
}

static void where_nothing_pauses_that_is_told(void **state)
{
    (void)state;
    PauseGrowth growth = { .runs = RUNS };
    assert_int_equal(pause_slope_of(&growth).verdict, NO_PAUSE);
}

/* One run of five was disturbed at each size: the range says so, the median does not. */
static void a_hiccup_in_one_run_does_not_move_the_median(void **state)
{
    (void)state;
    PauseGrowth growth = made(5000, 0, 1, 3000);
    growth.longest_ns[3][2] = 1e7;
    Estimate at = pause_at(&growth, 3);
    assert_true(at.value < 5300 && at.lo >= 5000 && at.hi == 1e7);
    assert_int_not_equal(pause_slope_of(&growth).verdict, AS_LIVE);
}

/* Nor does one that befalls the clock's reader in one run of five put all pauses below the floor. */
static void a_hiccup_in_one_run_does_not_move_the_floor(void **state)
{
    (void)state;
    PauseGrowth growth = made(5000, 10, 1, 3000);
    growth.floor_ns[4] = 1e9;
    Estimate floor_ns = pause_floor(&growth);
    assert_true(floor_ns.value == 3000 && floor_ns.lo == 3000 && floor_ns.hi == 1e9);
    assert_int_equal(pause_slope_of(&growth).verdict, AS_LIVE);
}

/* Told: 0.2 ms of 0.5, all of 2, an eighth of 20, and of one run in five, which the machine may have held up. */
static void what_was_waited_for_and_not_told_is_hidden(void **state)
{
    (void)state;
    PauseGrowth growth = made(0, 0, 0, 0);
    const double longest_ns[] = { 0.05e6, 2e6, 2.5e6, 2e6 }, waited_ns[] = { 0.5e6, 2e6, 20e6, 2e6 };
    for (size_t size = 0; size < PAUSE_SIZES; size++) {
        assert_false(pause_is_hidden(&growth, size));
        for (size_t run = 0; run < RUNS; run++) {
            growth.longest_ns[size][run] = longest_ns[size];
            growth.waited_ns[size][run] = waited_ns[size] * (size == 3 && run == 0 ? 100 : 1);
        }
        assert_int_equal(pause_is_hidden(&growth, size), size == 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_grows_as_the_live_set_does_is_told),
        cmocka_unit_test(what_does_not_grow_is_told),
        cmocka_unit_test(a_root_is_less_than_the_live_set),
        cmocka_unit_test(what_is_below_the_floor_does_not_count),
        cmocka_unit_test(where_nothing_pauses_that_is_told),
        cmocka_unit_test(a_hiccup_in_one_run_does_not_move_the_median),
        cmocka_unit_test(a_hiccup_in_one_run_does_not_move_the_floor),
        cmocka_unit_test(what_was_waited_for_and_not_told_is_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
