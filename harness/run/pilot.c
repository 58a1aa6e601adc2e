#include "pilot.h"

#include "clock.h"
#include "memory.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>

int pilot_run(Pilot *pilot, const Plan *block, const Conditions *conditions, TextPool *pool)
{
    pilot->trial = memory_new(block->trials, sizeof *pilot->trial);
    pilot->took_s = memory_new(block->trials, sizeof *pilot->took_s);
    int signal = 0;
    for (size_t i = 0; i < block->trials && !signal; i++) {
        pilot->trial[i].status = UNSUPPORTED;
        pilot->took_s[i] = NAN;
        if (!planned_is_run(&block->trial[i]) || block->trial[i].cell.control)
            continue;
        double began = seconds_now();
        signal = trial_run(conditions, &block->trial[i], pool, &pilot->trial[i]);
        pilot->took_s[i] = seconds_now() - began;
    }
    return signal;
}

/* The control of a cell takes as long as the cell. */
static double time_of(const Pilot *pilot, const Plan *block, const Cell *cell)
{
    for (size_t i = 0; i < block->trials; i++)
        if (!isnan(pilot->took_s[i]) && work_order(&block->trial[i].cell, cell) == 0 &&
            same_series(&block->trial[i].cell, cell))
            return pilot->took_s[i];
    return 0;
}

double pilot_block_s(const Pilot *pilot, const Plan *block)
{
    double block_s = 0;
    for (size_t i = 0; i < block->trials; i++)
        if (planned_is_run(&block->trial[i]))
            block_s += time_of(pilot, block, &block->trial[i].cell);
    return block_s;
}

void pilot_free(Pilot *pilot)
{
    free(pilot->trial);
    free(pilot->took_s);
    *pilot = (Pilot){ 0 };
}
