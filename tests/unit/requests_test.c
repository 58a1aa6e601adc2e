/* Requests on a clock that stands where the test puts it: of a stall of 50 ms, at 1000 requests a second, all of the 50 that
 * were due meanwhile know. Timed from their actual starts only one would, which is coordinated omission. */
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static uint64_t now_ns;

/* Every reading takes 20 ns. */
static int read_clock(clockid_t clock, struct timespec *now)
{
    (void)clock;
    now_ns += 20;
    *now = (struct timespec){ (time_t)(now_ns / 1000000000), (long)(now_ns % 1000000000) };
    return 0;
}

#define clock_gettime read_clock
#include "../../harness/profile/latency.c"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { PERIOD_NS = 1000000, WORK_NS = 1000, STALL_NS = 50000000, REQUESTS = 400, STALLED = 100 /* the request */ };

static Latencies kept[2];

void *own_memory(size_t bytes)
{
    static size_t taken;
    assert_true(bytes == sizeof *kept && taken < 2);
    return &kept[taken++];
}

static uint64_t longer_than(const Latencies *latencies, uint64_t ns)
{
    uint64_t count = 0;
    for (size_t i = 0; i < LATENCY_BUCKETS; i++)
        if (latency_most(i) > ns)
            count += latencies->bucket[i];
    return count;
}

static void answer_all(void)
{
    for (uint64_t i = 0; i < REQUESTS; i++) {
        request_begin(i);
        now_ns += WORK_NS + (i == STALLED ? STALL_NS : 0);
        request_end();
    }
}

static void nothing_is_timed_before_it_is_asked(void **state)
{
    (void)state;
    answer_all();
    assert_int_equal(now_ns, REQUESTS * WORK_NS + STALL_NS);
    now_ns = 0;
}

static void a_stall_is_felt_by_all_that_were_due(void **state)
{
    (void)state;
    latency_begin(PERIOD_NS);
    answer_all();
    assert_int_equal(kept[0].count, REQUESTS);
    assert_int_equal(longer_than(&kept[0], 2 * WORK_NS), 50 + 1 /* which had a little left to catch up with */);
    assert_int_equal(longer_than(&kept[0], PERIOD_NS), 50);
    assert_int_equal(longer_than(&kept[1], 2 * WORK_NS), 1);
    assert_in_range(kept[0].longest, STALL_NS, STALL_NS + 2 * WORK_NS);
    assert_in_range(metered.served_ns, REQUESTS * WORK_NS + STALL_NS, REQUESTS * (WORK_NS + 20) + STALL_NS);
    assert_in_range(now_ns, (REQUESTS - 1) * PERIOD_NS, (REQUESTS - 1) * PERIOD_NS + 2 * WORK_NS); /* it has caught up */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_timed_before_it_is_asked),
        cmocka_unit_test(a_stall_is_felt_by_all_that_were_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
