/* The rows of a file one after the other, where they would be too many for a sheet. Whatever is wrong with the file ends the
 * program with a sentence that names file and line, as sheet_load does. */
#ifndef RECLAIM_ROW_READER_H
#define RECLAIM_ROW_READER_H

#include "rows.h"

typedef struct RowReader {
    const char *file;
    const Layout *layout;
    FILE *in;
    CsvReader record; /* that was read last */
} RowReader;

/* Opens it and reads the line of column names. `file` must stay until the reader is closed. */
RowReader row_reader_open(const char *file, const Layout *layout);

/* Reads a record; false when there is none left. A last one without an end is an error. */
bool row_reader_next(RowReader *reader);

/* Likewise of a file that may have been left while a row was written: of a last record without an end `torn` is the line. */
bool row_reader_next_unfinished(RowReader *reader, size_t *torn);

/* Fills the row from that record, from a column on that counts from 0. */
void row_reader_parse(const RowReader *reader, size_t first, void *row, TextPool *pool);

void row_reader_close(RowReader *reader);

#endif
