/* Trials in the order of running, each as a multiple of its cell's median; what the middle of them does; and what else went
 * on. */
#include "chart_tables.h"

#include "bounds.h"
#include "memory.h"
#include "statistics.h"

#include <stdlib.h>

enum {
    WINDOW = 51,     /* trials of which a running median is: a few per cent of a block */
    COLUMNS = 345,   /* two pixels each: what falls on one is one dot, or one mark */
    LEVELS = 115,    /* likewise */
};
#define FARTHEST 2.0

typedef struct Step {
    const Trial *trial;
    double ratio; /* to the cell's median */
} Step;

typedef struct Steps {
    Step *step;
    size_t count;
    size_t last; /* number of the last trial of the run, from 1 */
} Steps;

static size_t trials_a_block(const Sheet *sheet)
{
    const Trial *trial = sheet->row;
    size_t most = 1;
    for (size_t i = 0; i < sheet->rows; i++)
        most = larger(most, trial[i].position);
    return most;
}

/* The trial's number in the run, from 1. */
static size_t number_of(const Trial *trial, size_t a_block)
{
    return (trial->block - 1) * a_block + trial->position;
}

static int by_running(const void *a, const void *b)
{
    const Trial *p = ((const Step *)a)->trial, *q = ((const Step *)b)->trial;
    if (p->block != q->block)
        return p->block < q->block ? -1 : 1;
    return (p->position > q->position) - (p->position < q->position);
}

static Steps steps_of(const ChartData *data)
{
    const TrialGroups *groups = &data->trials;
    size_t total = 0;
    for (size_t i = 0; i < groups->count; i++)
        total += groups->group[i].count;
    Steps steps = { .step = memory_new(total + 1, sizeof *steps.step) };
    for (size_t i = 0; i < groups->count; i++) {
        const TrialGroup *group = &groups->group[i];
        double middle = quartiles_of(group->time, group->count).median;
        for (size_t t = 0; t < group->count && group->count > 1; t++) /* one alone is its own median */
            steps.step[steps.count++] = (Step){ group->trial[t], group->time[t] / middle };
    }
    qsort(steps.step, steps.count, sizeof *steps.step, by_running);
    return steps;
}

static const Sheet *trials_of(const ChartData *data)
{
    return source_rows(data->sources, "trials.csv", &trial_layout);
}

static size_t column_of(size_t number, size_t last)
{
    return number * COLUMNS / (last + 1);
}

void write_drift_dots(FILE *out, const ChartData *data)
{
    fputs("trial\tratio\n", out);
    Steps steps = steps_of(data);
    size_t a_block = trials_a_block(trials_of(data));
    size_t last = steps.count ? number_of(steps.step[steps.count - 1].trial, a_block) : 0;
    bool *taken = memory_new(COLUMNS * (LEVELS + 1), sizeof *taken);
    for (size_t i = 0; i < steps.count; i++) {
        size_t number = number_of(steps.step[i].trial, a_block);
        double ratio = fmin(fmax(steps.step[i].ratio, 1 / FARTHEST), FARTHEST);
        size_t level = (log2(ratio) + 1) / 2 * LEVELS; /* the farthest is LEVELS itself */
        bool *dot = &taken[column_of(number, last) * (LEVELS + 1) + level];
        if (*dot)
            continue;
        *dot = true;
        fprintf(out, "%zu\t%.4g\n", number, ratio);
    }
    free(taken);
    free(steps.step);
}

/* A point for each column at most; at the ends of the run over as many trials as there are. */
void write_drift_medians(FILE *out, const ChartData *data)
{
    fputs("trial\tratio\n", out);
    Steps steps = steps_of(data);
    size_t a_block = trials_a_block(trials_of(data)), drawn = COLUMNS;
    size_t last = steps.count ? number_of(steps.step[steps.count - 1].trial, a_block) : 0;
    for (size_t i = 0; i < steps.count; i++) {
        size_t number = number_of(steps.step[i].trial, a_block), count = 0;
        if (column_of(number, last) == drawn)
            continue;
        drawn = column_of(number, last);
        double window[WINDOW];
        for (size_t j = i > WINDOW / 2 ? i - WINDOW / 2 : 0; j < steps.count && j <= i + WINDOW / 2; j++)
            window[count++] = steps.step[j].ratio;
        fprintf(out, "%zu\t%.4g\n", number, median(window, count));
    }
    free(steps.step);
}

/* A part of a trial's wall time: less of it is below what runs can tell. And tasks that ran or waited besides the trial. */
#define STOLEN_SHARE 0.01
#define LOADED 1

/* Trials that the machine's other users took time from, and those that they ran beside. */
void write_drift_marks(FILE *out, const ChartData *data)
{
    fputs("trial\tkind\n", out);
    const Sheet *sheet = trials_of(data);
    const Trial *trial = sheet->row;
    size_t a_block = trials_a_block(sheet), last = sheet->rows ? number_of(&trial[sheet->rows - 1], a_block) : 0;
    size_t stolen = COLUMNS, loaded = COLUMNS; /* columns that have their mark: rows stand in the order of running */
    for (size_t i = 0; i < sheet->rows; i++) {
        size_t number = number_of(&trial[i], a_block), column = column_of(number, last);
        if (trial[i].steal_s > STOLEN_SHARE * trial[i].wall_s && column != stolen)
            stolen = column, fprintf(out, "%zu\tstolen\n", number);
        if (trial[i].load >= LOADED && column != loaded)
            loaded = column, fprintf(out, "%zu\tloaded\n", number);
    }
}

void write_drift_blocks(FILE *out, const ChartData *data)
{
    fputs("block\tfirst\tlast\n", out);
    const Sheet *sheet = trials_of(data);
    const Trial *trial = sheet->row;
    size_t a_block = trials_a_block(sheet), blocks = 0;
    for (size_t i = 0; i < sheet->rows; i++)
        blocks = larger(blocks, trial[i].block);
    for (size_t block = 1; block <= blocks; block++)
        fprintf(out, "%zu\t%zu\t%zu\n", block, (block - 1) * a_block + 1, block * a_block);
}
