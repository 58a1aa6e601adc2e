/* The minimum mutator utilisation: held against trying every window. */
#include "mmu.h"

#include "random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { SEED = 1, LISTS = 2000, LONGEST_RUN = 60 /* ns, so that every window can be tried */, PAUSES_MOST = 12 };

static uint64_t paused_between(const RunPauses *pauses, uint64_t from, uint64_t to)
{
    uint64_t paused = 0;
    for (uint64_t ns = from; ns < to; ns++)
        for (size_t i = 0; i < pauses->count; i++)
            paused += pauses->pause[i].start_ns <= ns && ns < pauses->pause[i].end_ns;
    return paused;
}

static double by_trying(const RunPauses *pauses, uint64_t window)
{
    uint64_t worst = 0;
    for (uint64_t begin = 0; begin + window <= pauses->run->pause_run_ns.value; begin++) {
        uint64_t paused = paused_between(pauses, begin, begin + window);
        worst = paused > worst ? paused : worst;
    }
    return 1 - (double)worst / (double)window;
}

/* Pauses that may be empty, and may follow one another without a gap. */
static void random_pauses(Random *random, PauseRun *run, Pause *pause, RunPauses *pauses)
{
    uint64_t at = 0;
    *run = (PauseRun){ .pause_run_ns = { true, 1 + random_below(random, LONGEST_RUN) } };
    *pauses = (RunPauses){ run, pause, 0 };
    while (pauses->count < PAUSES_MOST) {
        uint64_t start = at + random_below(random, 8), end = start + random_below(random, 10);
        if (end > run->pause_run_ns.value)
            return;
        pause[pauses->count++] = (Pause){ .start_ns = start, .end_ns = end };
        at = end;
    }
}

static void it_is_the_worst_of_all_windows(void **state)
{
    (void)state;
    Random random = random_seeded(SEED);
    for (int list = 0; list < LISTS; list++) {
        PauseRun run;
        Pause pause[PAUSES_MOST];
        RunPauses pauses;
        random_pauses(&random, &run, pause, &pauses);
        for (uint64_t window = 1; window <= run.pause_run_ns.value; window++)
            assert_true(fabs(mmu(&pauses, window) - by_trying(&pauses, window)) < 1e-9);
    }
}

static void windows_that_do_not_fit_have_none(void **state)
{
    (void)state;
    PauseRun run = { .pause_run_ns = { true, 100 } };
    Pause pause = { .start_ns = 0, .end_ns = 100 };
    RunPauses one = { &run, &pause, 1 }, none = { &run, &pause, 0 };
    assert_true(isnan(mmu(&one, 101)) && isnan(mmu(&one, 0)));
    assert_true(mmu(&one, 100) == 0 && mmu(&none, 100) == 1);
}

/* A thousand cascades of 2 us left the list when its floor rose to 4: one pause of 4 us would seem to be all. */
static void a_list_that_left_pauses_out_has_none(void **state)
{
    (void)state;
    PauseRun run = { .pause_run_ns = { true, 1000000 }, .pause_floor_ns = { true, 4000 } };
    Pause pause = { .start_ns = 0, .end_ns = 4000 };
    RunPauses one = { &run, &pause, 1 };
    assert_true(isnan(mmu(&one, 100000)));
    run.pause_floor_ns.value = LOWEST_FLOOR_NS;
    assert_true(fabs(mmu(&one, 100000) - 0.96) < 1e-9);
}

static void what_is_not_listed_has_no_length(void **state)
{
    (void)state;
    const double lengths[] = { 9, 5, 2 };
    assert_true(pause_length_at(lengths, 3, 0) == 9 && pause_length_at(lengths, 3, 2) == 2);
    assert_true(isnan(pause_length_at(lengths, 3, 3)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_worst_of_all_windows),
        cmocka_unit_test(windows_that_do_not_fit_have_none),
        cmocka_unit_test(a_list_that_left_pauses_out_has_none),
        cmocka_unit_test(what_is_not_listed_has_no_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
