/* The timeline: recording it moves nothing that it records. Its memory is the census's own, is taken with the first sample, and
 * never grows, however many follow. */
#include "../../harness/profile/timeline.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SAMPLES = 100000, STEP = 4096 /* bytes */ };

static size_t taken; /* bytes */

void *own_memory(size_t bytes)
{
    taken += bytes;
    return calloc(1, bytes);
}

static void it_keeps_to_the_memory_of_the_first_sample(void **state)
{
    (void)state;
    size_t due = 0;
    timeline_add(&(Sample){ 0 });
    size_t first = taken;
    for (uint64_t i = 1; i <= SAMPLES; i++)
        if (timeline_is_due(i * STEP)) {
            timeline_add(&(Sample){ .allocated_bytes = i * STEP, .footprint_bytes = i });
            due++;
        }
    assert_int_equal(first, SAMPLES_MOST * sizeof(Sample));
    assert_int_equal(taken, first);
    assert_in_range(timeline.length, SAMPLES_MOST / 2, SAMPLES_MOST);
    assert_in_range(due, SAMPLES_MOST, 20 * SAMPLES_MOST);
}

static void what_is_left_is_as_it_was_and_evenly_apart(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < timeline.length; i++) {
        assert_int_equal(timeline.sample[i].allocated_bytes, i * timeline.step);
        assert_int_equal(timeline.sample[i].footprint_bytes * STEP, timeline.sample[i].allocated_bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_keeps_to_the_memory_of_the_first_sample),
        cmocka_unit_test(what_is_left_is_as_it_was_and_evenly_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
