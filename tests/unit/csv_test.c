/* CSV and rows: what is written is read again as it was, and what is damaged is found, at its place. */
#include "csv.h"
#include "memory.h"
#include "random.h"
#include "records.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static FILE *stream_of(const char *text, size_t length)
{
    FILE *in = fmemopen((char *)text, length, "r");
    assert_non_null(in);
    return in;
}

/* What reading the first record of the text comes to. */
static CsvResult first_result(const char *text, size_t length)
{
    FILE *in = stream_of(text, length);
    CsvReader reader = csv_reader(in);
    CsvResult result = csv_read(&reader);
    csv_reader_free(&reader);
    fclose(in);
    return result;
}

#define FIRST_RESULT(text) first_result(text, sizeof text - 1)

static void fields_of_all_kinds_are_read(void **state)
{
    (void)state;
    static const char text[] = "a,,\"b,c\"\r\n\"say \"\"so\"\"\",\"two\nlines\",\"\"\nlast\n";
    FILE *in = stream_of(text, strlen(text));
    CsvReader reader = csv_reader(in);
    assert_int_equal(csv_read(&reader), CSV_RECORD);
    assert_int_equal(reader.fields, 3);
    assert_string_equal(csv_field(&reader, 0), "a");
    assert_string_equal(csv_field(&reader, 1), "");
    assert_string_equal(csv_field(&reader, 2), "b,c");
    assert_int_equal(csv_read(&reader), CSV_RECORD);
    assert_int_equal(reader.line, 2);
    assert_string_equal(csv_field(&reader, 0), "say \"so\"");
    assert_string_equal(csv_field(&reader, 1), "two\nlines");
    assert_string_equal(csv_field(&reader, 2), "");
    assert_int_equal(csv_read(&reader), CSV_RECORD);
    assert_int_equal(reader.line, 4);
    assert_int_equal(csv_read(&reader), CSV_END);
    csv_reader_free(&reader);
    fclose(in);
}

static void damage_is_found(void **state)
{
    (void)state;
    assert_int_equal(FIRST_RESULT("a,b"), CSV_TORN);
    assert_int_equal(FIRST_RESULT("a,\"b"), CSV_TORN);
    assert_int_equal(FIRST_RESULT("a,\"b\""), CSV_TORN);
    assert_int_equal(FIRST_RESULT("a,"), CSV_TORN);
    assert_int_equal(FIRST_RESULT("a,b\r"), CSV_TORN);
    assert_int_equal(FIRST_RESULT("a,b\"c\n"), CSV_MALFORMED);
    assert_int_equal(FIRST_RESULT("a,\"b\"c\n"), CSV_MALFORMED);
    assert_int_equal(FIRST_RESULT("a\rb\n"), CSV_MALFORMED);
    assert_int_equal(FIRST_RESULT("a\0b\n"), CSV_MALFORMED);
    assert_int_equal(FIRST_RESULT("a,\"b\nc,d\n"), CSV_MALFORMED);
    assert_int_equal(FIRST_RESULT("\n"), CSV_RECORD);
}

/* Any text survives being written and read: here all of up to four characters out of those that matter. */
static void what_is_written_is_read_again(void **state)
{
    (void)state;
    static const char character[] = { 'a', ',', '"', '\n', '\r' };
    for (int number = 0; number < 5 * 5 * 5 * 5; number++) {
        char field[5] = "", *written;
        size_t length;
        for (int i = 0, rest = number; i < 4; i++, rest /= 5)
            field[i] = character[rest % 5];
        FILE *out = open_memstream(&written, &length);
        csv_write_field(out, field);
        fputs(",end\n", out);
        fclose(out);
        FILE *in = stream_of(written, length);
        CsvReader reader = csv_reader(in);
        assert_int_equal(csv_read(&reader), CSV_RECORD);
        assert_int_equal(reader.fields, 2);
        assert_string_equal(csv_field(&reader, 0), field);
        csv_reader_free(&reader);
        fclose(in);
        free(written);
    }
}

