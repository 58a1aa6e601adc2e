#include "csv.h"

#include "memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What ends a field, besides ',' and EOF; and what ends the reading of it. */
enum { END_OF_LINE = '\n', MALFORMED = -2 };

CsvReader csv_reader(FILE *in)
{
    return (CsvReader){ .in = in };
}

void csv_reader_free(CsvReader *reader)
{
    free(reader->text);
    free(reader->start);
    *reader = (CsvReader){ 0 };
}

const char *csv_field(const CsvReader *reader, size_t field)
{
    return reader->text + reader->start[field];
}

static int next_character(CsvReader *reader)
{
    int c = getc_unlocked(reader->in);
    reader->lines += c == '\n';
    return c;
}

static void keep(CsvReader *reader, char c)
{
    reader->text = memory_room(reader->text, &reader->text_room, reader->length + 1, 1);
    reader->text[reader->length++] = c;
}

static int malformed(CsvReader *reader, const char *problem)
{
    reader->problem = problem;
    return MALFORMED;
}

/* CR counts only as the first half of CRLF. */
static int after_carriage_return(CsvReader *reader)
{
    int c = next_character(reader);
    return c == '\n' || c == EOF ? c : malformed(reader, "a carriage return within a line");
}

static int read_plain(CsvReader *reader, int c)
{
    for (;; c = next_character(reader)) {
        if (c == ',' || c == END_OF_LINE || c == EOF)
            return c;
        if (c == '\r')
            return after_carriage_return(reader);
        if (c == '"')
            return malformed(reader, "a quote inside a field that does not begin with one");
        if (c == '\0')
            return malformed(reader, "a zero byte");
        keep(reader, c);
    }
}

static int after_closing_quote(CsvReader *reader, int c)
{
    if (c == '\r')
        return after_carriage_return(reader);
    if (c == ',' || c == END_OF_LINE || c == EOF)
        return c;
    return malformed(reader, "text after the closing quote");
}

/* A quote that is open at the end of the input was torn off on its own line, or else somebody damaged an earlier line:
 * then all that follows it must not be taken for the torn end. */
static int never_closed(CsvReader *reader)
{
    bool on_its_last_line = reader->lines + 1 == reader->line;
    return on_its_last_line ? EOF : malformed(reader, "a quote that is never closed");
}

static int read_quoted(CsvReader *reader)
{
    for (;;) {
        int c = next_character(reader);
        if (c == EOF)
            return never_closed(reader);
        if (c == '\0')
            return malformed(reader, "a zero byte");
        if (c == '"') {
            c = next_character(reader);
            if (c != '"')
                return after_closing_quote(reader, c);
        }
        keep(reader, c);
    }
}

static int read_field(CsvReader *reader, int first)
{
    reader->start = memory_room(reader->start, &reader->start_room, reader->fields + 1, sizeof *reader->start);
    reader->start[reader->fields] = reader->length;
    int end = first == '"' ? read_quoted(reader) : read_plain(reader, first);
    keep(reader, '\0');
    reader->fields++;
    return end;
}

CsvResult csv_read(CsvReader *reader)
{
    reader->fields = reader->length = 0;
    reader->line = reader->lines + 1;
    int c = next_character(reader);
    if (c == EOF)
        return CSV_END;
    int end = read_field(reader, c);
    while (end == ',')
        end = read_field(reader, next_character(reader));
    return end == END_OF_LINE ? CSV_RECORD : end == EOF ? CSV_TORN : CSV_MALFORMED;
}

void csv_write_field(FILE *out, const char *field)
{
    if (field[strcspn(field, ",\"\r\n")] == '\0') {
        fputs(field, out);
        return;
    }
    putc('"', out);
    for (; *field; field++) {
        if (*field == '"')
            putc('"', out);
        putc(*field, out);
    }
    putc('"', out);
}
