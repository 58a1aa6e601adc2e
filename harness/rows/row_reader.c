#include "row_reader.h"

#include "fail.h"
#include "regular_file.h"
#include "row_parse.h"

#include <errno.h>
#include <string.h>

static FILE *open_to_read(const char *file)
{
    FILE *in = regular_file_open(file);
    if (in == NULL)
        fail("%s: %s", file, strerror(errno));
    return in;
}

RowReader row_reader_open(const char *file, const Layout *layout)
{
    RowReader reader = { .file = file, .layout = layout, .in = open_to_read(file) };
    Complaint complaint = { "the line of column names is missing" };
    reader.record = csv_reader(reader.in);
    if (csv_read(&reader.record) != CSV_RECORD || !row_is_header(&reader.record, layout, &complaint))
        fail("%s:1: %s", file, complaint.text);
    return reader;
}

bool row_reader_next_unfinished(RowReader *reader, size_t *torn)
{
    const CsvReader *record = &reader->record;
    CsvResult result = csv_read(&reader->record);
    if (ferror(reader->in))
        fail("%s: it cannot be read to its end", reader->file);
    if (result == CSV_MALFORMED)
        fail("%s:%zu: field %zu: %s", reader->file, record->line, record->fields, record->problem);
    *torn = result == CSV_TORN ? record->line : 0;
    return result == CSV_RECORD;
}

bool row_reader_next(RowReader *reader)
{
    size_t torn;
    bool is_there = row_reader_next_unfinished(reader, &torn);
    if (torn)
        fail("%s:%zu: the last line has no end", reader->file, torn);
    return is_there;
}

void row_reader_parse(const RowReader *reader, size_t first, void *row, TextPool *pool)
{
    Complaint complaint;
    if (!row_parse_from(first, &reader->record, reader->layout, row, pool, &complaint))
        fail("%s:%zu: %s", reader->file, reader->record.line, complaint.text);
}

void row_reader_close(RowReader *reader)
{
    csv_reader_free(&reader->record);
    fclose(reader->in);
    *reader = (RowReader){ 0 };
}
