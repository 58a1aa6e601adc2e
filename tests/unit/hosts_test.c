/* Numbers of blocks that several hosts ran: what they come to, where there is too little to say anything, and whether hosts
 * agree. How often the intervals hold the truth is in coverage_test.c. */
#include "hosts.h"
#include "random.h"
#include "statistics.h"
#include "student.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SEED = 1 };

#define SHAPE(...) ((Hosts){ sizeof (size_t[]){ __VA_ARGS__ } / sizeof(size_t), (const size_t[]){ __VA_ARGS__ } })

static const double ones[100] = { [0 ... 99] = 1 };

static Estimate ratio_in(const double *x, Hosts shape)
{
    Resamples resamples = resamples_draw_hosts(shape, SEED);
    Estimate ratio = estimate_ratio(x, ones, &resamples);
    resamples_free(&resamples);
    return ratio;
}

static double detectable_in(const double *x, Hosts shape)
{
    Resamples resamples = resamples_draw_hosts(shape, SEED);
    double detectable = detectable_difference(x, ones, &resamples);
    resamples_free(&resamples);
    return detectable;
}

static bool same(Estimate a, Estimate b)
{
    return a.value == b.value && a.lo == b.lo && a.hi == b.hi;
}

/* ---- What is drawn -------------------------------------------------------------------------------------------------- */

static void of_one_host_the_drawings_and_the_interval_are_those_of_blocks(void **state)
{
    (void)state;
    static const double x[] = { 1, 1.2, 0.9, 1.1, 1.3 };
    Resamples one = resamples_draw_hosts(SHAPE(5), SEED), blocks = resamples_draw(5, SEED);
    assert_memory_equal(one.drawn, blocks.drawn, RESAMPLES * 5 * sizeof *one.drawn);
    assert_true(same(estimate_ratio(x, ones, &one), estimate_ratio(x, ones, &blocks)));
    resamples_free(&one);
    resamples_free(&blocks);
}

static unsigned drawn_from(const Resamples *resamples, size_t drawing, size_t first, size_t units)
{
    unsigned drawn = 0;
    for (size_t i = first; i < first + units; i++)
        drawn += resamples_count(resamples, drawing, i);
    return drawn;
}

static void of_two_hosts_each_is_in_every_drawing(void **state)
{
    (void)state;
    Resamples resamples = resamples_draw_hosts(SHAPE(4, 2), SEED);
    for (size_t drawing = 0; drawing < RESAMPLES; drawing++) {
        assert_int_equal(drawn_from(&resamples, drawing, 0, 4), 4);
        assert_int_equal(drawn_from(&resamples, drawing, 4, 2), 2);
    }
    resamples_free(&resamples);
}

/* A host that is drawn brings as many blocks as it has. */
static void of_more_hosts_as_many_are_drawn(void **state)
{
    (void)state;
    Resamples resamples = resamples_draw_hosts(SHAPE(4, 2, 3), SEED);
    size_t missing = 0;
    for (size_t drawing = 0; drawing < RESAMPLES; drawing++) {
        unsigned a = drawn_from(&resamples, drawing, 0, 4), b = drawn_from(&resamples, drawing, 4, 2);
        unsigned c = drawn_from(&resamples, drawing, 6, 3);
        assert_true(a % 4 == 0 && b % 2 == 0 && c % 3 == 0 && a / 4 + b / 2 + c / 3 == 3);
        missing += a == 0;
    }
    assert_in_range(missing, 0.27 * RESAMPLES, 0.33 * RESAMPLES); /* (2/3)^3 = 0.296 */
    resamples_free(&resamples);
}

static void many_hosts_are_drawn_whole(void **state)
{
    (void)state;
    size_t blocks[WHOLE_FROM];
    for (size_t i = 0; i < WHOLE_FROM; i++)
        blocks[i] = 2 + i % 2;
    Resamples resamples = resamples_draw_hosts((Hosts){ WHOLE_FROM, blocks }, SEED);
    assert_int_equal(resamples.units, WHOLE_FROM);
    assert_int_equal(resamples.n, 75);
    assert_int_equal(drawn_from(&resamples, 17, 0, WHOLE_FROM), WHOLE_FROM);
    resamples_free(&resamples);
}

/* ---- What is estimated ---------------------------------------------------------------------------------------------- */

/* 4 by the first host, 1 by the other: 2, however many blocks each ran. */
static void a_host_with_more_blocks_is_no_more_of_a_host(void **state)
{
    (void)state;
    static const double x[] = { 4, 4, 4, 4, 4, 1 };
    assert_float_equal(ratio_in(x, SHAPE(5, 1)).value, 2, 1e-12);
    assert_float_equal(ratio_in((double[]){ 8, 8, 8, 1, 1, 1 }, SHAPE(3, 2, 1)).value, 2, 1e-12);
}

