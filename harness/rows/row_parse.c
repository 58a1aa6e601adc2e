#include "row_parse.h"

#include "clean.h"
#include "words.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Digits, of which there are `count` more then; what is behind them. */
static const char *read_digits(const char *text, uint64_t *digits, int *count)
{
    for (; *text >= '0' && *text <= '9'; text++, ++*count)
        *digits = 10 * *digits + (uint64_t)(*text - '0');
    return text;
}

enum { EXACT_DIGITS = 15, EXACT_POWER = 22 };

/* `e-07`, or nothing, up to the end of the text; false where it is anything else, or beyond what is exact. */
static bool read_exponent(const char *text, int *exponent)
{
    uint64_t digits = 0;
    int count = 0;
    *exponent = 0;
    if (*text == '\0')
        return true;
    if (text[0] != 'e' || (text[1] != '-' && text[1] != '+'))
        return false;
    const char *end = read_digits(text + 2, &digits, &count);
    if (*end || count == 0 || count > 2 || digits > EXACT_POWER)
        return false;
    *exponent = text[1] == '-' ? -(int)digits : (int)digits;
    return true;
}

/* Of a number with few digits these, and a power of ten up to 22, are exact as doubles, and what strtod would make of the text is
 * one operation away, rounded once (Clinger, "How to read floating point numbers accurately", 1990). False where the text is
 * none, or not that short. */
