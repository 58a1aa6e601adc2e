#include "lockstep.h"

#include "fail.h"
#include "memory.h"
#include "recorded.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PLACE "block %" PRIu64 ", position %" PRIu64

static size_t common_columns(const Layout *a, const Layout *b)
{
    size_t common = 0;
    while (common < a->columns && common < b->columns && texts_equal(a->column[common].name, b->column[common].name))
        common++;
    return common;
}

/* Its place, and what is expected: its cell is read where it is asked for, which mostly it is not. */
static void next_planned(Lockstep *lockstep)
{
    Planned *planned = &lockstep->planned;
    const RowReader *plan = &lockstep->plan;
    lockstep->is_over = !row_reader_next(&lockstep->plan);
    if (lockstep->is_over)
        return;
    row_reader_parse(plan, lockstep->common, planned, &lockstep->pool);
    if (!parse_natural(csv_field(&plan->record, 0), &planned->block) ||
        !parse_natural(csv_field(&plan->record, 1), &planned->position))
        fail("%s:%zu: block or position is no number", plan->file, plan->record.line);
}

Lockstep lockstep_begin(const char *plan_file)
{
    Lockstep lockstep = { .plan = row_reader_open(plan_file, &planned_layout) };
    lockstep.common = common_columns(&planned_layout, &trial_layout);
    next_planned(&lockstep);
    return lockstep;
}

static bool is_within(const Lockstep *lockstep, uint64_t block)
{
    return !lockstep->is_over && lockstep->planned.block == block;
}

void lockstep_skip(Lockstep *lockstep, uint64_t block)
{
    while (is_within(lockstep, block))
        next_planned(lockstep);
}

/* What does not begin with the same bytes as the plan's row must come to the same. */
static void parse_whole(Lockstep *lockstep, const RowReader *trials, Trial *trial, TextPool *pool)
{
    const Planned *planned = &lockstep->planned;
    row_reader_parse(trials, 0, trial, pool);
    row_reader_parse(&lockstep->plan, 0, &lockstep->planned, &lockstep->pool);
    if (trial->block != planned->block || trial->position != planned->position)
        fail("%s:%zu: " PLACE " stands where plan.csv has " PLACE, trials->file, trials->record.line, trial->block,
             trial->position, planned->block, planned->position);
    if (!cells_equal(&trial->cell, &planned->cell))
        fail("%s:%zu: this is not the cell that plan.csv has for " PLACE, trials->file, trials->record.line, trial->block,
             trial->position);
}

static void parse_trial(Lockstep *lockstep, const RowReader *trials, Trial *trial, TextPool *pool)
{
    if (csv_same_beginning(&trials->record, &lockstep->plan.record, lockstep->common))
        row_reader_parse(trials, lockstep->common, trial, pool);
    else
        parse_whole(lockstep, trials, trial, pool);
}

static void must_be_of(const char *host, const Trial *trial, const RowReader *trials)
{
    if (!texts_equal(trial->host, host))
        fail("%s:%zu: column host: `%s`, but host.json says `%s`", trials->file, trials->record.line, trial->host, host);
}

static Trial *room_for_trial(Lockstep *lockstep)
{
    Sheet *block = &lockstep->block;
    block->row = memory_room(block->row, &lockstep->trial_room, block->rows + 1, sizeof(Trial));
    block->line = memory_room(block->line, &lockstep->line_room, block->rows + 1, sizeof *block->line);
    return (Trial *)block->row + block->rows++;
}

static void read_trial(Lockstep *lockstep, RowReader *trials, const char *host, TextPool *pool)
{
    Trial *trial = room_for_trial(lockstep);
    if (!row_reader_next(trials))
        fail("%s:%zu: it ends before " PLACE ", which plan.csv has", trials->file, trials->record.line,
             lockstep->planned.block, lockstep->planned.position);
    parse_trial(lockstep, trials, trial, pool);
    must_be_of(host, trial, trials);
    lockstep->block.line[lockstep->block.rows - 1] = trials->record.line;
    recorded_row_must_suit(trials->file, trials->record.line, trial, &lockstep->planned);
}

/* The texts of trials, which may be as many as these are, go with their block. */
void lockstep_write(Lockstep *lockstep, uint64_t block, const char *trials_file, const char *host, FILE *out)
{
    TextPool pool = { 0 };
    RowReader trials = row_reader_open(trials_file, &trial_layout);
    lockstep->block.rows = 0;
    for (; is_within(lockstep, block); next_planned(lockstep)) {
        read_trial(lockstep, &trials, host, &pool);
        csv_write_record(out, &trials.record);
    }
    if (row_reader_next(&trials))
        fail("%s:%zu: plan.csv has no such trial in block %" PRIu64, trials_file, trials.record.line, block);
    recorded_rows_must_be_whole(trials_file, &lockstep->block);
    row_reader_close(&trials);
    text_pool_free(&pool);
}

void lockstep_end(Lockstep *lockstep)
{
    if (!lockstep->is_over)
        fail("%s:%zu: block %" PRIu64 " cannot stand here", lockstep->plan.file, lockstep->plan.record.line,
             lockstep->planned.block);
    row_reader_close(&lockstep->plan);
    sheet_free(&lockstep->block);
    text_pool_free(&lockstep->pool);
}
