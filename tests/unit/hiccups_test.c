/* The idle spin sees what keeps a process from the clock. */
#include "hiccups.h"
#include "memory.h"
#include "pause_summary.h"

#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

enum { STALL_US = 5000, EVERY_US = 20000 };

static void stall(int signal)
{
    (void)signal;
    usleep(STALL_US);
}

/* 5 ms in every 20, for 0.2 s: nine or ten times. Others may keep it from the clock besides. */
static void planted_stalls_are_seen(void **state)
{
    (void)state;
    struct timeval every = { 0, EVERY_US };
    signal(SIGALRM, stall);
    setitimer(ITIMER_REAL, &(struct itimerval){ every, every }, NULL);
    Hiccups seen = hiccups_spin(0.2);
    setitimer(ITIMER_REAL, &(struct itimerval){ { 0, 0 }, { 0, 0 } }, NULL);
    assert_true(seen.hiccups >= 5);
    assert_true(seen.worst_ns >= STALL_US * 1e3);
    assert_true(seen.p99_ns <= seen.worst_ns && seen.p99_ns >= HICCUP_NS);
    assert_true(seen.lost_s >= 5 * STALL_US * 1e-6 && seen.lost_s <= seen.spun_s);
    assert_true(seen.spun_s >= 0.2);
}

static void a_spin_is_longer_where_more_is_tried(void **state)
{
    (void)state;
    assert_float_equal(hiccups_seconds(1), 0.05, 1e-9);
    assert_float_equal(hiccups_seconds(100), 1, 1e-9);
    assert_float_equal(hiccups_seconds(10000), 2, 1e-9);
}

/* A machine that became restless during the trials is one of which the worst counts, whenever that was; an unwatched one has no
 * floor. */
static void the_floor_is_the_worst_of_all_moments(void **state)
{
    (void)state;
    char folder[] = "/tmp/hiccups.XXXXXX";
    assert_non_null(mkdtemp(folder));
    TextPool pool = { 0 };
    char *file = text_format("%s/hiccups.csv", folder);
    assert_true(isnan(hiccup_floor_ns(folder, &pool)));
    hiccups_add(file, &(Hiccups){ "before", 0.5, 1, 2, 1e-5, 5000, 6000, "" }, &pool);
    assert_float_equal(hiccup_floor_ns(folder, &pool), 6000, 0);
    hiccups_add(file, &(Hiccups){ "after", 9.5, 1, 9, 1e-3, 80000, 90000, "" }, &pool);
    assert_float_equal(hiccup_floor_ns(folder, &pool), 90000, 0);
    hiccups_add(file, &(Hiccups){ "before counting", 10, 1, 0, 0, NAN, 800, "" }, &pool);
    assert_float_equal(hiccup_floor_ns(folder, &pool), 90000, 0);
    unlink(file);
    rmdir(folder);
    free(file);
    text_pool_free(&pool);
}

/* A session that goes on adds to what those before it saw; without a hiccup there is no percentile. */
static void rows_are_added(void **state)
{
    (void)state;
    char file[] = "/tmp/hiccups.XXXXXX";
    close(mkstemp(file));
    unlink(file);
    TextPool pool = { 0 };
    hiccups_add(file, &(Hiccups){ "before", 0.5, 1, 2, 1e-5, 5000, 6000, "" }, &pool);
    hiccups_add(file, &(Hiccups){ "after", 9.5, 1, 0, 0, NAN, 800, "" }, &pool);
    Sheet sheet = sheet_load(file, &hiccups_layout, &pool);
    const Hiccups *row = sheet.row;
    assert_int_equal(sheet.rows, 2);
    assert_string_equal(row[0].moment, "before");
    assert_true(row[0].hiccups == 2 && row[0].worst_ns == 6000);
    assert_true(isnan(row[1].p99_ns) && row[1].worst_ns == 800);
    unlink(file);
    sheet_free(&sheet);
    text_pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_stalls_are_seen),
        cmocka_unit_test(a_spin_is_longer_where_more_is_tried),
        cmocka_unit_test(the_floor_is_the_worst_of_all_moments),
        cmocka_unit_test(rows_are_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
