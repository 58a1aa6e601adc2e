#include "recorded.h"

#include "fail.h"

#include <inttypes.h>
#include <math.h>

static double quantity_of(const Trial *trial, const Column *column)
{
    return *(const double *)((const char *)trial + column->offset);
}

/* Some systems tell no process its peak memory; then no row has it. */
static bool memory_is_told(const Sheet *trials)
{
    const Trial *trial = trials->row;
    for (size_t i = 0; i < trials->rows; i++)
        if (!isnan(trial[i].peak_rss_kib))
            return true;
    return false;
}

/* When a trial began is known of all of them; all else only of those that are ok. */
static bool must_be_known(const Trial *trial, const Column *column, bool memory_told)
{
    if (column->offset == offsetof(Trial, started_s))
        return true;
    return trial->status == OK && (memory_told || column->offset != offsetof(Trial, peak_rss_kib));
}

static void check_quantities(const char *file, size_t line, const Trial *trial, bool memory_told)
{
    for (size_t i = 0; i < trial_layout.columns; i++) {
        const Column *column = &trial_layout.column[i];
        if (column->kind != QUANTITY)
            continue;
        bool known = !isnan(quantity_of(trial, column)), needed = must_be_known(trial, column, memory_told);
        if (needed && !known)
            fail("%s:%zu: column %s: NA in a row that says %s", file, line, column->name, status_name(trial->status));
        if (known && !needed && trial->status != OK)
            fail("%s:%zu: column %s: a number in a row that says %s", file, line, column->name,
                 status_name(trial->status));
    }
}

/* Only an ok row has an answer, and one whose answer is wrong. */
static void check_answer(const char *file, size_t line, const Trial *trial)
{
    const char *status = status_name(trial->status);
    bool may_answer = trial->status == OK || trial->status == WRONG;
    if (trial->status == OK && !trial->checksum.known)
        fail("%s:%zu: column checksum: NA in a row that says %s", file, line, status);
    if (!may_answer && trial->checksum.known)
        fail("%s:%zu: column checksum: a number in a row that says %s", file, line, status);
    if (!may_answer && trial->operations.known)
        fail("%s:%zu: column operations: a number in a row that says %s", file, line, status);
}

void recorded_rows_must_be_whole(const char *file, const Sheet *trials)
{
    const Trial *trial = trials->row;
    bool memory_told = memory_is_told(trials);
    for (size_t i = 0; i < trials->rows; i++) {
        check_answer(file, trials->line[i], &trial[i]);
        check_quantities(file, trials->line[i], &trial[i], memory_told);
    }
}

void recorded_row_must_suit(const char *file, size_t line, const Trial *trial, const Planned *planned)
{
    Count expected = planned->expected, work = planned->expected_operations;
    if (*planned->unsupported && trial->status != UNSUPPORTED)
        fail("%s:%zu: column status: %s, but plan.csv says that this cell is unsupported", file, line,
             status_name(trial->status));
    if (trial->status != OK)
        return;
    if (expected.known && trial->checksum.value != expected.value)
        fail("%s:%zu: column checksum: %" PRIu64 " in a row that says ok, but plan.csv expects %" PRIu64, file, line,
             trial->checksum.value, expected.value);
    if (work.known && !(trial->operations.known && trial->operations.value == work.value))
        fail("%s:%zu: column operations: in a row that says ok it must be the %" PRIu64 " that plan.csv expects", file,
             line, work.value);
}
