#include "pilot.h"

#include "clock.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_run(const Planned *planned)
{
    return *planned->unsupported == '\0';
}

/* Whether a cell is tried in the pilot: the baseline's are; all are when it has none that can be. */
static bool *choose(const Plan *block, const char *baseline)
{
    bool *chosen = memory_new(block->trials, sizeof *chosen), any = false;
    for (size_t i = 0; i < block->trials; i++) {
        const Cell *cell = &block->trial[i].cell;
        chosen[i] = is_run(&block->trial[i]) && !cell->control && strcmp(cell->strategy, baseline) == 0;
        any = any || chosen[i];
    }
    for (size_t i = 0; i < block->trials && !any; i++)
        chosen[i] = is_run(&block->trial[i]);
    return chosen;
}

/* What each chosen cell took, and NAN for the others. */
static int time_cells(const Plan *block, const bool *chosen, const Conditions *conditions, Texts *texts, double *took_s)
{
    for (size_t i = 0; i < block->trials; i++) {
        took_s[i] = NAN;
        if (!chosen[i])
            continue;
        Trial trial;
        double began = seconds_now();
        int signal = trial_run(conditions, &block->trial[i], texts, &trial);
        if (signal)
            return signal;
        took_s[i] = seconds_now() - began;
    }
    return 0;
}

/* The mean over those that were timed and are like the cell: same variant and size, or same workload, or any. */
static double mean_of_like(const Plan *block, const double *took_s, const Cell *cell, int likeness)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < block->trials; i++) {
        const Cell *timed = &block->trial[i].cell;
        bool same_workload = strcmp(timed->workload, cell->workload) == 0;
        bool same_work = same_workload && strcmp(timed->variant, cell->variant) == 0 && timed->size == cell->size;
        if (isnan(took_s[i]) || (likeness >= 1 && !same_workload) || (likeness >= 2 && !same_work))
            continue;
        sum += took_s[i];
        n++;
    }
    return n ? sum / n : NAN;
}

static double estimate_cell(const Plan *block, const double *took_s, const Cell *cell)
{
    for (int likeness = 2; likeness >= 0; likeness--) {
        double estimate = mean_of_like(block, took_s, cell, likeness);
        if (!isnan(estimate))
            return estimate;
    }
    return 0;
}

int pilot_run(const Plan *block, const char *baseline, const Conditions *conditions, Texts *texts, double *block_s)
{
    bool *chosen = choose(block, baseline);
    double *took_s = memory_new(block->trials, sizeof *took_s);
    int signal = time_cells(block, chosen, conditions, texts, took_s);
    *block_s = 0;
    for (size_t i = 0; i < block->trials && !signal; i++)
        if (is_run(&block->trial[i]))
            *block_s += estimate_cell(block, took_s, &block->trial[i].cell);
    free(took_s);
    free(chosen);
    return signal;
}
