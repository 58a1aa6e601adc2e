/* What came of a trial, of which everything was written by others: hyperfine's report, a zero byte, what the cell said on
 * standard error, a zero byte, and what it printed. The cell is that of the seeds. Whatever these are, they become a row that
 * can be written and read again, with numbers only where it is ok, and else with a reason. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "row_parse.h"
#include "verdict.h"

typedef struct Words {
    char *report, *output, *errors;
    size_t length; /* of the output */
} Words;

static const Planned planned = {
    .block = 1, .position = 1,
    .cell = { "refcount", "ring", "window", 1000, 1, "0123456789ab", "", "glibc", false },
    .expected = { true, 42 }, .expected_operations = { true, 1000 }, .unsupported = "",
};

static void demand_readable(const Trial *trial, TextPool *pool)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    rows_write(out, &trial_layout, trial);
    fclose(out);
    FILE *in = fmemopen(text, length, "r");
    CsvReader reader = csv_reader(in);
    Trial again;
    Complaint complaint;
    if (csv_read(&reader) != CSV_RECORD || !row_parse(&reader, &trial_layout, &again, pool, &complaint) ||
        csv_read(&reader) != CSV_END)
        fuzz_finding("the trial's row cannot be read: %s", text);
    csv_reader_free(&reader);
    fclose(in);
    free(text);
}

static void demand_sense(const Trial *trial, int exit_status)
{
    bool measured = !isnan(trial->work_s) || !isnan(trial->wall_s) || !isnan(trial->peak_rss_kib);
    if (trial->status != OK && (measured || *trial->reason == '\0'))
        fuzz_finding("a trial that is not ok has numbers, or no reason");
    if (trial->status == OK && (exit_status != 0 || trial->checksum.value != 42 || isnan(trial->work_s)))
        fuzz_finding("a trial is believed to be ok that ended with %d", exit_status);
    if (strpbrk(trial->reason, "\r\n\033"))
        fuzz_finding("a reason of several lines");
}

static void judge(void *context)
{
    Words *words = context;
    TextPool pool = { 0 };
    Measured measured;
    Trial trial = { .block = 1, .position = 1, .cell = planned.cell, .host = "" };
    if (hyperfine_report_parse(words->report, &measured)) {
        verdict_on_run(&trial, &measured, words->output, words->length, words->errors, &pool);
        verdict_on_answer(&trial, &planned, &pool);
        demand_sense(&trial, measured.exit_status);
        demand_readable(&trial, &pool);
        if (measured.exit_status > 128)
            fuzz_keeps(strsignal(measured.exit_status - 128));
    }
    text_pool_free(&pool);
}

/* Takes what stands before the next zero byte, or what is left, into memory of its own, with a zero byte behind it. */
static char *take_text(const uint8_t **bytes, size_t *length)
{
    size_t taken = strnlen((const char *)*bytes, *length), ends = taken < *length;
    char *text = strndup((const char *)*bytes, taken);
    *bytes += taken + ends;
    *length -= taken + ends;
    return text;
}

static char *take_rest(const uint8_t *bytes, size_t length)
{
    char *rest = malloc(length + 1);
    memcpy(rest, bytes, length);
    rest[length] = '\0';
    return rest;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    Words words = { .report = take_text(&bytes, &length), .errors = take_text(&bytes, &length) };
    words.output = take_rest(bytes, length);
    words.length = length;
    if (!fuzz_passes(judge, &words))
        fuzz_finding("a verdict ends the program: %s", fuzz_refusal);
    free(words.report);
    free(words.output);
    free(words.errors);
    return 0;
}
