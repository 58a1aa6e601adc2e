#include "outline.h"

#include "bounds.h"
#include "fail.h"
#include "memory.h"
#include "row_reader.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* All trials of a variant: with fewer nothing could be said of how its cost grows, nor which of its sizes is the largest. */
typedef struct Variant {
    const char *workload, *name;
    size_t rows;
    uint16_t number; /* in the order in which they were met */
} Variant;

/* An outline in the making: in place of a row's part stands its variant until all are known. */
typedef struct Outlining {
    Outline outline;
    RowReader reader;
    Variant *variant;
    size_t variants, room;
    size_t block_column, workload_column, variant_column, control_column, host_column;
    TextPool *pool;
} Outlining;

static size_t column_named(const char *name)
{
    size_t i = 0;
    while (!texts_equal(trial_layout.column[i].name, name))
        i++;
    return i;
}

/* ---- A row ---------------------------------------------------------------------------------------------------------- */

/* The row that was read last, whole: ends the program where there is something wrong with it. */
static Trial parsed(const Outlining *outlining)
{
    Trial trial = { 0 };
    row_reader_parse(&outlining->reader, 0, &trial, outlining->pool);
    return trial;
}

static uint64_t block_of_row(const Outlining *outlining)
{
    uint64_t block;
    const char *text = csv_field(&outlining->reader.record, outlining->block_column);
    return parse_natural(text, &block) && block >= 1 && block <= BLOCKS_MAX ? block : parsed(outlining).block;
}

static void take_host(Outlining *outlining)
{
    Outline *outline = &outlining->outline;
    uint64_t block = block_of_row(outlining);
    const char *name = csv_field(&outlining->reader.record, outlining->host_column);
    if (outline->host[block] == NULL)
        outline->host[block] = parsed(outlining).host;
    else if (!texts_equal(outline->host[block], name))
        fail("%s:%zu: block %" PRIu64 " is of the machine `%s`, and of `%s` in another row", outline->file,
             outlining->reader.record.line, block, parsed(outlining).host, outline->host[block]);
    outline->blocks = larger(outline->blocks, block);
}

static const char *interned(const Outlining *outlining, size_t column)
{
    return intern(outlining->pool, csv_field(&outlining->reader.record, column));
}

static Variant *variant_of_row(Outlining *outlining)
{
    const char *workload = interned(outlining, outlining->workload_column), *name = interned(outlining, outlining->variant_column);
    for (size_t i = 0; i < outlining->variants; i++)
        if (outlining->variant[i].name == name && outlining->variant[i].workload == workload)
            return &outlining->variant[i];
    parsed(outlining);
    if (outlining->variants > UINT16_MAX)
        fail("%s:%zu: more than %d variants", outlining->outline.file, outlining->reader.record.line, UINT16_MAX + 1);
    size_t count = outlining->variants + 1;
    outlining->variant = memory_room(outlining->variant, &outlining->room, count, sizeof *outlining->variant);
    Variant *added = &outlining->variant[outlining->variants];
    *added = (Variant){ workload, name, 0, (uint16_t)outlining->variants++ };
    return added;
}

static uint16_t bytes_of_line(const CsvReader *record, off_t before)
{
    off_t bytes = csv_position(record) - before;
    return bytes <= UINT16_MAX && record->lines == record->line ? (uint16_t)bytes : 0;
}

/* Which begins after so many bytes of the file. */
static void take_row(Outlining *outlining, off_t before)
{
    Outline *outline = &outlining->outline;
    const CsvReader *record = &outlining->reader.record;
    if (record->fields != trial_layout.columns)
        parsed(outlining);
    take_host(outlining);
    if (!outline->baseline.control && texts_equal(csv_field(record, outlining->control_column), "1"))
        outline->baseline = parsed(outlining).cell;
    Variant *variant = variant_of_row(outlining);
    outline->row = memory_room(outline->row, &outline->room, outline->rows + 1, sizeof *outline->row);
    outline->row[outline->rows++] = (OutlineRow){ variant->number, bytes_of_line(record, before) };
    variant->rows++;
}

/* ---- Parts ---------------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const Variant *x = a, *y = b;
    int order = strcmp(x->workload, y->workload);
    return order ? order : strcmp(x->name, y->name);
}

static void part(Outlining *outlining, size_t most)
{
    Outline *outline = &outlining->outline;
    uint16_t *part = memory_new(outlining->variants, sizeof *part);
    outline->part_rows = memory_new(outlining->variants, sizeof *outline->part_rows);
    qsort(outlining->variant, outlining->variants, sizeof *outlining->variant, by_name);
    for (size_t i = 0; i < outlining->variants; i++) {
        const Variant *variant = &outlining->variant[i];
        if (i > 0 && outline->part_rows[outline->parts] + variant->rows > most)
            outline->parts++;
        part[variant->number] = (uint16_t)outline->parts;
        outline->part_rows[outline->parts] += variant->rows;
    }
    outline->parts++;
    for (size_t i = 0; i < outline->rows; i++)
        outline->row[i].part = part[outline->row[i].part];
    free(part);
}

Outline outline_of(const char *file, size_t most, TextPool *pool)
{
    Outlining outlining = {
        .outline = { .file = file, .host = memory_new(BLOCKS_MAX + 1, sizeof(char *)) },
        .reader = row_reader_open(file, &trial_layout), .pool = pool, .block_column = column_named("block"),
        .workload_column = column_named("workload"), .variant_column = column_named("variant"),
        .control_column = column_named("control"), .host_column = column_named("host"),
    };
    size_t torn = 0;
    off_t before = csv_position(&outlining.reader.record);
    for (; row_reader_next_unfinished(&outlining.reader, &torn); before = csv_position(&outlining.reader.record))
        take_row(&outlining, before);
    if (torn)
        notice("%s:%zu: the last line is torn and left out", file, torn);
    if (outlining.outline.rows == 0)
        fail("%s: there are no trials to summarise", file);
    part(&outlining, most);
    row_reader_close(&outlining.reader);
    free(outlining.variant);
    return outlining.outline;
}

void outline_free(Outline *outline)
{
    free(outline->host);
    free(outline->row);
    free(outline->part_rows);
    *outline = (Outline){ 0 };
}

/* ---- Loading -------------------------------------------------------------------------------------------------------- */

static bool pass_over(RowReader *reader, size_t bytes)
{
    return (bytes > 0 && csv_skip(&reader->record, bytes)) || row_reader_next(reader);
}

Sheet outline_load(const Outline *outline, size_t part, TextPool *pool)
{
    Trial *trial = memory_new(outline->part_rows[part], sizeof *trial);
    Sheet sheet = { .row = trial, .line = memory_new(outline->part_rows[part], sizeof *sheet.line) };
    RowReader reader = row_reader_open(outline->file, &trial_layout);
    for (size_t i = 0; sheet.rows < outline->part_rows[part]; i++) {
        bool is_ours = outline->row[i].part == part;
        if (!(is_ours ? row_reader_next(&reader) : pass_over(&reader, outline->row[i].bytes)))
            fail("%s: it has become shorter meanwhile", outline->file);
        if (!is_ours)
            continue;
        row_reader_parse(&reader, 0, &trial[sheet.rows], pool);
        sheet.line[sheet.rows++] = reader.record.line;
    }
    row_reader_close(&reader);
    return sheet;
}
