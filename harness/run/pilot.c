#include "pilot.h"

#include "clock.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>

static bool is_baselines(const Planned *planned, const char *baseline)
{
    return planned_is_run(planned) && !planned->cell.control && texts_equal(planned->cell.strategy, baseline);
}

static bool baseline_runs(const Plan *block, const char *baseline, const Cell *cell)
{
    for (size_t i = 0; i < block->trials; i++)
        if (is_baselines(&block->trial[i], baseline) && same_task(&block->trial[i].cell, cell))
            return true;
    return false;
}

static bool is_chosen(const Plan *block, const char *baseline, const Planned *planned)
{
    bool enough = planned->expected.known && baseline_runs(block, baseline, &planned->cell);
    return enough ? is_baselines(planned, baseline) : planned_is_run(planned) && !planned->cell.control;
}

int pilot_run(Pilot *pilot, const Plan *block, const char *baseline, const Conditions *conditions, TextPool *pool)
{
    pilot->trial = memory_new(block->trials, sizeof *pilot->trial);
    pilot->took_s = memory_new(block->trials, sizeof *pilot->took_s);
    int signal = 0;
    for (size_t i = 0; i < block->trials && !signal; i++) {
        pilot->trial[i].status = UNSUPPORTED;
        pilot->took_s[i] = NAN;
        if (!is_chosen(block, baseline, &block->trial[i]))
            continue;
        double began = seconds_now();
        signal = trial_run(conditions, &block->trial[i], pool, &pilot->trial[i]);
        pilot->took_s[i] = seconds_now() - began;
    }
    return signal;
}

typedef enum Likeness { ANY, SAME_WORKLOAD, SAME_VARIANT_AND_SIZE, SAME_CELL } Likeness;

static Likeness likeness_of(const Cell *a, const Cell *b)
{
    if (!texts_equal(a->workload, b->workload))
        return ANY;
    if (!texts_equal(a->variant, b->variant) || a->size != b->size)
        return SAME_WORKLOAD;
    return texts_equal(a->strategy, b->strategy) ? SAME_CELL : SAME_VARIANT_AND_SIZE;
}

/* The mean over those that were timed and are so like the cell. */
static double mean_of_like(const Plan *block, const double *took_s, const Cell *cell, Likeness least)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < block->trials; i++) {
        if (isnan(took_s[i]) || likeness_of(&block->trial[i].cell, cell) < least)
            continue;
        sum += took_s[i];
        n++;
    }
    return n ? sum / n : NAN;
}

static double estimate_cell(const Plan *block, const double *took_s, const Cell *cell)
{
    for (int likeness = SAME_CELL; likeness >= ANY; likeness--) {
        double estimate = mean_of_like(block, took_s, cell, likeness);
        if (!isnan(estimate))
            return estimate;
    }
    return 0;
}

double pilot_block_s(const Pilot *pilot, const Plan *block)
{
    double block_s = 0;
    for (size_t i = 0; i < block->trials; i++)
        if (planned_is_run(&block->trial[i]))
            block_s += estimate_cell(block, pilot->took_s, &block->trial[i].cell);
    return block_s;
}

void pilot_free(Pilot *pilot)
{
    free(pilot->trial);
    free(pilot->took_s);
    *pilot = (Pilot){ 0 };
}
