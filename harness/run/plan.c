#include "plan.h"

#include "fail.h"
#include "memory.h"
#include "random.h"
#include "row_reader.h"
#include "series.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

size_t plan_sizes(const Description *variant, Mode mode, uint64_t sizes[SIZES_MAX])
{
    uint64_t largest = sizes[0] = mode_size(mode, variant);
    size_t count = 1;
    for (const char *by = variant->swept; *by && count < SIZES_MAX; by += strcspn(by, ";"), by += *by == ';') {
        uint64_t size = largest / strtoull(by, NULL, 10);
        if (size > 0 && size < sizes[count - 1])
            sizes[count++] = size;
    }
    return count;
}

static void add(Plan *plan, Cell cell, const char *unsupported)
{
    plan->trial = memory_resize(plan->trial, plan->trials + 1, sizeof *plan->trial);
    plan->trial[plan->trials++] = (Planned){ .cell = cell, .unsupported = unsupported };
}

/* The cell at each of the mode's sizes; `twice`: and its control. */
static void add_sizes_of(Plan *block, Cell cell, const Description *variant, Mode mode, bool twice)
{
    uint64_t sizes[SIZES_MAX];
    size_t count = plan_sizes(variant, mode, sizes);
    for (size_t i = 0; i < count; i++) {
        cell.size = sizes[i];
        cell.control = false;
        add(block, cell, variant->reason);
        cell.control = true;
        if (twice)
            add(block, cell, variant->reason);
    }
}

Plan plan_block(const Catalogue *catalogue, Configurations configurations, Mode mode, const char *baseline, uint64_t seed)
{
    Plan block = { .blocks = 1 };
    for (size_t i = 0; i < catalogue->variants; i++) {
        const Description *variant = &catalogue->variant[i];
        bool is_baseline = texts_equal(variant->strategy, baseline) && catalogue_is_usual(catalogue, i);
        Cell cell = variant_cell(variant, 0, seed);
        cell.input = inputs_id(&catalogue->inputs, variant->workload);
        add_sizes_of(&block, cell, variant, mode, is_baseline);
        for (size_t c = 0; c < configurations.count; c++) {
            cell.settings = configurations.at[c].settings;
            if (texts_equal(configurations.at[c].strategy, variant->strategy))
                add_sizes_of(&block, cell, variant, mode, false);
        }
    }
    return block;
}

static bool is_first_of_series(const Plan *plan, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (same_series(&plan->trial[j].cell, &plan->trial[i].cell))
            return false;
    return true;
}

size_t plan_series(const Plan *plan)
{
    size_t series = 0;
    for (size_t i = 0; i < plan->trials / plan->blocks; i++)
        series += is_first_of_series(plan, i);
    return series;
}

/* Fisher and Yates, as Durstenfeld has it (1964, "Algorithm 235: random permutation"). */
static void shuffle(Planned *trial, size_t trials, Random *random)
{
    for (size_t left = trials; left > 1; left--) {
        size_t chosen = random_below(random, left);
        Planned last = trial[left - 1];
        trial[left - 1] = trial[chosen];
        trial[chosen] = last;
    }
}

void plan_each(const Plan *block, uint64_t blocks, uint64_t seed, PlanVisitor *visit, void *with)
{
    size_t cells = block->trials;
    Planned *trial = memory_new(cells, sizeof *trial);
    Random random = random_seeded(seed);
    for (uint64_t b = 1; b <= blocks; b++) {
        memcpy(trial, block->trial, cells * sizeof *trial);
        shuffle(trial, cells, &random);
        for (size_t i = 0; i < cells; i++) {
            trial[i].block = b;
            trial[i].position = i + 1;
        }
        visit(trial, cells, with);
    }
    free(trial);
}

static void keep_all(const Planned *trial, size_t trials, void *with)
{
    Plan *plan = with;
    memcpy(plan->trial + plan->trials, trial, trials * sizeof *trial);
    plan->trials += trials;
}

Plan plan_shuffled(const Plan *block, uint64_t blocks, uint64_t seed)
{
    Plan plan = { .blocks = blocks, .trial = memory_new(blocks * block->trials, sizeof *plan.trial) };
    plan_each(block, blocks, seed, keep_all, &plan);
    return plan;
}

static void keep_last(const Planned *trial, size_t trials, void *with)
{
    Plan *plan = with;
    memcpy(plan->trial, trial, trials * sizeof *trial);
}

/* Those before it are drawn as well: block 5,000 of 2,016 cells takes 0.02 s. */
Plan plan_drawn(const Plan *block, uint64_t number, uint64_t seed)
{
    Plan plan = { .blocks = 1, .trials = block->trials, .trial = memory_new(block->trials, sizeof *plan.trial) };
    plan_each(block, number, seed, keep_last, &plan);
    return plan;
}

