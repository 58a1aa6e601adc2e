/* What files say in their lines: a file of this test's own, and the headers of strategies. */
#include "lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char file[] = "/tmp/reclaim.lines.XXXXXX";
static TextPool pool;

static int write_file(void **state)
{
    (void)state;
    FILE *out = fdopen(mkstemp(file), "w");
    assert_non_null(out);
    fputs("boehm ring kept\nboehm ring\n  boehm list\nname: one\nname: other\n/* Pointers: a */ b */\n/* Open: more\nlast line", out);
    return fclose(out);
}

static int remove_file(void **state)
{
    (void)state;
    text_pool_free(&pool);
    return unlink(file);
}

static void a_line_is_a_whole_one(void **state)
{
    (void)state;
    assert_true(file_has_line(file, "boehm ring"));
    assert_true(file_has_line(file, "last line"));
    assert_false(file_has_line(file, "boehm list"));
    assert_false(file_has_line(file, "boehm ring kept "));
    assert_false(file_has_line(file, "last"));
}

static void the_first_that_begins_so_tells(void **state)
{
    (void)state;
    assert_string_equal(line_after(file, "name: ", &pool), "one");
    assert_string_equal(line_after(file, "last line", &pool), "");
    assert_null(line_after(file, "list", &pool));
}

static void a_file_that_is_not_there_says_nothing(void **state)
{
    (void)state;
    assert_false(file_has_line("/nowhere/at/all", ""));
    assert_null(line_after("/nowhere/at/all", "", &pool));
    assert_null(strategy_says("no_strategy", "Beside", &pool));
}

static void headers_say_it_in_comments(void **state)
{
    (void)state;
    assert_string_equal(strategy_says("boehm", "Links with", &pool), "-lgc");
    assert_null(strategy_says("boehm", "Beside", &pool));
    assert_string_equal(header_says(file, "Pointers", &pool), "a */ b");
    assert_null(header_says(file, "Open", &pool));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_whole_one),
        cmocka_unit_test(the_first_that_begins_so_tells),
        cmocka_unit_test(a_file_that_is_not_there_says_nothing),
        cmocka_unit_test(headers_say_it_in_comments),
    };
    return cmocka_run_group_tests(tests, write_file, remove_file);
}
