#include "recorded.h"

#include "fail.h"

#include <inttypes.h>
#include <math.h>

static double quantity_of(const Trial *trial, const Column *column)
{
    return *(const double *)((const char *)trial + column->offset);
}

/* Not every system tells these; those that some row of a machine has, all of its ok rows have, but for what a strategy tells or
 * does not. */
static bool may_be_untold(const Column *column)
{
    return column->offset == offsetof(Trial, peak_rss_kib) || column->offset == offsetof(Trial, teardown_cpu_s) ||
           column->offset == offsetof(Trial, involuntary) || column->offset == offsetof(Trial, load);
}

static bool need_not_be_told(const Column *column)
{
    return column->offset == offsetof(Trial, collect_s) || column->offset == offsetof(Trial, steal_s);
}

/* Rows that stand together and are of one machine. */
typedef struct Stretch {
    const Trial *trial;
    const size_t *line;
    size_t trials;
} Stretch;

static Stretch stretch_from(const Sheet *trials, size_t first)
{
    Stretch stretch = { (const Trial *)trials->row + first, trials->line + first, 0 };
    while (first + stretch.trials < trials->rows && texts_equal(stretch.trial[stretch.trials].host, stretch.trial->host))
        stretch.trials++;
    return stretch;
}

static bool some_row_has(const Stretch *stretch, const Column *column)
{
    for (size_t i = 0; i < stretch->trials; i++)
        if (!isnan(quantity_of(&stretch->trial[i], column)))
            return true;
    return false;
}

/* When a trial began is known of all of them; all else only of those that are ok. */
static bool must_be_known(const Trial *trial, const Column *column, bool is_told)
{
    if (column->offset == offsetof(Trial, started_s))
        return true;
    return trial->status == OK && is_told;
}

static void check_quantity(const char *file, const Stretch *stretch, const Column *column)
{
    const Trial *trial = stretch->trial;
    bool is_told = !need_not_be_told(column) && (!may_be_untold(column) || some_row_has(stretch, column));
    for (size_t i = 0; i < stretch->trials; i++) {
        bool known = !isnan(quantity_of(&trial[i], column)), needed = must_be_known(&trial[i], column, is_told);
        if (needed && !known)
            fail("%s:%zu: column %s: NA in a row that says %s", file, stretch->line[i], column->name,
                 status_name(trial[i].status));
        if (known && !needed && trial[i].status != OK)
            fail("%s:%zu: column %s: a number in a row that says %s", file, stretch->line[i], column->name,
                 status_name(trial[i].status));
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
    for (size_t i = 0; i < trials->rows; i++)
        check_answer(file, trials->line[i], &trial[i]);
    for (size_t first = 0; first < trials->rows;) {
        Stretch stretch = stretch_from(trials, first);
        for (size_t i = 0; i < trial_layout.columns; i++)
            if (trial_layout.column[i].kind == QUANTITY)
                check_quantity(file, &stretch, &trial_layout.column[i]);
        first += stretch.trials;
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
