/* What the system tells of its load, and what it does not. */
#include "system_load.h"

#include "process.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static SystemLoad parsed(const char *stat, int core)
{
    FILE *in = fmemopen((char *)stat, strlen(stat), "r");
    SystemLoad load = system_load_parse(in, core);
    fclose(in);
    return load;
}

static const char *const usual =
    "cpu  10 20 30 40 50 60 70 300 0 0\n"
    "cpu1 1 2 3 4 5 6 7 100 0 0\n"
    "cpu12 1 2 3 4 5 6 7 200 0 0\n"
    "intr 99 0 0\n"
    "procs_running 4\n"
    "procs_blocked 7\n";

static void each_core_has_its_own_steal(void **state)
{
    (void)state;
    double tick_s = 1.0 / (double)sysconf(_SC_CLK_TCK);
    assert_float_equal(parsed(usual, 1).steal_s, 100 * tick_s, 1e-9);
    assert_float_equal(parsed(usual, 12).steal_s, 200 * tick_s, 1e-9);
    assert_float_equal(parsed(usual, ANY_CORE).steal_s, 300 * tick_s, 1e-9);
}

static void who_asks_is_no_load(void **state)
{
    (void)state;
    assert_true(parsed(usual, 1).runnable == 3);
    assert_true(parsed("procs_running 1\n", 1).runnable == 0);
    assert_true(parsed("procs_running 0\n", 1).runnable == 0);
}

static void what_is_not_told_is_not_0(void **state)
{
    (void)state;
    assert_true(isnan(parsed(usual, 2).steal_s));
    assert_true(isnan(parsed("cpu1 1 2 3 4 5 6 7\n", 1).steal_s));
    assert_true(isnan(parsed("cpu1 soon\nprocs_running few\n", 1).steal_s));
    assert_true(isnan(parsed("cpu1 soon\nprocs_running few\n", 1).runnable));
    assert_true(isnan(system_load_parse(NULL, 1).steal_s) && isnan(system_load_parse(NULL, 1).runnable));
}

static void a_long_line_hides_none(void **state)
{
    (void)state;
    char stat[8192] = "intr";
    for (int i = 0; i < 1000; i++)
        strcat(stat, " 12345");
    strcat(stat, "\nprocs_running 3\n");
    assert_true(parsed(stat, 1).runnable == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_core_has_its_own_steal),
        cmocka_unit_test(who_asks_is_no_load),
        cmocka_unit_test(what_is_not_told_is_not_0),
        cmocka_unit_test(a_long_line_hides_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
