/* The pilot: how long its trials took, however often the run was interrupted between them. */
#include "pilot.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { TIME_LIMIT_S = 60 };

static Planned planned[3] = { { .unsupported = "" }, { .unsupported = "" }, { .unsupported = "" } };
static const Plan block = { .trial = planned, .trials = 3, .blocks = 1 };

static Trial tried(double started_s, double wall_s)
{
    return (Trial){ .block = 1, .started_s = started_s, .wall_s = wall_s };
}

static void a_trial_lasts_until_the_next_begins(void **state)
{
    (void)state;
    Trial trial[] = { tried(1, 0.5), tried(1.6, 2), tried(3.75, 0.25) };
    assert_float_equal(pilot_took_s(&block, trial, 4.25, TIME_LIMIT_S), 3.25, 1e-9);
}

static void nothing_is_at_work_between_two_sessions(void **state)
{
    (void)state;
    Trial trial[] = { tried(1, 0.5), tried(3600, 2), tried(3602.25, 0.25) };
    assert_float_equal(pilot_took_s(&block, trial, 3602.75, TIME_LIMIT_S), 1.5 + 2.25 + 0.5, 1e-9);
    assert_float_equal(pilot_took_s(&block, trial, 9999, TIME_LIMIT_S), 1.5 + 2.25 + 1.25, 1e-9);
}

/* Nobody knows how long one took that crashed, but its limit bounds it. */
static void a_failed_trial_took_no_longer_than_it_may(void **state)
{
    (void)state;
    Trial trial[] = { tried(1, NAN), tried(6, NAN), tried(3606, 1) };
    assert_float_equal(pilot_took_s(&block, trial, 3607, TIME_LIMIT_S), 5 + 61 + 1, 1e-9);
}

static void what_was_not_tried_or_is_not_run_took_no_time(void **state)
{
    (void)state;
    Trial trial[] = { tried(1, 0.5), tried(1.5, NAN), { .block = 0 } };
    planned[1].unsupported = "holds its whole input";
    assert_float_equal(pilot_took_s(&block, trial, 2, TIME_LIMIT_S), 1, 1e-9);
    planned[1].unsupported = "";
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trial_lasts_until_the_next_begins),
        cmocka_unit_test(nothing_is_at_work_between_two_sessions),
        cmocka_unit_test(a_failed_trial_took_no_longer_than_it_may),
        cmocka_unit_test(what_was_not_tried_or_is_not_run_took_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
