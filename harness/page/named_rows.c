#include "named_rows.h"

#include "fail.h"
#include "memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A file in the reading. */
typedef struct Reading {
    const char *file;
    CsvReader reader;
    size_t columns; /* that the file has */
    size_t *place;  /* where it has each column of the layout */
} Reading;

static bool read_record(Reading *reading)
{
    CsvReader *reader = &reading->reader;
    CsvResult result = csv_read(reader);
    if (result == CSV_MALFORMED)
        fail("%s:%zu: field %zu: %s", reading->file, reader->line, reader->fields, reader->problem);
    if (result == CSV_TORN)
        fail("%s:%zu: field %zu: the file ends within this line", reading->file, reader->line, reader->fields);
    return result == CSV_RECORD;
}

static size_t place_of(const Reading *reading, const char *column)
{
    for (size_t i = 0; i < reading->columns; i++)
        if (texts_equal(csv_field(&reading->reader, i), column))
            return i;
    fail("%s:1: there is no column %s", reading->file, column);
}

static void read_header(Reading *reading, const Layout *layout)
{
    if (!read_record(reading))
        fail("%s:1: the line of column names is missing", reading->file);
    reading->columns = reading->reader.fields;
    reading->place = memory_new(layout->columns, sizeof *reading->place);
    for (size_t i = 0; i < layout->columns; i++)
        reading->place[i] = place_of(reading, layout->column[i].name);
}

/* The record as if it had just the layout's columns, in its order. */
static void read_row(Reading *reading, const Layout *layout, void *row, TextPool *pool)
{
    const CsvReader *reader = &reading->reader;
    if (reader->fields != reading->columns)
        fail("%s:%zu: %zu fields where line 1 names %zu columns", reading->file, reader->line, reader->fields,
             reading->columns);
    size_t start[layout->columns];
    for (size_t i = 0; i < layout->columns; i++)
        start[i] = reader->start[reading->place[i]];
    Complaint complaint;
    CsvReader named = { .text = reader->text, .start = start, .fields = layout->columns };
    if (!row_parse(&named, layout, row, pool, &complaint))
        fail("%s:%zu: %s", reading->file, reader->line, complaint.text);
}

static void read_rows(Reading *reading, const Layout *layout, Sheet *sheet, TextPool *pool)
{
    size_t row_room = 0, line_room = 0;
    do {
        sheet->row = memory_room(sheet->row, &row_room, sheet->rows + 1, layout->row_size);
        sheet->line = memory_room(sheet->line, &line_room, sheet->rows + 1, sizeof *sheet->line);
        if (!read_record(reading))
            return;
        read_row(reading, layout, (char *)sheet->row + sheet->rows * layout->row_size, pool);
        sheet->line[sheet->rows++] = reading->reader.line;
    } while (true);
}

Sheet named_rows_load(const char *file, const Layout *layout, TextPool *pool)
{
    Sheet sheet = { 0 };
    FILE *in = fopen(file, "r");
    if (in == NULL && errno == ENOENT)
        return sheet;
    if (in == NULL)
        fail("%s: %s", file, strerror(errno));
    Reading reading = { .file = file, .reader = csv_reader(in) };
    read_header(&reading, layout);
    read_rows(&reading, layout, &sheet, pool);
    if (ferror(in))
        fail("%s: it cannot be read to its end", file);
    csv_reader_free(&reading.reader);
    free(reading.place);
    fclose(in);
    return sheet;
}
