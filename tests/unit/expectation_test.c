/* Expectations: one broken strategy is wrong itself, whatever its place and whoever is the baseline. */
#include "expectation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { CELLS = 4 };

static const char *const four[CELLS] = { "a", "b", "c", "d" }, *const one_in_three[CELLS] = { "a", "b", "b", "b" };

/* What each strategy answers in the pilot; 0 stands for a crash. */
static Count checksum_of(const char *const strategy[CELLS], const uint64_t answer[CELLS], const char *baseline, Count reference)
{
    static const char *const settings[CELLS] = { "", "", "speed=2", "speed=3" };
    Planned planned[CELLS];
    Trial pilot[CELLS];
    for (int i = 0; i < CELLS; i++) {
        Cell cell = {
            .strategy = strategy[i], .workload = "work", .variant = "main", .size = 10, .seed = 1, .input = "",
            .settings = settings[i], .allocator = "libc",
        };
        planned[i] = (Planned){ .cell = cell, .expected = reference, .unsupported = "" };
        pilot[i] = (Trial){ .cell = cell, .status = answer[i] ? OK : CRASH, .checksum = { answer[i] != 0, answer[i] },
                            .operations = { true, answer[i] == 7 ? 100 : 200 } };
    }
    Plan block = { planned, CELLS, 1 };
    expect_what_most_answered(&block, pilot, baseline);
    for (int i = 0; i < CELLS; i++)
        assert_true(planned[i].expected.known == planned[0].expected.known);
    assert_true(!planned[0].expected_operations.known ||
                planned[0].expected_operations.value == (planned[0].expected.value == 7 ? 100 : 200));
    return planned[CELLS - 1].expected;
}

static Count expected_checksum(const uint64_t answer[CELLS], const char *baseline, Count reference)
{
    return checksum_of(four, answer, baseline, reference);
}

static const Count none = { 0 };

#define EXPECTED(baseline, ...) expected_checksum((uint64_t[CELLS]){ __VA_ARGS__ }, baseline, none).value

static void most_are_right(void **state)
{
    (void)state;
    assert_int_equal(EXPECTED("a", 9, 7, 7, 7), 7);
    assert_int_equal(EXPECTED("a", 7, 7, 9, 7), 7);
    assert_int_equal(EXPECTED("nobody", 9, 8, 7, 7), 7);
}

static void among_as_many_the_baseline_is_right(void **state)
{
    (void)state;
    assert_int_equal(EXPECTED("a", 7, 7, 9, 9), 7);
    assert_int_equal(EXPECTED("d", 7, 7, 9, 9), 9);
    assert_int_equal(EXPECTED("c", 6, 7, 8, 9), 8);
}

static void a_strategy_in_three_configurations_has_one_vote(void **state)
{
    (void)state;
    assert_int_equal(checksum_of(one_in_three, (uint64_t[CELLS]){ 7, 9, 9, 9 }, "a", none).value, 7);
    assert_int_equal(checksum_of(one_in_three, (uint64_t[CELLS]){ 7, 7, 9, 9 }, "a", none).value, 7);
    assert_int_equal(checksum_of(four, (uint64_t[CELLS]){ 7, 9, 9, 9 }, "a", none).value, 9);
}

static void what_failed_has_no_say(void **state)
{
    (void)state;
    assert_int_equal(EXPECTED("a", 0, 0, 7, 0), 7);
    assert_false(expected_checksum((uint64_t[CELLS]){ 0 }, "a", none).known);
}

/* Operations are then those of the only cell that is right. */
static void a_reference_outvotes_all(void **state)
{
    (void)state;
    assert_int_equal(expected_checksum((uint64_t[CELLS]){ 9, 9, 9, 7 }, "a", (Count){ true, 7 }).value, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_are_right),
        cmocka_unit_test(among_as_many_the_baseline_is_right),
        cmocka_unit_test(a_strategy_in_three_configurations_has_one_vote),
        cmocka_unit_test(what_failed_has_no_say),
        cmocka_unit_test(a_reference_outvotes_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
