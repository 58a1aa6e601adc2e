/* Whole files of rows: the loop that all ways of reading one share. */
#ifndef RECLAIM_SHEET_H
#define RECLAIM_SHEET_H

#include "rows.h"

/* Makes a row, which is zeroed, of the record that was read last; `how` is the caller's. What does not fit ends the program. */
typedef void LoadRow(const char *file, const CsvReader *record, const void *how, void *row, TextPool *pool);

void sheet_load_rows(Sheet *sheet, const char *file, CsvReader *reader, size_t row_size, LoadRow *load, const void *how,
                     TextPool *pool);

#endif
