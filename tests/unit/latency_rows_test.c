/* Percentiles of requests, held against sorting them. */
#include "latency_rows.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void percentiles_are_round_and_grow(void **state)
{
    (void)state;
    static const double first[] = { 0, 50, 70, 80, 90, 95, 97, 98, 99, 99.5, 99.7, 99.8, 99.9 };
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        assert_true(fabs(100 * (1 - latency_part_above(i)) - first[i]) < 1e-9);
}

/* 1000 requests: as many ns as their number, but for the last, which took 5000; their services are twice as short. */
static void so_many_are_above(void **state)
{
    (void)state;
    static LatencyBucket bucket[1001];
    for (size_t i = 0; i < 1000; i++)
        bucket[i] = (LatencyBucket){ i + 1, i < 999, i < 500 ? 2 : 0 };
    bucket[1000] = (LatencyBucket){ 5000, 1, 0 };
    assert_true(latency_with_above(bucket, 1001, 1000, 1000, false) == 1);
    assert_true(latency_with_above(bucket, 1001, 1000, 500, false) == 500);
    assert_true(latency_with_above(bucket, 1001, 1000, 10, false) == 990);
    assert_true(latency_with_above(bucket, 1001, 1000, 1, false) == 999);
    assert_true(latency_with_above(bucket, 1001, 1000, 0, false) == 5000);
    assert_true(latency_with_above(bucket, 1001, 1000, 10, true) == 495);
    assert_true(isnan(latency_with_above(bucket, 10, 1000, 0, false)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_are_round_and_grow),
        cmocka_unit_test(so_many_are_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