/* Of lengths around that of what is read at once; lines and places count on. */
static void records_may_be_longer_than_what_is_read_at_once(void **state)
{
    (void)state;
    for (int length = (1 << 16) - 8; length < (1 << 16) + 8; length++) {
        char *text, *written;
        size_t size, written_size;
        FILE *out = open_memstream(&text, &size), *again = open_memstream(&written, &written_size);
        fprintf(out, "%0*d,b\n\"c\"\"\n\",%0*d\n", length, 1, length, 2);
        fclose(out);
        FILE *in = stream_of(text, size);
        CsvReader reader = csv_reader(in);
        assert_int_equal(csv_read(&reader), CSV_RECORD);
        assert_int_equal(strlen(csv_field(&reader, 0)), length);
        assert_int_equal(csv_position(&reader), length + 3);
        csv_write_record(again, &reader);
        assert_string_equal(csv_field(&reader, 1), "b");
        assert_int_equal(csv_read(&reader), CSV_RECORD);
        assert_int_equal(reader.line, 2);
        assert_string_equal(csv_field(&reader, 0), "c\"\n");
        csv_write_record(again, &reader);
        assert_int_equal(csv_position(&reader), size);
        assert_int_equal(csv_read(&reader), CSV_END);
        fclose(again);
        assert_string_equal(written, text);
        csv_reader_free(&reader);
        fclose(in);
        free(text);
        free(written);
    }
}

static void records_begin_the_same_or_not(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } pairs[] = { { "1,2,x\n", "1,2,y\n", true }, { "1,2,x\n", "1,3,x\n", false }, { "1,2,x\n", "1,2\n", false },
                  { "1,2,\n", "1,22,\n", false }, { "12,,\n", "1,2,\n", false } };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        FILE *in_a = stream_of(pairs[i].a, strlen(pairs[i].a)), *in_b = stream_of(pairs[i].b, strlen(pairs[i].b));
        CsvReader a = csv_reader(in_a), b = csv_reader(in_b);
        assert_int_equal(csv_read(&a), CSV_RECORD);
        assert_int_equal(csv_read(&b), CSV_RECORD);
        assert_int_equal(csv_same_beginning(&a, &b, 2), pairs[i].same);
        csv_reader_free(&a);
        csv_reader_free(&b);
        fclose(in_a);
        fclose(in_b);
    }
}

static const char *const good_trial =
    "1,2,arena,trees,main,16,1,0123456789ab,chunk_kib=64;reuse=0,glibc,0,ok,,18446744073709551615,NA,0.5,0.25,0.125,3,NA,0.375,"
    "1e-06,1800,most_open=3,12.5,2e-06,NA,4,0.01,2,n1.a-b_C\n";

/* Reads a row of trials.csv; false, with the complaint, when it is not one. */
static bool read_trial(const char *text, Trial *trial, TextPool *pool, Complaint *complaint)
{
    FILE *in = stream_of(text, strlen(text));
    CsvReader reader = csv_reader(in);
    assert_int_equal(csv_read(&reader), CSV_RECORD);
    bool read = row_parse(&reader, &trial_layout, trial, pool, complaint);
    csv_reader_free(&reader);
    fclose(in);
    return read;
}

static void a_row_is_read_and_written_as_it_was(void **state)
{
    (void)state;
    TextPool pool = { 0 };
    Trial trial;
    Complaint complaint;
    assert_true(read_trial(good_trial, &trial, &pool, &complaint));
    assert_int_equal(trial.position, 2);
    assert_string_equal(trial.cell.strategy, "arena");
    assert_string_equal(trial.cell.settings, "chunk_kib=64;reuse=0");
    assert_true(trial.checksum.known && trial.checksum.value == UINT64_MAX);
    assert_false(trial.operations.known);
    assert_true(isnan(trial.work_s) && trial.wall_s == 0.5);
    assert_true(isnan(trial.collect_s) && trial.load == 2);
    assert_string_equal(trial.host, "n1.a-b_C");
    char *written;
    size_t length;
    FILE *out = open_memstream(&written, &length);
    rows_write(out, &trial_layout, &trial);
    fclose(out);
    assert_string_equal(written, good_trial);
    free(written);
    text_pool_free(&pool);
}

/* The good row, with its field `at` replaced. */
static void assert_refused(int at, const char *field, const char *column)
{
    char text[400] = "", *rest = strdup(good_trial), *place = rest;
    for (int i = 0; place; i++) {
        char *old = strsep(&place, ",\n");
        strcat(text, i == at ? field : old);
        if (place)
            strcat(text, i == 30 ? "\n" : ",");
        if (i == 30)
            break;
    }
    TextPool pool = { 0 };
    Trial trial;
    Complaint complaint = { "" };
    assert_false(read_trial(text, &trial, &pool, &complaint));
    if (strstr(complaint.text, column) == NULL)
        fail_msg("`%s` does not name column %s", complaint.text, column);
    text_pool_free(&pool);
    free(rest);
}

