#include "sheet.h"

#include "fail.h"
#include "memory.h"
#include "regular_file.h"
#include "row_parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_header(CsvReader *reader, const char *file, const Layout *layout)
{
    Complaint complaint = { "the line of column names is missing" };
    if (csv_read(reader) != CSV_RECORD || !row_is_header(reader, layout, &complaint))
        fail("%s:1: %s", file, complaint.text);
}

static void load_row(const char *file, const CsvReader *record, const void *layout, void *row, TextPool *pool)
{
    Complaint complaint;
    if (!row_parse(record, layout, row, pool, &complaint))
        fail("%s:%zu: %s", file, record->line, complaint.text);
}

void sheet_load_rows(Sheet *sheet, const char *file, CsvReader *reader, size_t row_size, LoadRow *load, const void *how,
                     TextPool *pool)
{
    size_t row_room = 0, line_room = 0;
    for (;;) {
        sheet->whole = csv_position(reader);
        sheet->row = memory_room(sheet->row, &row_room, sheet->rows + 1, row_size);
        sheet->line = memory_room(sheet->line, &line_room, sheet->rows + 1, sizeof *sheet->line);
        CsvResult result = csv_read(reader);
        sheet->torn = result == CSV_TORN ? reader->line : 0;
        if (result == CSV_MALFORMED)
            fail("%s:%zu: field %zu: %s", file, reader->line, reader->fields, reader->problem);
        if (result != CSV_RECORD)
            return;
        void *row = memset((char *)sheet->row + sheet->rows * row_size, 0, row_size); /* what has no column */
        load(file, reader, how, row, pool);
        sheet->line[sheet->rows++] = reader->line;
    }
}

Sheet sheet_read(FILE *in, const char *name, const Layout *layout, TextPool *pool)
{
    Sheet sheet = { 0 };
    CsvReader reader = csv_reader(in);
    check_header(&reader, name, layout);
    sheet_load_rows(&sheet, name, &reader, layout->row_size, load_row, layout, pool);
    if (ferror(in))
        fail("%s: it cannot be read to its end", name);
    csv_reader_free(&reader);
    return sheet;
}

static bool try_rows(CsvReader *reader, const Layout *layout, Sheet *sheet, TextPool *pool, Complaint *complaint)
{
    size_t room = 0;
    for (;;) {
        sheet->row = memory_room(sheet->row, &room, sheet->rows + 1, layout->row_size);
        CsvResult result = csv_read(reader);
        if (result == CSV_TORN || result == CSV_MALFORMED)
            snprintf(complaint->text, sizeof complaint->text, "line %zu: %s", reader->line,
                     result == CSV_TORN ? "it has no end" : reader->problem);
        if (result != CSV_RECORD)
            return result == CSV_END;
        void *row = memset((char *)sheet->row + sheet->rows * layout->row_size, 0, layout->row_size);
        if (!row_parse(reader, layout, row, pool, complaint))
            return false;
        sheet->rows++;
    }
}

bool sheet_try(FILE *in, const Layout *layout, Sheet *sheet, TextPool *pool, Complaint *complaint)
{
    CsvReader reader = csv_reader(in);
    *sheet = (Sheet){ 0 };
    *complaint = (Complaint){ "the line of column names is missing" };
    bool fits = csv_read(&reader) == CSV_RECORD && row_is_header(&reader, layout, complaint)
             && try_rows(&reader, layout, sheet, pool, complaint);
    csv_reader_free(&reader);
    if (!fits)
        sheet_free(sheet);
    return fits;
}

Sheet sheet_load_unfinished(const char *file, const Layout *layout, TextPool *pool)
{
    FILE *in = regular_file_open(file);
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