/* A block of numbers is shuffled alike, and shows where each came from. */
Plan plan_unshuffled(const Plan *first, uint64_t seed)
{
    size_t cells = first->trials;
    Plan numbered = { .blocks = 1, .trials = cells, .trial = memory_new(cells, sizeof *numbered.trial) };
    Plan block = { .blocks = 1, .trials = cells, .trial = memory_new(cells, sizeof *block.trial) };
    for (size_t i = 0; i < cells; i++)
        numbered.trial[i].cell.size = i;
    Plan shuffled = plan_drawn(&numbered, 1, seed);
    for (size_t i = 0; i < cells; i++)
        block.trial[shuffled.trial[i].cell.size] = first->trial[i];
    plan_free(&numbered);
    plan_free(&shuffled);
    return block;
}

bool planned_is_run(const Planned *planned)
{
    return *planned->unsupported == '\0';
}

bool planned_failed(const Planned *planned, const Trial *trial)
{
    return planned_is_run(planned) && trial->status != OK;
}

size_t plan_runs(const Plan *plan)
{
    size_t runs = 0;
    for (size_t i = 0; i < plan->trials; i++)
        runs += planned_is_run(&plan->trial[i]);
    return runs;
}

static void write_block(const Planned *trial, size_t trials, void *with)
{
    for (size_t i = 0; i < trials; i++)
        rows_write(with, &planned_layout, &trial[i]);
}

void plan_write(FILE *out, const Plan *block, uint64_t blocks, uint64_t seed)
{
    rows_write_header(out, &planned_layout);
    plan_each(block, blocks, seed, write_block, out);
}

/* The next trial is the next position of the same block, or the first of the next block. */
static bool follows(const Planned *before, const Planned *trial)
{
    bool same_block = trial->block == before->block && trial->block > 0 && trial->position == before->position + 1;
    bool next_block = trial->block == before->block + 1 && trial->position == 1;
    return same_block || next_block;
}

static void check_order(const char *file, const Sheet *sheet)
{
    const Planned *trial = sheet->row;
    Planned before = { .block = 0 };
    for (size_t i = 0; i < sheet->rows; before = trial[i++]) {
        if (!follows(&before, &trial[i]))
            fail("%s:%zu: block %" PRIu64 ", position %" PRIu64 " cannot stand here", file, sheet->line[i],
                 trial[i].block, trial[i].position);
        if (trial[i].cell.size == 0)
            fail("%s:%zu: column size: 0 is no size", file, sheet->line[i]);
    }
}

Plan plan_load(const char *file, TextPool *pool)
{
    Sheet sheet = sheet_load_unfinished(file, &planned_layout, pool);
    if (sheet.torn || sheet.rows == 0)
        fail("%s:%zu: the plan ends here, unfinished", file, sheet.torn ? sheet.torn : sheet.rows + 2);
    check_order(file, &sheet);
    Plan plan = { .trial = sheet.row, .trials = sheet.rows };
    plan.blocks = plan.trial[plan.trials - 1].block;
    free(sheet.line);
    return plan;
}

Plan plan_load_first(const char *file, TextPool *pool)
{
    Sheet sheet = { 0 };
    size_t room = 0, lines = 0;
    RowReader reader = row_reader_open(file, &planned_layout);
    while (row_reader_next(&reader)) {
        Planned planned;
        row_reader_parse(&reader, 0, &planned, pool);
        if (planned.block != 1)
            break;
        sheet.row = memory_room(sheet.row, &room, sheet.rows + 1, sizeof planned);
        sheet.line = memory_room(sheet.line, &lines, sheet.rows + 1, sizeof *sheet.line);
        sheet.line[sheet.rows] = reader.record.line;
        ((Planned *)sheet.row)[sheet.rows++] = planned;
    }
    if (sheet.rows == 0)
        fail("%s:%zu: the plan ends here, unfinished", file, reader.record.line);
    check_order(file, &sheet);
    row_reader_close(&reader);
    free(sheet.line);
    return (Plan){ .trial = sheet.row, .trials = sheet.rows, .blocks = 1 };
}

static int by_place(const void *a, const void *b)
{
    const Planned *x = a, *y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

bool plan_find(const Plan *plan, uint64_t block, uint64_t position, size_t *index)
{
    Planned key = { .block = block, .position = position };
    const Planned *found = bsearch(&key, plan->trial, plan->trials, sizeof key, by_place);
    if (found)
        *index = found - plan->trial;
    return found != NULL;
}

void plan_free(Plan *plan)
{
    free(plan->trial);
    *plan = (Plan){ 0 };
}
