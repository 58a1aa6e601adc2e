/* What may be claimed of a ratio, and the A/A control that decides it. */
#include "memory.h"
#include "noise.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void a_difference_is_claimed_beyond_1_and_the_band(void **state)
{
    (void)state;
    static const struct { Estimate ratio; uint64_t blocks; double band; Difference difference; } cases[] = {
        { { 1.20, 1.15, 1.25 }, 5, 1.10, MORE },
        { { 0.80, 0.75, 0.85 }, 5, 1.10, LESS },
        { { 1.03, 1.01, 1.04 }, 5, 1.10, SAME },        /* told from 1, but so may be a program from itself */
        { { 1.08, 1.06, 1.09 }, 5, 1.10, CANNOT_TELL }, /* within the band, but 9% may matter to somebody */
        { { 1.08, 1.02, 1.14 }, 5, 1.10, CANNOT_TELL },
        { { 1.20, 0.98, 1.45 }, 5, 1.10, CANNOT_TELL }, /* outside the band, by chance as it may be */
        { { 0.92, 0.90, 1.00 }, 5, 1.10, CANNOT_TELL }, /* 0.90 is farther from 1 than 1.10 is */
        { { 1.00, 0.97, 1.04 }, 5, 1.10, SAME },
        { { 1.00, 0.92, 1.08 }, 5, 1.10, CANNOT_TELL },
        { { 1.04, 1.04, 1.04 }, 5, 1.04, SAME },        /* on the band is within */
        { { 1.01, 1.01, 1.01 }, 5, 1.00, MORE },        /* what repeats exactly has no band */
        { { 2.00, 1.90, 2.10 }, 2, 1.10, CANNOT_TELL },
        { { 2.00, 1.90, 2.10 }, 5, NAN, CANNOT_TELL },
        { { NAN, NAN, NAN }, 5, 1.10, NOT_COMPARED },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (difference_of(cases[i].ratio, cases[i].blocks, cases[i].band) != cases[i].difference)
            fail_msg("case %zu", i);
}

/* `count` variants of one workload: the i-th control differs by i percent from its cell, each other one is faster. */
static Sheet controls(size_t count)
{
    static const char *const name[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q",
                                        "r", "s", "t", "u", "v", "w", "x", "y", "z" };
    Summary *row = memory_new(count, sizeof *row);
    for (size_t i = 0; i < count; i++) {
        double ratio = i % 2 ? 1 + 0.01 * i : 1 / (1 + 0.01 * i);
        row[i] = (Summary){
            .cell = { .workload = "w", .variant = name[i], .input = "", .size = 10, .control = true }, .metric = "m",
            .ratio = ratio, .ratio_lo = i < 3 ? ratio / 2 : ratio, .ratio_hi = i < 3 ? ratio * 2 : ratio,
        };
    }
    return (Sheet){ .row = row, .rows = count };
}

static void of_few_controls_the_band_is_where_one_more_would_be(void **state)
{
    (void)state;
    Sheet sheet = controls(10);
    Noise noise = noise_of(&sheet, "m");
    assert_int_equal(noise.controls, 10);
    assert_int_equal(noise.told_apart, 7);
    assert_float_equal(noise.band, 1.121795, 1e-6); /* Student's 2.2281 times the root mean square of the logarithms */
    assert_float_equal(noise.worst, 1.09, 1e-9);
    sheet_free(&sheet);
}

static void of_many_95_in_100_are_within_the_band(void **state)
{
    (void)state;
    Sheet sheet = controls(20);
    Noise noise = noise_of(&sheet, "m");
    assert_float_equal(noise.band, 1.18, 1e-9);
    assert_float_equal(noise.worst, 1.19, 1e-9);
    sheet_free(&sheet);
}

static void smaller_sizes_and_other_metrics_are_left_out(void **state)
{
    (void)state;
    Sheet sheet = controls(3);
    Summary *row = sheet.row;
    row[1].cell.variant = row[2].cell.variant = "a";
    row[2].cell.size = 100;
    Noise noise = noise_of(&sheet, "m");
    assert_int_equal(noise.controls, 1);
    assert_float_equal(noise.band, 1.286102, 1e-6); /* 1.02 to the 12.7062th */
    assert_int_equal(noise_of(&sheet, "other").controls, 0);
    assert_true(isnan(noise_of(&sheet, "other").band));
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_claimed_beyond_1_and_the_band),
        cmocka_unit_test(of_few_controls_the_band_is_where_one_more_would_be),
        cmocka_unit_test(of_many_95_in_100_are_within_the_band),
        cmocka_unit_test(smaller_sizes_and_other_metrics_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