static bool parse_short(const char *text, double *number)
{
    static const double power[] = { 1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    uint64_t digits = 0;
    int count = 0, before, exponent;
    text = read_digits(text, &digits, &count);
    before = count;
    if (*text == '.')
        text = read_digits(text + 1, &digits, &count);
    if (before == 0 || count > EXACT_DIGITS || !read_exponent(text, &exponent))
        return false;
    exponent -= count - before;
    if (-exponent > EXACT_POWER || FLT_EVAL_METHOD != 0)
        return false;
    *number = exponent < 0 ? (double)digits / power[-exponent] : (double)digits * power[exponent];
    return true;
}

static bool parse_quantity(const char *text, double *number)
{
    char *end;
    if (parse_short(text, number))
        return true;
    *number = strtod(text, &end);
    bool is_decimal = isdigit((unsigned char)*text) && text[strspn(text, "0123456789.e+-")] == '\0';
    return is_decimal && *end == '\0' && *number <= QUANTITY_MOST;
}

static bool parse_real(const char *text, double *number)
{
    bool parsed = parse_quantity(text + (*text == '-'), number);
    *number = *text == '-' ? -*number : *number;
    return parsed;
}

static bool parse_status(const char *text, Status *status)
{
    for (*status = OK; *status < STATUSES; ++*status)
        if (strcmp(text, status_name(*status)) == 0)
            return true;
    return false;
}

static bool parse_difference(const char *text, Difference *difference)
{
    for (*difference = NOT_COMPARED; *difference < DIFFERENCES; ++*difference)
        if (strcmp(text, difference_name(*difference)) == 0)
            return true;
    return false;
}

static bool parse_count(const char *text, Count *count)
{
    *count = (Count){ 0 };
    if (strcmp(text, "NA") == 0)
        return true;
    return count->known = parse_natural(text, &count->value);
}

static bool is_id(const char *text)
{
    size_t length = strspn(text, "0123456789abcdef");
    return text[length] == '\0' && (length == 0 || length == ID_LETTERS);
}

static bool parse_ordinal(const char *text, uint64_t most, uint64_t *number)
{
    return parse_natural(text, number) && *number >= 1 && *number <= most;
}

/* ---- Of each kind ---------------------------------------------------------------------------------------------------- */

static bool read_text(const char *text, void *member, TextPool *pool)
{
    *(const char **)member = intern(pool, text);
    return true;
}

static bool read_name(const char *text, void *member, TextPool *pool)
{
    return read_text(text, member, pool) && is_name(text);
}

static bool read_settings(const char *text, void *member, TextPool *pool)
{
    return read_text(text, member, pool) && are_settings(text);
}

static bool read_id(const char *text, void *member, TextPool *pool)
{
    return read_text(text, member, pool) && is_id(text);
}

static bool read_host(const char *text, void *member, TextPool *pool)
{
    return read_text(text, member, pool) && (*text == '\0' || is_host(text));
}

static bool read_natural(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    return parse_natural(text, member);
}

static bool read_block(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    return parse_ordinal(text, BLOCKS_MAX, member);
}

static bool read_position(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    return parse_ordinal(text, POSITIONS_MAX, member);
}

static bool read_flag(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    *(bool *)member = *text == '1';
    return strcmp(text, "0") == 0 || strcmp(text, "1") == 0;
}

static bool read_status(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    return parse_status(text, member);
}

static bool read_count(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    return parse_count(text, member);
}

static bool read_quantity(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    *(double *)member = NAN;
    return strcmp(text, "NA") == 0 || parse_quantity(text, member);
}

static bool read_real(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    *(double *)member = NAN;
    return strcmp(text, "NA") == 0 || parse_real(text, member);
}

static bool read_difference(const char *text, void *member, TextPool *pool)
{
    (void)pool;
    return parse_difference(text, member);
}

/* Of each kind what it is called in complaints, and how a member becomes what a field says. */
static const struct {
    const char *name;
    bool (*read)(const char *text, void *member, TextPool *pool);
} kinds[] = {
    [NAME] = { "a name", read_name },
    [TEXT] = { "text", read_text },
    [SETTINGS] = { "a list of settings", read_settings },
    [ID] = { "part of a digest", read_id },
    [MACHINE] = { "the name of a machine", read_host },
    [NATURAL] = { "a number", read_natural },
    [BLOCK] = { "a number from 1 to 10000", read_block },
    [POSITION] = { "a number from 1 to 1000000", read_position },
    [FLAG] = { "0 or 1", read_flag },
    [STATUS] = { "a status", read_status },
    [COUNT] = { "a number", read_count },
    [QUANTITY] = { "a number or NA", read_quantity },
    [REAL] = { "a number or NA", read_real },
    [DIFFERENCE] = { "a verdict", read_difference },
};

/* ---- Records ------------------------------------------------------------------------------------------------------------ */

static void complain(Complaint *complaint, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void complain(Complaint *complaint, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(complaint->text, sizeof complaint->text, format, values);
    va_end(values);
    clean_text(complaint->text); /* what was read may be garbage: it stays on one line of the terminal */
}

static bool has_all_fields(const CsvReader *record, const Layout *layout, Complaint *complaint)
{
    if (record->fields != layout->columns)
        complain(complaint, "%zu fields where there should be %zu", record->fields, layout->columns);
    return record->fields == layout->columns;
}

bool row_parse_from(size_t first, const CsvReader *record, const Layout *layout, void *row, TextPool *pool,
                    Complaint *complaint)
{
    if (!has_all_fields(record, layout, complaint))
        return false;
    for (size_t i = first; i < layout->columns; i++) {
        const Column *column = &layout->column[i];
        const char *text = csv_field(record, i);
        if (!kinds[column->kind].read(text, (char *)row + column->offset, pool)) {
            complain(complaint, "column %s: `%.40s` is not %s", column->name, text, kinds[column->kind].name);
            return false;
        }
    }
    return true;
}

bool row_parse(const CsvReader *record, const Layout *layout, void *row, TextPool *pool, Complaint *complaint)
{
    return row_parse_from(0, record, layout, row, pool, complaint);
}

/* What the reader of an older run can do about it. */
#define MAKE_AGAIN "; it is of another version of reclaim, or damaged, and has to be made again"

bool row_is_header(const CsvReader *record, const Layout *layout, Complaint *complaint)
{
    for (size_t i = 0; i < layout->columns && i < record->fields; i++)
        if (strcmp(csv_field(record, i), layout->column[i].name) != 0) {
            complain(complaint, "column %zu is `%.40s` where `%s` should be" MAKE_AGAIN, i + 1, csv_field(record, i),
                     layout->column[i].name);
            return false;
        }
    if (record->fields < layout->columns)
        complain(complaint, "column `%s` is missing" MAKE_AGAIN, layout->column[record->fields].name);
    else if (record->fields > layout->columns)
        complain(complaint, "there is a column `%.40s` that should not be" MAKE_AGAIN, csv_field(record, layout->columns));
    return record->fields == layout->columns;
}
