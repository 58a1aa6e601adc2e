#include "verdict.h"

#include "clean.h"
#include "fail.h"

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SIGNAL_STATUS = 128, REASON_LENGTH = 200 };

static void set_status(Trial *trial, Status status, TextPool *pool, const char *reason, ...)
    __attribute__((format(printf, 4, 5)));

/* A reason is one line of text, whatever a cell may have put into it. */
static void set_status(Trial *trial, Status status, TextPool *pool, const char *reason, ...)
{
    char text[REASON_LENGTH];
    va_list values;
    va_start(values, reason);
    vsnprintf(text, sizeof text, reason, values);
    va_end(values);
    clean_text(text);
    trial->status = status;
    trial->reason = intern(pool, text);
}

void verdict_without_run(Trial *trial, Status status, const char *reason, TextPool *pool)
{
    set_status(trial, status, pool, "%s", reason);
    trial->checksum = trial->operations = trial->repeats = (Count){ 0 };
    trial->wall_s = trial->user_s = trial->system_s = NAN;
    trial->work_s = trial->work_cpu_s = trial->teardown_s = trial->peak_rss_kib = NAN;
    trial->figures = "";
    trial->teardown_cpu_s = trial->collect_s = trial->involuntary = trial->steal_s = trial->load = NAN;
}

static bool is_only_row(CsvReader *reader, Answer *answer, TextPool *pool, Complaint *complaint)
{
    switch (csv_read(reader)) {
    case CSV_RECORD:
        if (!row_parse(reader, &answer_layout, answer, pool, complaint))
            return false;
        *complaint = (Complaint){ "more than one row" };
        return csv_read(reader) == CSV_END;
    case CSV_TORN:
        *complaint = (Complaint){ "a torn row" };
        return false;
    default:
        *complaint = (Complaint){ "something else than a row" };
        return false;
    }
}

/* False, with the reason, when what was printed is anything else than one row. */
static bool read_only_row(char *output, size_t length, Answer *answer, TextPool *pool, Complaint *complaint)
{
    *complaint = (Complaint){ "no row" };
    if (length == 0)
        return false;
    FILE *in = fmemopen(output, length, "r");
    if (in == NULL)
        fail("no memory to read a row");
    CsvReader reader = csv_reader(in);
    bool read = is_only_row(&reader, answer, pool, complaint);
    csv_reader_free(&reader);
    fclose(in);
    return read;
}

static bool is_about(const Answer *answer, const Cell *cell)
{
    return texts_equal(answer->strategy, cell->strategy) && texts_equal(answer->workload, cell->workload)
        && texts_equal(answer->variant, cell->variant) && answer->size == cell->size && answer->seed == cell->seed;
}

static bool status_fits(const Answer *answer, int exit_status)
{
    bool fails = answer->status == OOM || answer->status == WRONG;
    return exit_status == fails && (fails || answer->status == OK || answer->status == UNSUPPORTED);
}

static void take_numbers(Trial *trial, const Measured *measured, const Answer *answer)
{
    trial->checksum = answer->checksum;
    trial->operations = answer->operations;
    trial->wall_s = measured->wall_s;
    trial->user_s = measured->user_s;
    trial->system_s = measured->system_s;
    trial->repeats = answer->repeats;
    trial->work_s = answer->work_s;
    trial->work_cpu_s = answer->work_cpu_s;
    trial->teardown_s = answer->teardown_s;
    trial->peak_rss_kib = answer->peak_rss_kib;
    trial->figures = answer->figures;
    trial->teardown_cpu_s = answer->teardown_cpu_s;
    trial->collect_s = answer->collect_s;
    trial->involuntary = answer->involuntary;
}