static void a_block_each_of_two_hosts_has_no_interval(void **state)
{
    (void)state;
    static const double x[] = { 1, 4 };
    Estimate ratio = ratio_in(x, SHAPE(1, 1));
    assert_float_equal(ratio.value, 2, 1e-12);
    assert_true(isnan(ratio.lo) && isnan(ratio.hi) && isnan(detectable_in(x, SHAPE(1, 1))));
}

/* Then hosts are all that scatters, and are as blocks of one: but for which are drawn. */
static void a_block_each_of_more_hosts_is_as_blocks_of_one(void **state)
{
    (void)state;
    static const double x[] = { 1, 1.2, 0.9, 1.1, 1.3 };
    Estimate hosts = ratio_in(x, SHAPE(1, 1, 1, 1, 1)), blocks = ratio_in(x, SHAPE(5));
    assert_float_equal(hosts.value, blocks.value, 1e-12);
    assert_float_equal(hosts.lo, blocks.lo, 0.01);
    assert_float_equal(hosts.hi, blocks.hi, 0.01);
    assert_float_equal(detectable_in(x, SHAPE(1, 1, 1, 1, 1)), detectable_in(x, SHAPE(5)), 1e-12);
}

static void what_does_not_scatter_has_an_interval_without_width(void **state)
{
    (void)state;
    static const double x[] = { 2, 2, 2, 2, 2, 2 };
    const Hosts shapes[] = { SHAPE(3, 3), SHAPE(5, 1), SHAPE(2, 2, 2), SHAPE(4, 1, 1) };
    for (size_t i = 0; i < 4; i++) {
        Estimate ratio = ratio_in(x, shapes[i]);
        assert_float_equal(ratio.value, 2, 1e-12);
        assert_float_equal(ratio.lo, 2, 1e-12);
        assert_float_equal(ratio.hi, 2, 1e-12);
        assert_float_equal(detectable_in(x, shapes[i]), 0, 1e-12);
    }
}

/* What two hosts differ by is no part of what is said of these two. */
static void of_two_hosts_the_interval_is_of_these(void **state)
{
    (void)state;
    static const double alike[] = { 1, 1.1, 1.2, 1, 1.1, 1.2 }, unlike[] = { 1, 1.1, 1.2, 10, 11, 12 };
    Estimate a = ratio_in(alike, SHAPE(3, 3)), b = ratio_in(unlike, SHAPE(3, 3));
    assert_float_equal(log(b.hi / b.lo), log(a.hi / a.lo), 1e-6);
    assert_float_equal(detectable_in(alike, SHAPE(3, 3)), detectable_in(unlike, SHAPE(3, 3)), 1e-9);
}

/* Of three hosts at 1, 2 and 4: the means of their logarithms lie log 2 apart, with two degrees of freedom. */
static void what_could_be_told_of_hosts_follows_from_theirs(void **state)
{
    (void)state;
    static const double x[] = { 1, 1, 2, 2, 2, 4 };
    double error = M_LN2 / sqrt(3);
    assert_float_equal(detectable_in(x, SHAPE(2, 3, 1)), expm1(detectable_errors(2) * error), 1e-9);
}

static void swapped_sides_invert(void **state)
{
    (void)state;
    static const double x[] = { 1.0, 1.4, 0.9, 2.0, 1.1, 1.3 }, y[] = { 0.7, 0.8, 1.2, 0.5, 0.9, 1.0 };
    const Hosts shapes[] = { SHAPE(4, 2), SHAPE(2, 2, 2), SHAPE(4, 1, 1), SHAPE(1, 1, 1, 1, 1, 1) };
    for (size_t i = 0; i < 4; i++) {
        Resamples resamples = resamples_draw_hosts(shapes[i], SEED);
        Estimate there = estimate_ratio(x, y, &resamples), back = estimate_ratio(y, x, &resamples);
        assert_float_equal(there.value * back.value, 1, 1e-12);
        assert_float_equal(there.lo * back.hi, 1, 1e-12);
        assert_float_equal(there.hi * back.lo, 1, 1e-12);
        assert_true(detectable_difference(x, y, &resamples) == detectable_difference(y, x, &resamples));
        resamples_free(&resamples);
    }
}

/* ---- Whether they agree --------------------------------------------------------------------------------------------- */

/* From printed tables: F at 97.5%; and below, as the inverse of F at 97.5% with the freedoms the other way round. */
static void fisher_is_as_in_the_tables(void **state)
{
    (void)state;
    assert_float_equal(fisher_quantile(0.975, 1, 1), 647.789, 1e-3);
    assert_float_equal(fisher_quantile(0.975, 2, 6), 7.2599, 1e-4);
    assert_float_equal(fisher_quantile(0.975, 10, 20), 2.7737, 1e-4);
    assert_float_equal(fisher_quantile(0.025, 10, 20), 1 / 3.4185, 1e-5);
    assert_float_equal(fisher_quantile(0.95, 1, 9), 2.2622 * 2.2622, 1e-3);
}

