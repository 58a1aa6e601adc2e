/* What others wrote reaches the terminal as text, and as nothing else. */
#include "clean.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_cleaned(const char *from, const char *to)
{
    char *text = strdup(from);
    assert_non_null(text);
    clean_text(text);
    assert_string_equal(text, to);
    free(text);
}

static void text_stays_as_it_is(void **state)
{
    (void)state;
    assert_cleaned("", "");
    assert_cleaned("a \"b\" 5% \xC3\xA9\xE2\x80\xA6 \xC2\xB5s", "a \"b\" 5% \xC3\xA9\xE2\x80\xA6 \xC2\xB5s");
}

static void control_bytes_become_spaces(void **state)
{
    (void)state;
    assert_cleaned("\x1B[2Ja\nb\r\a\x7F", " [2Ja b   ");
    assert_cleaned("a\xC2\x9B" "31mb", "a  31mb");
    assert_cleaned("\xC2\x80\xC2\x9F\xC2", "    \xC2");
    assert_cleaned("a\xE2\x80\xAE" "b\xE2\x81\xA6" "c\xD8\x9C" "d\xE2\x80\x8F\xE2\x80\xA8", "a   b   c  d      ");
    assert_cleaned("\xE2\x80\xAF \xE2\x81\xAA \xE2\x80", "\xE2\x80\xAF \xE2\x81\xAA \xE2\x80");
}

static void what_is_printed_is_cleaned(void **state)
{
    (void)state;
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    print_clean(out, "%s: %d", "\x1B]0;x", 5);
    fclose(out);
    assert_string_equal(text, " ]0;x: 5");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_as_it_is),
        cmocka_unit_test(control_bytes_become_spaces),
        cmocka_unit_test(what_is_printed_is_cleaned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
