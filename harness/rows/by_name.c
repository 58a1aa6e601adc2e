#include "by_name.h"

#include "fail.h"
#include "memory.h"
#include "regular_file.h"
#include "sheet.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where a file has the columns of a layout. */
typedef struct Places {
    const Layout *wanted;
    Column *column; /* those of them that it has, ... */
    size_t *field;  /* ... and in which of its fields */
    Layout had;     /* the same, as a layout */
    size_t fields;  /* that each of its records has */
} Places;

static size_t field_named(const CsvReader *header, const char *name)
{
    size_t field = 0;
    while (field < header->fields && strcmp(csv_field(header, field), name) != 0)
        field++;
    return field;
}

static bool may_be_absent(const Column *column, Absence absence)
{
    return absence == NUMBERS_ABSENT && (column->kind == QUANTITY || column->kind == COUNT);
}

static Places find_columns(const char *file, CsvReader *header, const Layout *layout, Absence absence)
{
    Places places = {
        .wanted = layout, .fields = header->fields, .column = memory_new(layout->columns, sizeof *places.column),
        .field = memory_new(layout->columns, sizeof *places.field),
        .had = { .row_size = layout->row_size },
    };
    for (size_t i = 0; i < layout->columns; i++) {
        size_t field = field_named(header, layout->column[i].name);
        if (field == header->fields && !may_be_absent(&layout->column[i], absence))
            fail("%s:1: there is no column %s", file, layout->column[i].name);
        if (field == header->fields)
            continue;
        places.field[places.had.columns] = field;
        places.column[places.had.columns++] = layout->column[i];
    }
    places.had.column = places.column;
    return places;
}

/* Counts are NA when they are zeroed, quantities are not. */
static void set_absent(const Layout *layout, void *row)
{
    for (size_t i = 0; i < layout->columns; i++)
        if (layout->column[i].kind == QUANTITY)
            *(double *)((char *)row + layout->column[i].offset) = NAN;
}

static void parse(const char *file, const CsvReader *record, const void *how, void *row, TextPool *pool)
{
    const Places *places = how;
    Complaint complaint;
    if (record->fields != places->fields)
        fail("%s:%zu: %zu fields where there should be %zu", file, record->line, record->fields, places->fields);
    CsvReader picked = *record;
    picked.fields = places->had.columns;
    picked.start = memory_new(picked.fields, sizeof *picked.start);
    for (size_t i = 0; i < picked.fields; i++)
        picked.start[i] = record->start[places->field[i]];
    set_absent(places->wanted, row);
    if (!row_parse(&picked, &places->had, row, pool, &complaint))
        fail("%s:%zu: %s", file, record->line, complaint.text);
    free(picked.start);
}

Sheet sheet_load_unfinished_by_name(const char *file, const Layout *layout, Absence absence, TextPool *pool)
{
    Sheet sheet = { 0 };
    FILE *in = regular_file_open(file);
    if (in == NULL)
        fail("%s: %s", file, strerror(errno));
    CsvReader reader = csv_reader(in);
    if (csv_read(&reader) != CSV_RECORD)
        fail("%s:1: the line of column names is missing", file);
    Places places = find_columns(file, &reader, layout, absence);
    sheet_load_rows(&sheet, file, &reader, layout->row_size, parse, &places, pool);
    if (ferror(in))
        fail("%s: it cannot be read to its end", file);
    free(places.column);
    free(places.field);
    csv_reader_free(&reader);
    fclose(in);
    return sheet;
}

Sheet sheet_load_by_name(const char *file, const Layout *layout, Absence absence, TextPool *pool)
{
    Sheet sheet = sheet_load_unfinished_by_name(file, layout, absence, pool);
    sheet_must_be_whole(file, &sheet);
    return sheet;
}