/* What the text of a quantity is read as; -1 where it is refused. */
static double quantity_of(const char *text)
{
    static const Column columns[] = { { "quantity", QUANTITY, 0 } };
    static const Layout layout = { columns, 1, sizeof(double) };
    double quantity;
    Complaint complaint;
    char *line = text_format("%s\n", text);
    FILE *in = stream_of(line, strlen(line));
    CsvReader reader = csv_reader(in);
    assert_int_equal(csv_read(&reader), CSV_RECORD);
    bool read = row_parse(&reader, &layout, &quantity, NULL, &complaint);
    csv_reader_free(&reader);
    fclose(in);
    free(line);
    return read ? quantity : -1;
}

static void quantities_are_what_strtod_makes_of_them(void **state)
{
    (void)state;
    static const char *const text[] = { "0", "1.", "0.1", "1e22", "1e+22", "1e23", "1e-22", "1.5e-22", "9007199254740993", "1e100",
                                        "0.000000000000001", "123456789012345", "1234567890123456", "12345678901234567890",
                                        "0.12345678901234567", "9.999999999e-07", "4e-320", "00012.50", "1e5", "1e+05" };
    static const char *const none[] = { "", ".5", "e5", "1e", "1e+", "1e5x", "1..2", "1e+5.5", "0x10", " 1", "+1", "1e101", "1e999",
                                        "infinity" };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        assert_true(quantity_of(text[i]) == strtod(text[i], NULL));
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_true(quantity_of(none[i]) == -1);
    Random random = random_seeded(1);
    for (int i = 0; i < 100000; i++) {
        char written[40];
        double number = ldexp((double)random_next(&random), (int)random_below(&random, 260) - 190);
        snprintf(written, sizeof written, "%.*g", 1 + (int)random_below(&random, 17), number);
        if (quantity_of(written) != strtod(written, NULL))
            fail_msg("%s is read as %.17g", written, quantity_of(written));
    }
}

static void a_bad_field_is_refused_with_its_column(void **state)
{
    (void)state;
    assert_refused(0, "-1", "block");
    assert_refused(0, "", "block");
    assert_refused(0, "0", "block");
    assert_refused(0, "10001", "block");
    assert_refused(1, "1000001", "position");
    assert_refused(1, "NA", "position");
    assert_refused(2, "../etc", "strategy");
    assert_refused(3, "1trees", "workload");
    assert_refused(5, "99999999999999999999", "size");
    assert_refused(5, "16x", "size");
    static const char *const bad[] = { "x", "x=", "=1", "x=1;", ";x=1", "x=1;;y=2", "x=-1", "x=1 y=2", "x=1;2=y" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_refused(8, bad[i], "settings");
    assert_refused(7, "0123456789", "input");
    assert_refused(7, "0123456789aB", "input");
    assert_refused(9, "", "allocator");
    assert_refused(9, "lib/malloc.so", "allocator");
    assert_refused(10, "2", "control");
    assert_refused(11, "fine", "status");
    assert_refused(13, "1.5", "checksum");
    assert_refused(18, "1.5", "repeats");
    assert_refused(23, "most_open", "figures");
    assert_refused(15, "nan", "wall_s");
    assert_refused(15, "inf", "wall_s");
    assert_refused(15, "-0.5", "wall_s");
    assert_refused(15, "0.5s", "wall_s");
    assert_refused(30, "n1/..", "host");
    assert_refused(30, "n 1", "host");
    assert_refused(30, "a-name-of-sixty-five-letters-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "host");
}

static void a_row_has_all_its_fields_and_no_more(void **state)
{
    (void)state;
    TextPool pool = { 0 };
    Trial trial;
    Complaint complaint;
    assert_false(read_trial("1,2,arena\n", &trial, &pool, &complaint));
    assert_string_equal(complaint.text, "3 fields where there should be 31");
    text_pool_free(&pool);
}

static void equal_texts_have_one_address(void **state)
{
    (void)state;
    TextPool pool = { 0 };
    const char *first = intern(&pool, "0");
    for (int i = 0; i < 1000; i++) {
        char text[12];
        snprintf(text, sizeof text, "%d", i);
        assert_ptr_equal(intern(&pool, text), intern(&pool, text));
    }
    assert_ptr_equal(first, intern_part(&pool, "01", 1));
    text_pool_free(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_all_kinds_are_read),
        cmocka_unit_test(damage_is_found),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(records_may_be_longer_than_what_is_read_at_once),
        cmocka_unit_test(records_begin_the_same_or_not),
        cmocka_unit_test(quantities_are_what_strtod_makes_of_them),
        cmocka_unit_test(a_row_is_read_and_written_as_it_was),
        cmocka_unit_test(a_bad_field_is_refused_with_its_column),
        cmocka_unit_test(a_row_has_all_its_fields_and_no_more),
        cmocka_unit_test(equal_texts_have_one_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
