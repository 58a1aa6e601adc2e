#include "rows.h"

#include "clean.h"
#include "fail.h"
#include "memory.h"
#include "words.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const status_names[STATUSES] = {
    [OK] = "ok",           [WRONG] = "wrong", [CRASH] = "crash",
    [TIMEOUT] = "timeout", [OOM] = "oom",     [UNSUPPORTED] = "unsupported",
};

static const char *const difference_names[DIFFERENCES] = {
    [NOT_COMPARED] = "NA", [LESS] = "less", [MORE] = "more", [SAME] = "same", [CANNOT_TELL] = "cannot tell",
};

const char *status_name(Status status)
{
    return status_names[status];
}

const char *difference_name(Difference difference)
{
    return difference_names[difference];
}

#define LARGEST 1e100 /* beyond what anything could be measured to be, and sums and squares of it are finite */

static bool parse_quantity(const char *text, double *number)
{
    char *end;
    *number = strtod(text, &end);
    bool is_decimal = isdigit((unsigned char)*text) && text[strspn(text, "0123456789.e+-")] == '\0';
    return is_decimal && *end == '\0' && *number <= LARGEST;
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
        if (strcmp(text, status_names[*status]) == 0)
            return true;
    return false;
}

static bool parse_difference(const char *text, Difference *difference)
{
    for (*difference = NOT_COMPARED; *difference < DIFFERENCES; ++*difference)
        if (strcmp(text, difference_names[*difference]) == 0)
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

static bool parse_field(const char *text, Kind kind, void *member, TextPool *pool)
{
    switch (kind) {
    case NAME:
        *(const char **)member = intern(pool, text);
        return is_name(text);
    case TEXT:
        *(const char **)member = intern(pool, text);
        return true;
    case SETTINGS:
        *(const char **)member = intern(pool, text);
        return are_settings(text);
    case ID:
        *(const char **)member = intern(pool, text);
        return is_id(text);
    case NATURAL:
        return parse_natural(text, member);
    case BLOCK:
        return parse_ordinal(text, BLOCKS_MAX, member);
    case POSITION:
        return parse_ordinal(text, POSITIONS_MAX, member);
    case FLAG:
        *(bool *)member = *text == '1';
        return strcmp(text, "0") == 0 || strcmp(text, "1") == 0;
    case STATUS:
        return parse_status(text, member);
    case COUNT:
        return parse_count(text, member);
    case QUANTITY:
        *(double *)member = NAN;
        return strcmp(text, "NA") == 0 || parse_quantity(text, member);
    case REAL:
        *(double *)member = NAN;
        return strcmp(text, "NA") == 0 || parse_real(text, member);
    case DIFFERENCE:
        return parse_difference(text, member);
    }
    return false;
}

static void complain(Complaint *complaint, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void complain(Complaint *complaint, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(complaint->text, sizeof complaint->text, format, values);
    va_end(values);
    clean_text(complaint->text); /* what was read may be garbage: it stays on one line of the terminal */
}

static const char *kind_name(Kind kind)
{
    static const char *const name[] = {
        [NAME] = "a name",     [TEXT] = "text",       [SETTINGS] = "a list of settings", [ID] = "part of a digest",
        [NATURAL] = "a number", [FLAG] = "0 or 1",    [STATUS] = "a status",             [COUNT] = "a number",
        [QUANTITY] = "a number or NA", [REAL] = "a number or NA",
        [DIFFERENCE] = "a verdict",    [BLOCK] = "a number from 1 to 10000",
        [POSITION] = "a number from 1 to 1000000",
    };
    return name[kind];
}

static bool has_all_fields(const CsvReader *record, const Layout *layout, Complaint *complaint)
{
    if (record->fields != layout->columns)
        complain(complaint, "%zu fields where there should be %zu", record->fields, layout->columns);
    return record->fields == layout->columns;
}

bool row_parse(const CsvReader *record, const Layout *layout, void *row, TextPool *pool, Complaint *complaint)
{
    if (!has_all_fields(record, layout, complaint))
        return false;
    for (size_t i = 0; i < layout->columns; i++) {
        const Column *column = &layout->column[i];
        const char *text = csv_field(record, i);
        if (!parse_field(text, column->kind, (char *)row + column->offset, pool)) {
            complain(complaint, "column %s: `%.40s` is not %s", column->name, text, kind_name(column->kind));
            return false;
        }
    }
    return true;
}

void rows_write_header(FILE *out, const Layout *layout)
{
    for (size_t i = 0; i < layout->columns; i++)
        fprintf(out, "%s%s", i ? "," : "", layout->column[i].name);
    putc('\n', out);
}

static void write_count(FILE *out, Count count)
{
    if (count.known)
        fprintf(out, "%" PRIu64, count.value);
    else
        fputs("NA", out);
}

/* Ten digits: a nanosecond in ten seconds, a KiB in nine TiB. */
static void write_quantity(FILE *out, double quantity)
{
    if (isnan(quantity))
        fputs("NA", out);
    else
        fprintf(out, "%.10g", quantity);
}

static void write_field(FILE *out, Kind kind, const void *member)
{
    switch (kind) {
    case NAME:
    case TEXT:
    case SETTINGS:
    case ID:
        csv_write_field(out, *(const char *const *)member);
        break;
    case NATURAL:
    case BLOCK:
    case POSITION:
        fprintf(out, "%" PRIu64, *(const uint64_t *)member);
        break;
    case FLAG:
        putc(*(const bool *)member ? '1' : '0', out);
        break;
    case STATUS:
        fputs(status_name(*(const Status *)member), out);
        break;
    case COUNT:
        write_count(out, *(const Count *)member);
        break;
    case QUANTITY:
    case REAL:
        write_quantity(out, *(const double *)member);
        break;
    case DIFFERENCE:
        fputs(difference_name(*(const Difference *)member), out);
        break;
    }
}

void rows_write(FILE *out, const Layout *layout, const void *row)
{
    for (size_t i = 0; i < layout->columns; i++) {
        if (i > 0)
            putc(',', out);
        write_field(out, layout->column[i].kind, (const char *)row + layout->column[i].offset);
    }
    putc('\n', out);
}

/* What the reader of an older run can do about it. */
#define MAKE_AGAIN "; it is of another version of reclaim, or damaged, and has to be made again"

static bool is_header(const CsvReader *record, const Layout *layout, Complaint *complaint)
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

static void check_header(CsvReader *reader, const char *file, const Layout *layout)
{
    Complaint complaint = { "the line of column names is missing" };
    if (csv_read(reader) != CSV_RECORD || !is_header(reader, layout, &complaint))
        fail("%s:1: %s", file, complaint.text);
}

static CsvResult load_row(CsvReader *reader, const char *file, const Layout *layout, void *row, TextPool *pool)
{
    Complaint complaint;
    CsvResult result = csv_read(reader);
    if (result == CSV_MALFORMED)
        fail("%s:%zu: field %zu: %s", file, reader->line, reader->fields, reader->problem);
    if (result == CSV_RECORD && !row_parse(reader, layout, row, pool, &complaint))
        fail("%s:%zu: %s", file, reader->line, complaint.text);
    return result;
}

static void load_rows(Sheet *sheet, CsvReader *reader, const char *file, const Layout *layout, TextPool *pool)
{
    size_t row_room = 0, line_room = 0;
    for (;;) {
        sheet->whole = ftello(reader->in);
        sheet->row = memory_room(sheet->row, &row_room, sheet->rows + 1, layout->row_size);
        sheet->line = memory_room(sheet->line, &line_room, sheet->rows + 1, sizeof *sheet->line);
        void *row = memset((char *)sheet->row + sheet->rows * layout->row_size, 0, layout->row_size); /* what has no column */
        CsvResult result = load_row(reader, file, layout, row, pool);
        sheet->torn = result == CSV_TORN ? reader->line : 0;
        if (result != CSV_RECORD)
            return;
        sheet->line[sheet->rows++] = reader->line;
    }
}

Sheet sheet_read(FILE *in, const char *name, const Layout *layout, TextPool *pool)
{
    Sheet sheet = { 0 };
    CsvReader reader = csv_reader(in);
    check_header(&reader, name, layout);
    load_rows(&sheet, &reader, name, layout, pool);
    if (ferror(in))
        fail("%s: it cannot be read to its end", name);
    csv_reader_free(&reader);
    return sheet;
}

Sheet sheet_load_unfinished(const char *file, const Layout *layout, TextPool *pool)
{
    FILE *in = fopen(file, "r");
    if (in == NULL)
        fail("%s: %s", file, strerror(errno));
    Sheet sheet = sheet_read(in, file, layout, pool);
    fclose(in);
    return sheet;
}

Sheet sheet_load(const char *file, const Layout *layout, TextPool *pool)
{
    Sheet sheet = sheet_load_unfinished(file, layout, pool);
    sheet_must_be_whole(file, &sheet);
    return sheet;
}

Sheet sheet_load_if_there(const char *folder, const char *name, const Layout *layout, TextPool *pool)
{
    char *file = text_format("%s/%s", folder, name);
    Sheet sheet = access(file, F_OK) == 0 ? sheet_load(file, layout, pool) : (Sheet){ 0 };
    free(file);
    return sheet;
}

void sheet_must_be_whole(const char *file, const Sheet *sheet)
{
    if (sheet->torn)
        fail("%s:%zu: the last line has no end", file, sheet->torn);
}

void sheet_free(Sheet *sheet)
{
    free(sheet->row);
    free(sheet->line);
    *sheet = (Sheet){ 0 };
}
