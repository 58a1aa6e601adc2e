/* Reading and writing CSV as RFC 4180 has it: commas, one record a line, a field in quotes when it holds a comma, a quote
 * or a line break, a quote inside written twice. A record ends with LF or CRLF; a file whose last record has no end was
 * torn while it was written. */
#ifndef RECLAIM_CSV_H
#define RECLAIM_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

typedef enum CsvResult {
    CSV_RECORD,    /* a whole record was read */
    CSV_END,       /* there is none left */
    CSV_TORN,      /* the input ends within the record */
    CSV_MALFORMED, /* `problem` says what is wrong with field `fields` */
} CsvResult;

/* The record that was read last. Fields count from 0, lines from 1. */
typedef struct CsvReader {
    FILE *in;      /* of which more is read than records were */
    char *ahead;   /* what was read of it and is in no record yet: from `at` up to `filled` */
    size_t at, filled;
    off_t passed;  /* bytes before those in `ahead` */
    char *text;    /* its fields, each ended by a NUL */
    size_t length; /* of text, in bytes */
    size_t *start; /* where each field starts in text */
    size_t fields;
    size_t text_room, start_room;
    size_t line;   /* the line on which it begins */
    size_t lines;  /* line breaks read so far */
    bool quoted;   /* whether any field was in quotes */
    const char *problem;
} CsvReader;

CsvReader csv_reader(FILE *in);
CsvResult csv_read(CsvReader *reader);
/* Passes over the next record, of one line and so many bytes; false, and nothing is read, where it must be read for that. */
bool csv_skip(CsvReader *reader, size_t bytes);

off_t csv_position(const CsvReader *reader); /* how many bytes the records had so far */
const char *csv_field(const CsvReader *reader, size_t field);
void csv_reader_free(CsvReader *reader);

/* Whether both begin with the same fields, so many; each has one more. */
bool csv_same_beginning(const CsvReader *a, const CsvReader *b, size_t fields);

/* Writes the record that was read last, and its line break. */
void csv_write_record(FILE *out, CsvReader *record);

/* Writes one field, quoted when it must be; the comma or line break after it is the caller's. */
void csv_write_field(FILE *out, const char *field);

#endif
