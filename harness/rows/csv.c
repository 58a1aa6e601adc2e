#include "csv.h"

#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* What ends a field, besides ',' and EOF; and what ends the reading of it. */
enum { END_OF_LINE = '\n', MALFORMED = -2 };

enum { AHEAD = 1 << 16 }; /* bytes */

CsvReader csv_reader(FILE *in)
{
    return (CsvReader){ .in = in };
}

void csv_reader_free(CsvReader *reader)
{
    free(reader->ahead);
    free(reader->text);
    free(reader->start);
    *reader = (CsvReader){ 0 };
}

const char *csv_field(const CsvReader *reader, size_t field)
{
    return reader->text + reader->start[field];
}

off_t csv_position(const CsvReader *reader)
{
    return reader->passed + (off_t)reader->at;
}

static bool read_ahead(CsvReader *reader)
{
    if (reader->ahead == NULL)
        reader->ahead = memory_new(AHEAD, 1);
    reader->passed += (off_t)reader->filled;
    reader->at = 0;
    reader->filled = fread_unlocked(reader->ahead, 1, AHEAD, reader->in);
    return reader->filled > 0;
}

static int next_character(CsvReader *reader)
{
    if (reader->at == reader->filled && !read_ahead(reader))
        return EOF;
    int c = (unsigned char)reader->ahead[reader->at++];
    reader->lines += c == '\n';
    return c;
}

static void keep(CsvReader *reader, char c)
{
    if (reader->length == reader->text_room)
        reader->text = memory_room(reader->text, &reader->text_room, reader->length + 1, 1);
    reader->text[reader->length++] = c;
}

/* Keeps what is ahead up to the first byte that has a meaning in a field without quotes. */
static void keep_plain(CsvReader *reader)
{
    static const bool has_meaning[256] = { [','] = true, ['\n'] = true, ['\r'] = true, ['"'] = true, ['\0'] = true };
    const char *next = reader->ahead + reader->at, *end = reader->ahead + reader->filled;
    reader->text = memory_room(reader->text, &reader->text_room, reader->length + (size_t)(end - next), 1);
    char *to = reader->text + reader->length;
    while (next < end && !has_meaning[(unsigned char)*next])
        *to++ = *next++;
    reader->length = (size_t)(to - reader->text);
    reader->at = (size_t)(next - reader->ahead);
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
        keep_plain(reader);
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

static void begin_field(CsvReader *reader, size_t at)
{
    reader->start = memory_room(reader->start, &reader->start_room, reader->fields + 1, sizeof *reader->start);
    reader->start[reader->fields++] = at;
}

static int read_field(CsvReader *reader, int first)
{
    begin_field(reader, reader->length);
    reader->quoted |= first == '"';
    int end = first == '"' ? read_quoted(reader) : read_plain(reader, first);
    keep(reader, '\0');
    return end;
}

/* Nearly every record: all of it is ahead, and no field is in quotes. False, and nothing is read, where it is none of these. */
static bool read_plain_record(CsvReader *reader)
{
    const char *from = reader->ahead + reader->at, *end = memchr(from, '\n', reader->filled - reader->at);
    size_t length = end ? (size_t)(end - from) : 0;
    if (end == NULL || memchr(from, '"', length) || memchr(from, '\r', length) || memchr(from, '\0', length))
        return false;
    reader->text = memory_room(reader->text, &reader->text_room, length + 1, 1);
    memcpy(reader->text, from, length);
    reader->text[length] = '\0';
    begin_field(reader, 0);
    for (char *comma = reader->text; (comma = memchr(comma, ',', length - (size_t)(comma - reader->text))); comma++) {
        *comma = '\0';
        begin_field(reader, (size_t)(comma + 1 - reader->text));
    }
    reader->length = length + 1;
    reader->at += length + 1;
    reader->lines++;
    return true;
}

bool csv_skip(CsvReader *reader, size_t bytes)
{
    if (reader->filled - reader->at < bytes)
        return false;
    reader->at += bytes;
    reader->lines++;
    return true;
}

CsvResult csv_read(CsvReader *reader)
{
    reader->fields = reader->length = 0;
    reader->quoted = false;
    reader->line = reader->lines + 1;
    if (reader->at == reader->filled && !read_ahead(reader))
        return CSV_END;
    if (read_plain_record(reader))
        return CSV_RECORD;
    int end = read_field(reader, next_character(reader));
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

bool csv_same_beginning(const CsvReader *a, const CsvReader *b, size_t fields)
{
    return a->fields > fields && b->fields > fields && a->start[fields] == b->start[fields] &&
           memcmp(a->text, b->text, a->start[fields]) == 0;
}

/* What ends the fields in memory, for the time of writing, is what ends them in a file. */
static void write_plain_record(FILE *out, CsvReader *record)
{
    for (size_t i = 1; i < record->fields; i++)
        record->text[record->start[i] - 1] = ',';
    record->text[record->length - 1] = '\n';
    fwrite_unlocked(record->text, 1, record->length, out);
    for (size_t i = 1; i < record->fields; i++)
        record->text[record->start[i] - 1] = '\0';
    record->text[record->length - 1] = '\0';
}

void csv_write_record(FILE *out, CsvReader *record)
{
    if (!record->quoted) {
        write_plain_record(out, record);
        return;
    }
    for (size_t i = 0; i < record->fields; i++) {
        if (i > 0)
            putc(',', out);
        csv_write_field(out, csv_field(record, i));
    }
    putc('\n', out);
}