/* Means 1, 3 and 8 of two each, at 1 from them: within 6/3 = 2; between, of means, 26/2 = 13, of which 2/2 are their blocks'.
 * F = 2 x 13 / 2 = 13, and I2 = 12/13. F at 97.5% with 2 and 3 degrees of freedom is 16.044, at 2.5% 1 / 39.166. */
static void agreement_is_as_worked_out_by_hand(void **state)
{
    (void)state;
    static const double x[] = { 0, 2, 2, 4, 7, 9 };
    Agreement agreement = agreement_of(x, SHAPE(2, 2, 2));
    assert_float_equal(agreement.within, sqrt(2), 1e-12);
    assert_float_equal(agreement.between, sqrt(12), 1e-12);
    assert_float_equal(agreement.i2, 12 / 13.0, 1e-12);
    assert_true(agreement.i2_lo == 0 && !hosts_disagree(&agreement));
    assert_float_equal(agreement.i2_hi, 1 - 1 / 39.166 / 13, 1e-5);
}

static void hosts_far_apart_disagree(void **state)
{
    (void)state;
    static const double x[] = { 0, 2, 12, 14, 27, 29, 1 };
    Agreement agreement = agreement_of(x, SHAPE(2, 2, 2)), uneven = agreement_of(x, SHAPE(2, 2, 3));
    assert_true(hosts_disagree(&agreement) && agreement.i2_lo > 0.5);
    assert_false(hosts_disagree(&uneven));
}

static void hosts_that_scatter_no_more_than_their_blocks_agree(void **state)
{
    (void)state;
    Agreement agreement = agreement_of((double[]){ 0, 2, 0, 2 }, SHAPE(2, 2));
    assert_true(agreement.i2 == 0 && agreement.i2_lo == 0 && agreement.between == 0);
    assert_float_equal(agreement.within, sqrt(2), 1e-12);
}

static void what_is_the_same_on_all_hosts_agrees_and_what_is_another_constant_does_not(void **state)
{
    (void)state;
    double third = log(1 / 3.0), other = log(1 / 7.0);
    Agreement alike = agreement_of((double[]){ third, third, third, third, third, third }, SHAPE(3, 2, 1));
    Agreement apart = agreement_of((double[]){ third, third, third, other, other }, SHAPE(3, 2));
    assert_true(alike.i2 == 0 && alike.i2_hi == 0 && alike.between == 0 && alike.within == 0 && !hosts_disagree(&alike));
    assert_true(apart.i2 == 1 && apart.i2_lo == 1 && hosts_disagree(&apart));
}

static void a_block_each_says_nothing_of_agreement(void **state)
{
    (void)state;
    Agreement agreement = agreement_of((double[]){ 0, 2, 1 }, SHAPE(1, 1, 1)), one = agreement_of((double[]){ 0, 2 }, SHAPE(2));
    assert_true(isnan(agreement.i2) && isnan(agreement.between) && !hosts_disagree(&agreement));
    assert_true(isnan(one.i2) && !hosts_disagree(&one));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_one_host_the_drawings_and_the_interval_are_those_of_blocks),
        cmocka_unit_test(of_two_hosts_each_is_in_every_drawing),
        cmocka_unit_test(of_more_hosts_as_many_are_drawn),
        cmocka_unit_test(many_hosts_are_drawn_whole),
        cmocka_unit_test(a_host_with_more_blocks_is_no_more_of_a_host),
        cmocka_unit_test(a_block_each_of_two_hosts_has_no_interval),
        cmocka_unit_test(a_block_each_of_more_hosts_is_as_blocks_of_one),
        cmocka_unit_test(what_does_not_scatter_has_an_interval_without_width),
        cmocka_unit_test(of_two_hosts_the_interval_is_of_these),
        cmocka_unit_test(what_could_be_told_of_hosts_follows_from_theirs),
        cmocka_unit_test(swapped_sides_invert),
        cmocka_unit_test(fisher_is_as_in_the_tables),
        cmocka_unit_test(agreement_is_as_worked_out_by_hand),
        cmocka_unit_test(hosts_far_apart_disagree),
        cmocka_unit_test(hosts_that_scatter_no_more_than_their_blocks_agree),
        cmocka_unit_test(what_is_the_same_on_all_hosts_agrees_and_what_is_another_constant_does_not),
        cmocka_unit_test(a_block_each_says_nothing_of_agreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
