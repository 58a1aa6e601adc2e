/* Reading and writing CSV as RFC 4180 has it: commas, one record a line, a field in quotes when it holds a comma, a quote
 * or a line break, a quote inside written twice. A record ends with LF or CRLF; a file whose last record has no end was
 * torn while it was written. */
#ifndef RECLAIM_CSV_H
#define RECLAIM_CSV_H

#include <stdio.h>

typedef enum CsvResult {
    CSV_RECORD,    /* a whole record was read */
    CSV_END,       /* there is none left */
    CSV_TORN,      /* the input ends within the record */
    CSV_MALFORMED, /* `problem` says what is wrong with field `fields` */
} CsvResult;

/* The record that was read last. Fields count from 0, lines from 1. */
typedef struct CsvReader {
    FILE *in;
    char *text;    /* its fields, each ended by a NUL */
    size_t length; /* of text, in bytes */
    size_t *start; /* where each field starts in text */
    size_t fields;
    size_t text_room, start_room;
    size_t line;   /* the line on which it begins */
    size_t lines;  /* line breaks read so far */
    const char *problem;
} CsvReader;

CsvReader csv_reader(FILE *in);
CsvResult csv_read(CsvReader *reader);
const char *csv_field(const CsvReader *reader, size_t field);
void csv_reader_free(CsvReader *reader);

/* Writes one field, quoted when it must be; the comma or line break after it is the caller's. */
void csv_write_field(FILE *out, const char *field);

#endif
