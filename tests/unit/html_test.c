/* The writer of HTML: whatever a value holds, it stays a value. */
#include "html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define WRITTEN(text, format, ...)                                     \
    do {                                                               \
        char *written_;                                                \
        size_t length_;                                                \
        Html page_ = { .out = open_memstream(&written_, &length_) };   \
        html(&page_, format __VA_OPT__(,) __VA_ARGS__);                \
        fclose(page_.out);                                             \
        assert_string_equal(written_, text);                           \
        free(written_);                                                \
    } while (0)

static void markup_stays_as_it_is(void **state)
{
    (void)state;
    WRITTEN("<p class=\"a\">5% & more</p>", "<p class=\"a\">5%% & more</p>");
}

static void text_is_escaped(void **state)
{
    (void)state;
    WRITTEN("<p>&lt;b&gt;&amp;amp;&quot;&#39;", "<p>%s", "<b>&amp;\"'");
    WRITTEN("<p>two\nlines\t", "<p>%s", "two\nlines\t");
    WRITTEN("<p>a\ufffdb\ufffd", "<p>%s", "a\x01" "b\x7f");
}

static void attributes_are_escaped(void **state)
{
    (void)state;
    WRITTEN("<img alt=\"&quot; onerror=&quot;x\">", "<img alt=\"%s\">", "\" onerror=\"x");
}

static void what_is_no_utf8_is_replaced(void **state)
{
    (void)state;
    WRITTEN("µ€😀", "%s", "µ€😀");
    WRITTEN("\ufffd\ufffd", "%s", "\xc0\xaf");         /* an overlong slash */
    WRITTEN("\ufffd\ufffd\ufffd", "%s", "\xed\xa0\x80"); /* half of a surrogate pair */
    WRITTEN("\ufffd", "%s", "\xe2");                   /* a torn character may not take what follows */
    WRITTEN("<b>\ufffd\ufffd</b>", "<b>%s</b>", "\xe2\x82");
}

static void urls_stay_below_the_page(void **state)
{
    (void)state;
    WRITTEN("<a href=\"./javascript%3Aalert%281%29\">", "<a href=\"%s\">", "javascript:alert(1)");
    WRITTEN("<img src=\"./a%22b%20c%3F%23.svg\">", "<img src=\"%s\">", "a\"b c?#.svg");
    WRITTEN("<a href=\".//etc/passwd\">", "<a href=\"%s\">", "/etc/passwd");
    WRITTEN("<a href=\"charts/x%3Ay\">", "<a href=\"charts/%s\">", "x:y");
    WRITTEN("<a href=\"#c\" title=\"a:b\">a:b", "<a href=\"#c\" title=\"%s\">%s", "a:b", "a:b");
}

static void numbers_are_printed(void **state)
{
    (void)state;
    WRITTEN("-1 2 3 0.50 abc 18446744073709551615", "%d %zu %lu %.2f %.3s %lu", -1, (size_t)2, 3UL, 0.5, "abcdef", UINT64_MAX);
}

/* A value where only markup may stand is a bug that ends the program. */
static void a_tag_takes_no_value(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        Html page = { .out = fopen("/dev/null", "w") };
        fclose(stderr);
        html(&page, "<p %s>", "onclick");
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_stays_as_it_is),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(attributes_are_escaped),
        cmocka_unit_test(what_is_no_utf8_is_replaced),
        cmocka_unit_test(urls_stay_below_the_page),
        cmocka_unit_test(numbers_are_printed),
        cmocka_unit_test(a_tag_takes_no_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
