#include "costs.h"

#include "count_rows.h"
#include "groups.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>

/* With room for the costs of so many cells. */
static WorkCosts *new_work(AllCosts *all, size_t costs)
{
    all->work = memory_room(all->work, &all->room, all->works + 1, sizeof *all->work);
    WorkCosts *work = &all->work[all->works++];
    *work = (WorkCosts){ .cost = memory_new(costs, sizeof *work->cost) };
    return work;
}

void costs_free(AllCosts *all)
{
    for (size_t i = 0; i < all->works; i++) {
        for (size_t j = 0; j < all->work[i].costs; j++) {
            free(all->work[i].cost[j].whole);
            free(all->work[i].cost[j].bare);
        }
        free(all->work[i].cost);
        arrangement_free(&all->work[i].arranged);
    }
    free(all->work);
    *all = (AllCosts){ 0 };
}

/* ---- By processor time ---------------------------------------------------------------------------------------------- */

static double whole_of(const Trial *trial)
{
    return trial->status == OK && trial->repeats.known ? trial->work_cpu_s + trial->teardown_cpu_s / trial->repeats.value : NAN;
}

/* Collections are timed by the wall, which goes on while another process has the core: of the processor's time they had the
 * share that they had of the work's. Those of several threads may seem to be more than there is, and tell nothing. */
static double bare_of(const Trial *trial)
{
    double collect_cpu_s = trial->collect_s * fmin(1, trial->work_cpu_s / trial->work_s);
    return collect_cpu_s < trial->work_cpu_s ? trial->work_cpu_s - collect_cpu_s : trial->work_cpu_s;
}

static size_t measured_blocks(Group cell)
{
    size_t blocks = 0;
    for (size_t i = 0; i < cell.trials; i++)
        blocks += whole_of(cell.trial[i]) > 0;
    return blocks;
}

/* The cell that was measured most often. */
static Group fullest(Group work)
{
    Group full = { work.trial, 0 };
    const Trial **end = work.trial + work.trials;
    for (const Trial **trial = work.trial; trial < end;) {
        Group cell = group_at(trial, end);
        if (!(*trial)->cell.control && (full.trials == 0 || measured_blocks(cell) > measured_blocks(full)))
            full = cell;
        trial += cell.trials;
    }
    return full;
}

/* Where the blocks in which it was measured go. */
static Arrangement arrangement_of_blocks(Group cell, size_t blocks, const RunHosts *hosts)
{
    uint64_t *block = memory_new(blocks + 1, sizeof *block);
    for (size_t i = 0, n = 0; i < cell.trials; i++)
        if (whole_of(cell.trial[i]) > 0)
            block[n++] = cell.trial[i]->block;
    Arrangement arrangement = arrangement_of(hosts, block, blocks);
    free(block);
    return arrangement;
}

/* Of the blocks of `full`, which go to `place`; a cell that misses one has no cost. */
static Cost cost_of(Group cell, Group full, const size_t *place, size_t blocks)
{
    Cost cost = { (*cell.trial)->cell, memory_new(blocks, sizeof(double)), memory_new(blocks, sizeof(double)) };
    size_t n = 0;
    for (size_t i = 0, j = 0; i < full.trials; i++) {
        if (!(whole_of(full.trial[i]) > 0))
            continue;
        while (j < cell.trials && cell.trial[j]->block < full.trial[i]->block)
            j++;
        if (j == cell.trials || cell.trial[j]->block != full.trial[i]->block || !(whole_of(cell.trial[j]) > 0))
            break;
        cost.whole[place[n]] = log(whole_of(cell.trial[j]));
        cost.bare[place[n++]] = log(bare_of(cell.trial[j]));
    }
    if (n == blocks && n > 0)
        return cost;
    free(cost.whole);
    free(cost.bare);
    return (Cost){ cost.cell, NULL, NULL };
}

/* Of an unfinished run it may be that only the control of a work was tried: then there is nothing to bound. */
static bool has_cells(Group of)
{
    const Trial **end = of.trial + of.trials;
    for (const Trial **trial = of.trial; trial < end; trial += group_at(trial, end).trials)
        if (!(*trial)->cell.control)
            return true;
    return false;
}

static size_t count_cells(Group of)
{
    const Trial **end = of.trial + of.trials;
    size_t cells = 0;
    for (const Trial **trial = of.trial; trial < end; trial += group_at(trial, end).trials)
        cells++;
    return cells;
}

static void add_work(AllCosts *all, Group of, const RunHosts *hosts)
{
    if (!has_cells(of))
        return;
    Group full = fullest(of);
    WorkCosts *work = new_work(all, count_cells(of));
    work->blocks = measured_blocks(full);
    work->arranged = arrangement_of_blocks(full, work->blocks, hosts);
    const Trial **end = of.trial + of.trials;
    for (const Trial **trial = of.trial; trial < end;) {
        Group cell = group_at(trial, end);
        if (!(*trial)->cell.control)
            work->cost[work->costs++] = cost_of(cell, full, work->arranged.place, work->blocks);
        trial += cell.trials;
    }
}

AllCosts costs_of_trials(Group trials, const RunHosts *hosts)
{
    AllCosts all = { .by = "total_cpu_s" };
    const Trial **end = trials.trial + trials.trials;
    for (const Trial **trial = trials.trial; trial < end;) {
        Group work = work_from(trial, end);
        add_work(&all, work, hosts);
        trial += work.trials;
    }
    return all;
}

void costs_append(AllCosts *all, AllCosts *more, TextPool *pool)
{
    all->by = more->by;
    all->work = memory_room(all->work, &all->room, all->works + more->works, sizeof *all->work);
    for (size_t i = 0; i < more->works; i++) {
        WorkCosts *work = &all->work[all->works++];
        *work = more->work[i];
        for (size_t j = 0; j < work->costs; j++)
            cell_intern(&work->cost[j].cell, pool);
    }
    free(more->work);
    *more = (AllCosts){ 0 };
}

/* ---- By instructions ------------------------------------------------------------------------------------------------ */

static int by_cell(const void *a, const void *b)
{
    return cell_order(&(*(const Instructions *const *)a)->cell, &(*(const Instructions *const *)b)->cell);
}

static double *one_log(double value)
{
    double *number = memory_new(1, sizeof *number);
    *number = log(value);
    return number;
}

static Cost counted_cost(const Instructions *row)
{
    Cost cost = { row->cell, NULL, NULL };
    double whole = instructions_without_start(row);
    if (whole > 0 && row->part[WORK].known && row->part[WORK].value > 0) {
        cost.whole = one_log(whole);
        cost.bare = one_log(row->part[WORK].value);
    }
    return cost;
}

AllCosts costs_of_instructions(const Sheet *instructions)
{
    AllCosts all = { .by = "instructions", .repeat = true };
    const Instructions *row = instructions->row, **sorted = memory_new(instructions->rows, sizeof *sorted);
    for (size_t i = 0; i < instructions->rows; i++)
        sorted[i] = &row[i];
    qsort(sorted, instructions->rows, sizeof *sorted, by_cell);
    for (size_t i = 0; i < instructions->rows;) {
        WorkCosts *work = new_work(&all, instructions->rows - i);
        work->blocks = 1;
        work->arranged = arrangement_of(NULL, &(uint64_t){ 1 }, 1);
        const Cell *cell = &sorted[i]->cell;
        for (; i < instructions->rows && work_order(&sorted[i]->cell, cell) == 0; i++)
            work->cost[work->costs++] = counted_cost(sorted[i]);
    }
    free(sorted);
    return all;
}