static void believe(Trial *trial, const Measured *measured, const Answer *answer, TextPool *pool)
{
    if (!is_about(answer, &trial->cell))
        set_status(trial, CRASH, pool, "printed the row of another cell: %s/%s %s", answer->strategy, answer->workload,
                   answer->variant);
    else if (!texts_equal(answer->settings, trial->cell.settings))
        set_status(trial, CRASH, pool, "ran with the settings `%s` instead of `%s`", answer->settings, trial->cell.settings);
    else if (!texts_equal(answer->allocator, trial->cell.allocator))
        set_status(trial, CRASH, pool, "ran under the allocator %s instead of %s", answer->allocator, trial->cell.allocator);
    else if (!status_fits(answer, measured->exit_status))
        set_status(trial, CRASH, pool, "exit status %d after a row that says %s", measured->exit_status,
                   status_name(answer->status));
    else if (answer->status != OK && *answer->reason == '\0')
        set_status(trial, CRASH, pool, "printed a row that says %s without a reason", status_name(answer->status));
    else if (answer->status != OK)
        set_status(trial, answer->status, pool, "%s", answer->reason);
    else if (!answer->checksum.known || !answer->repeats.known || isnan(answer->work_s) || isnan(answer->work_cpu_s) ||
             isnan(answer->teardown_s) || isnan(answer->teardown_cpu_s))
        set_status(trial, CRASH, pool, "printed a row that says ok without an answer");
    else {
        set_status(trial, OK, pool, "%s", "");
        take_numbers(trial, measured, answer);
    }
}

/* A strategy that finds its heap damaged says so in a line of its own before it aborts (strategies/parts/damage.h), and knows
 * more than the signal. */
static void judge_signal(Trial *trial, int signal, const char *errors, TextPool *pool)
{
    const char *damage = strstr(errors, "damaged heap: ");
    if (damage && (damage == errors || damage[-1] == '\n'))
        set_status(trial, CRASH, pool, "%.*s", (int)strcspn(damage, "\n"), damage);
    else
        set_status(trial, CRASH, pool, "killed by signal %d (%s)", signal, strsignal(signal));
}

/* A cell that cannot use its input says why and ends with 2, before it has done anything. */
static void judge_refusal(Trial *trial, int exit_status, const char *errors, TextPool *pool)
{
    int length = strcspn(errors, "\n");
    bool is_of_input = exit_status == CANNOT_GO_ON && *trial->cell.input;
    if (is_of_input && length > 0)
        set_status(trial, UNSUPPORTED, pool, "%.*s", length, errors);
    else
        set_status(trial, CRASH, pool, "exit status %d%s%.*s", exit_status, length ? ": " : "", length, errors);
}

void verdict_on_run(Trial *trial, const Measured *measured, char *output, size_t length, const char *errors, TextPool *pool)
{
    Answer answer;
    Complaint complaint;
    int signal = measured->exit_status - FIRST_SIGNAL_STATUS;
    verdict_without_run(trial, CRASH, "", pool);
    if (length >= OUTPUT_LIMIT)
        set_status(trial, CRASH, pool, "printed %d KiB or more instead of a row", OUTPUT_LIMIT >> 10);
    else if (signal > 0 && signal <= SIGRTMAX)
        judge_signal(trial, signal, errors, pool);
    else if (measured->exit_status > 1)
        judge_refusal(trial, measured->exit_status, errors, pool);
    else if (!read_only_row(output, length, &answer, pool, &complaint))
        set_status(trial, CRASH, pool, "printed %s (exit status %d)", complaint.text, measured->exit_status);
    else
        believe(trial, measured, &answer, pool);
}

/* No figure of a wrong answer is kept but the answer. */
static void reject(Trial *trial, const char *what, Count found, uint64_t wanted, TextPool *pool)
{
    char reason[REASON_LENGTH];
    Count checksum = trial->checksum, operations = trial->operations;
    snprintf(reason, sizeof reason, "%s %" PRIu64 " instead of %" PRIu64, what, found.value, wanted);
    verdict_without_run(trial, WRONG, reason, pool);
    trial->checksum = checksum;
    trial->operations = operations;
}

void verdict_on_answer(Trial *trial, const Planned *planned, TextPool *pool)
{
    Count expected = planned->expected, work = planned->expected_operations;
    if (trial->status != OK)
        return;
    if (expected.known && trial->checksum.value != expected.value)
        reject(trial, "checksum", trial->checksum, expected.value, pool);
    else if (work.known && !trial->operations.known)
        verdict_without_run(trial, WRONG, "operations were counted in other trials and not in this one", pool);
    else if (work.known && trial->operations.value != work.value)
        reject(trial, "operations", trial->operations, work.value, pool);
}
