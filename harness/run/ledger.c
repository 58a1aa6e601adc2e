#include "ledger.h"

#include "durable.h"
#include "fail.h"
#include "memory.h"
#include "recorded.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void ledger_create(const char *file, const Trial *trial, size_t trials)
{
    Durable durable = durable_begin(file);
    rows_write_header(durable.out, &trial_layout);
    for (size_t i = 0; i < trials; i++)
        rows_write(durable.out, &trial_layout, &trial[i]);
    durable_end(&durable);
}

bool ledger_is_empty(const char *file, TextPool *pool)
{
    Sheet sheet = sheet_load_unfinished(file, &trial_layout, pool);
    bool empty = sheet.rows == 0 && !sheet.torn;
    sheet_free(&sheet);
    return empty;
}

static void cut_torn_line(const char *file, const Sheet *sheet)
{
    notice("%s:%zu: the last line was torn off while it was written; it is cut away and its trial is run again", file,
           sheet->torn);
    if (truncate(file, sheet->whole) != 0)
        fail("cannot shorten %s: %s", file, strerror(errno));
}

static void place(const char *file, size_t line, const Trial *trial, const Plan *plan, Trial *tried)
{
    size_t index;
    if (!plan_find(plan, trial->block, trial->position, &index))
        fail("%s:%zu: there is no block %" PRIu64 ", position %" PRIu64 " in plan.csv", file, line, trial->block,
             trial->position);
    if (!cells_equal(&trial->cell, &plan->trial[index].cell))
        fail("%s:%zu: this is not the cell that plan.csv has for block %" PRIu64 ", position %" PRIu64, file, line,
             trial->block, trial->position);
    if (tried[index].block != 0)
        fail("%s:%zu: block %" PRIu64 ", position %" PRIu64 " is there twice", file, line, trial->block, trial->position);
    recorded_row_must_suit(file, line, trial, &plan->trial[index]);
    tried[index] = *trial;
}

void ledger_must_suit(const char *file, const Sheet *sheet, const Plan *plan, Trial *tried)
{
    const Trial *trial = sheet->row;
    recorded_rows_must_be_whole(file, sheet);
    for (size_t i = 0; i < sheet->rows; i++)
        place(file, sheet->line[i], &trial[i], plan, tried);
}

void ledger_recover(const char *file, const Plan *plan, Trial *tried, TextPool *pool)
{
    Sheet sheet = sheet_load_unfinished(file, &trial_layout, pool);
    ledger_must_suit(file, &sheet, plan, tried);
    if (sheet.torn)
        cut_torn_line(file, &sheet);
    sheet_free(&sheet);
}

Ledger ledger_open(const char *file)
{
    struct stat found;
    Ledger ledger = { .file = text_format("%s", file) };
    ledger.descriptor = open(file, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (ledger.descriptor < 0 || fstat(ledger.descriptor, &found) != 0)
        fail("cannot write %s: %s", file, strerror(errno));
    ledger.length = found.st_size;
    ledger.inode = found.st_ino;
    return ledger;
}

/* What is written into a file that is gone would be lost, hours of it and without a word. */
static void must_be_ours(const Ledger *ledger)
{
    struct stat found;
    if (stat(ledger->file, &found) != 0)
        fail("cannot write %s, in the middle of its run: %s", ledger->file, strerror(errno));
    if (found.st_ino != ledger->inode || found.st_size != ledger->length)
        fail("%s is not as this run has left it: somebody else has changed it meanwhile", ledger->file);
}

static _Noreturn void take_back(Ledger *ledger, int error)
{
    bool shortened = ftruncate(ledger->descriptor, ledger->length) == 0;
    fail("cannot write %s: %s; %s", ledger->file, strerror(error),
         shortened ? "the rows before this one are kept" : "its last line is torn");
}

void ledger_append(Ledger *ledger, const Trial *trial)
{
    char *row;
    size_t length;
    FILE *out = open_memstream(&row, &length);
    if (out == NULL)
        fail("no memory for a row of %s", ledger->file);
    rows_write(out, &trial_layout, trial);
    if (fclose(out) != 0)
        fail("no memory for a row of %s", ledger->file);
    must_be_ours(ledger);
    ssize_t written = write(ledger->descriptor, row, length);
    if (written != (ssize_t)length)
        take_back(ledger, written < 0 ? errno : ENOSPC); /* a short write has no errno, but only one usual cause */
    if (fdatasync(ledger->descriptor) != 0)
        take_back(ledger, errno);
    ledger->length += length;
    free(row);
}

void ledger_close(Ledger *ledger)
{
    if (close(ledger->descriptor) != 0)
        fail("cannot write %s: %s", ledger->file, strerror(errno));
    free(ledger->file);
    *ledger = (Ledger){ 0 };
}
