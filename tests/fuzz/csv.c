/* A file of rows, read as every stage reads one: column by column, and by the names of its columns. What was read and is
 * written again reads as the same, and comes to the same bytes; so does each record, whatever its columns. */
#include <stdlib.h>
#include <string.h>

#include "by_name.h"
#include "count_rows.h"
#include "fuzz.h"
#include "heap_rows.h"
#include "live_pauses.h"
#include "records.h"
#include "soak_rounds.h"
#include "stress_rows.h"

static const Layout *const layouts[] = {
    &planned_layout, &trial_layout, &hiccups_layout, &answer_layout, &description_layout, &setting_layout, &summary_layout,
    &census_layout, &pause_layout, &pause_run_layout, &sample_layout, &leak_layout, &latency_layout, &instructions_layout,
    &cell_objects_layout, &cell_totals_layout, &cell_pause_layout, &cell_sample_layout, &cell_leak_layout,
    &cell_latency_layout, &cell_requests_layout, &stress_layout, &soak_layout, &live_pauses_layout, &least_heaps_layout,
    &churn_layout,
};

typedef struct Input {
    const uint8_t *bytes;
    size_t length;
} Input;

/* A text that is being written; its bytes are the caller's when it is closed. */
typedef struct Written {
    char *bytes;
    size_t length;
    FILE *out;
} Written;

static void demand_same(const Written *once, const Written *again, const char *what)
{
    if (once->length != again->length || memcmp(once->bytes, again->bytes, once->length) != 0)
        fuzz_finding("%s are not the same when they are written and read again", what);
}

/* ---- Records ----------------------------------------------------------------------------------------------------------- */

/* Writes all whole records; how many there are. */
static size_t copy_records(const void *bytes, size_t length, Written *copy)
{
    FILE *in = fmemopen((void *)bytes, length, "r");
    CsvReader reader = csv_reader(in);
    size_t records = 0;
    copy->out = open_memstream(&copy->bytes, &copy->length);
    for (; csv_read(&reader) == CSV_RECORD; records++)
        csv_write_record(copy->out, &reader);
    fclose(copy->out);
    csv_reader_free(&reader);
    fclose(in);
    return records;
}

static void copy_twice(void *context)
{
    const Input *input = context;
    Written once, again;
    size_t records = copy_records(input->bytes, input->length, &once);
    if (copy_records(once.bytes, once.length, &again) != records)
        fuzz_finding("%zu records are another number of them when they are read again", records);
    demand_same(&once, &again, "records");
    free(once.bytes);
    free(again.bytes);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------------- */

typedef Sheet Load(const Layout *layout, TextPool *pool);

typedef struct Reading {
    const Layout *layout;
    Load *load;
    Input input;
} Reading;

static Sheet load_whole(const Layout *layout, TextPool *pool)
{
    return sheet_load(FUZZ_FILE, layout, pool);
}

static Sheet load_unfinished(const Layout *layout, TextPool *pool)
{
    return sheet_load_unfinished(FUZZ_FILE, layout, pool);
}

static Sheet load_by_name(const Layout *layout, TextPool *pool)
{
    return sheet_load_unfinished_by_name(FUZZ_FILE, layout, NONE_ABSENT, pool);
}

static Sheet load_what_is_there(const Layout *layout, TextPool *pool)
{
    return sheet_load_by_name(FUZZ_FILE, layout, NUMBERS_ABSENT, pool);
}

static void write_sheet(const Layout *layout, const Sheet *sheet, Written *text)
{
    text->out = open_memstream(&text->bytes, &text->length);
    rows_write_header(text->out, layout);
    for (size_t i = 0; i < sheet->rows; i++)
        rows_write(text->out, layout, (const char *)sheet->row + i * layout->row_size);
    fclose(text->out);
}

static void check_places(const Sheet *sheet, size_t length)
{
    if (sheet->torn ? sheet->whole >= (off_t)length : sheet->whole != (off_t)length)
        fuzz_finding("the whole lines of %zu bytes are said to be %zu", length, (size_t)sheet->whole);
    for (size_t i = 1; i < sheet->rows; i++)
        if (sheet->line[i] <= sheet->line[i - 1])
            fuzz_finding("row %zu is on line %zu, and the next on %zu", i, sheet->line[i - 1], sheet->line[i]);
}

static void read_twice(void *context)
{
    const Reading *reading = context;
    TextPool pool = { 0 };
    Written once, again;
    fuzz_file(reading->input.bytes, reading->input.length);
    Sheet sheet = reading->load(reading->layout, &pool);
    check_places(&sheet, reading->input.length);
    write_sheet(reading->layout, &sheet, &once);
    fuzz_file((const uint8_t *)once.bytes, once.length);
    Sheet copy = load_whole(reading->layout, &pool);
    if (copy.rows != sheet.rows)
        fuzz_finding("%zu rows are %zu when they are read again", sheet.rows, copy.rows);
    write_sheet(reading->layout, &copy, &again);
    demand_same(&once, &again, "rows");
    sheet_free(&sheet);
    sheet_free(&copy);
    free(once.bytes);
    free(again.bytes);
    text_pool_free(&pool);
}

/* Most inputs are of one layout: the others would refuse them for their first column, and each after a while. */
static bool may_be(const Layout *layout, Input input)
{
    const char *first = layout->column[0].name, *last = layout->column[layout->columns - 1].name;
    return memmem(input.bytes, input.length, first, strlen(first)) && memmem(input.bytes, input.length, last, strlen(last));
}

/* What is read in its order can be read by its names, and what is whole also as what may be torn. */
static void read_in_all_ways(const Layout *layout, Input input)
{
    static Load *const loads[] = { load_whole, load_unfinished, load_by_name, load_what_is_there };
    bool passes[4];
    for (int i = 0; i < 4; i++) {
        Reading reading = { layout, loads[i], input };
        passes[i] = fuzz_passes(read_twice, &reading);
    }
    if ((passes[0] && !(passes[1] && passes[3])) || (passes[1] && !passes[2]))
        fuzz_finding("a file of %zu columns can be read in one way and not in another", layout->columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Input input = { bytes, length };
    if (!fuzz_passes(copy_twice, &input))
        fuzz_finding("records are refused: %s", fuzz_refusal);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (may_be(layouts[i], input))
            read_in_all_ways(layouts[i], input);
    return 0;
}
