/* The histogram of latencies: held against sorting the same times. */
#define LATENCY_BITS 7
#include "cell/latencies.h"

#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SEED = 1, TIMES = 10000 };

static void every_bucket_follows_the_one_before(void **state)
{
    (void)state;
    for (size_t i = 1; i < LATENCY_BUCKETS; i++) {
        assert_int_equal(latency_bucket(latency_most(i)), i);
        assert_int_equal(latency_bucket(latency_most(i - 1) + 1), i);
    }
    assert_int_equal(latency_bucket(0), 0);
    assert_true(latency_most(LATENCY_BUCKETS - 1) == UINT64_MAX);
}

static int by_size(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* As many short times as long ones, in bits. */
static void add_times(Latencies *latencies, uint64_t *times)
{
    Random random = random_seeded(SEED);
    for (size_t i = 0; i < TIMES; i++) {
        times[i] = random_below(&random, UINT32_C(1) << random_below(&random, 32));
        latencies_add(latencies, times[i]);
    }
    qsort(times, TIMES, sizeof *times, by_size);
}

static void quantiles_are_right_to_a_part_of_a_doubling(void **state)
{
    (void)state;
    static Latencies latencies;
    static uint64_t times[TIMES];
    add_times(&latencies, times);
    for (unsigned mille = 1; mille <= 1000; mille++) {
        uint64_t exact = times[mille * TIMES / 1000 - 1], found = latencies_per_mille(&latencies, mille);
        assert_in_range(found, exact, exact + exact / LATENCY_PARTS);
    }
    assert_int_equal(latencies.count, TIMES);
    assert_true(latencies.longest == times[TIMES - 1]);
}

static void the_whole_is_the_longest_itself(void **state)
{
    (void)state;
    static Latencies latencies;
    assert_int_equal(latencies_per_mille(&latencies, 999), 0);
    latencies_add(&latencies, 1000000007);
    assert_int_equal(latencies_per_mille(&latencies, 1), 1000000007);
    latencies_add(&latencies, 5);
    assert_int_equal(latencies_per_mille(&latencies, 500), 5);
    assert_int_equal(latencies_per_mille(&latencies, 501), 1000000007);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bucket_follows_the_one_before),
        cmocka_unit_test(quantiles_are_right_to_a_part_of_a_doubling),
        cmocka_unit_test(the_whole_is_the_longest_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
