#include "metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double wall_s(const Trial *trial) { return trial->wall_s; }
static double cpu_s(const Trial *trial) { return trial->user_s + trial->system_s; }
static double work_s(const Trial *trial) { return trial->work_s; }
static double work_cpu_s(const Trial *trial) { return trial->work_cpu_s; }
static double teardown_s(const Trial *trial) { return trial->teardown_s; }
static double peak_rss_kib(const Trial *trial) { return trial->peak_rss_kib; }

static double teardown_cpu_s(const Trial *trial) { return trial->teardown_cpu_s; }
static double collect_s(const Trial *trial) { return trial->collect_s; }

/* Of once: what all repetitions left is given back together. */
static double total_cpu_s(const Trial *trial)
{
    return trial->repeats.known ? trial->work_cpu_s + trial->teardown_cpu_s / trial->repeats.value : NAN;
}

static double operation_ns(const Trial *trial)
{
    uint64_t operations = trial->operations.known ? trial->operations.value : 0;
    return operations ? 1e9 * trial->work_cpu_s / operations : NAN;
}

const Metric metrics[METRICS_OF_CELLS] = {
    { "wall_s", wall_s },
    { "cpu_s", cpu_s },
    { "work_s", work_s },
    { "work_cpu_s", work_cpu_s },
    { "teardown_s", teardown_s },
    { "peak_rss_kib", peak_rss_kib },
    { "operation_ns", operation_ns },
    { "total_cpu_s", total_cpu_s },
    { "teardown_cpu_s", teardown_cpu_s },
    { "collect_s", collect_s },
};

const char *figure_next(const char *figure)
{
    const char *end = figure + strcspn(figure, ";");
    return *end ? end + 1 : end;
}

double figure_named(const char *figures, const char *name)
{
    size_t length = strlen(name);
    for (const char *figure = figures; *figure; figure = figure_next(figure))
        if (strncmp(figure, name, length) == 0 && figure[length] == '=')
            return strtod(figure + length + 1, NULL);
    return NAN;
}

double measure(const Metric *metric, const Trial *trial)
{
    return trial->status != OK ? NAN : metric->of ? metric->of(trial) : figure_named(trial->figures, metric->name);
}

static int by_block(const void *block, const void *trial)
{
    uint64_t wanted = *(const uint64_t *)block, is = (*(const Trial *const *)trial)->block;
    return (wanted > is) - (wanted < is);
}

double measure_in(const Metric *metric, Group cell, uint64_t block)
{
    const Trial **found = cell.trials ? bsearch(&block, cell.trial, cell.trials, sizeof *cell.trial, by_block) : NULL;
    return found ? measure(metric, *found) : NAN;
}

bool comparable(const Trial *trial, const Trial *other, const Metric *metric)
{
    return measure(metric, trial) > 0 && measure(metric, other) > 0;
}

/* From a block on; what is beyond the last stands for nothing. */
static const Trial **trial_of_block(const Trial **trial, const Trial **end, uint64_t block)
{
    while (trial < end && (*trial)->block < block)
        trial++;
    return trial;
}

static double measured_at(const Metric *metric, const Trial **trial, const Trial **end, uint64_t block)
{
    return trial < end && (*trial)->block == block ? measure(metric, *trial) : NAN;
}

static void add_log_ratios_of(double *sum, const GroupPair *pair, uint64_t blocks, const Metric *metric)
{
    const Trial **x = pair->ours.trial, **y = pair->theirs.trial;
    const Trial **x_end = x + pair->ours.trials, **y_end = y + pair->theirs.trials;
    for (uint64_t block = 1; block <= blocks; block++) {
        x = trial_of_block(x, x_end, block);
        y = trial_of_block(y, y_end, block);
        double ours = measured_at(metric, x, x_end, block), theirs = measured_at(metric, y, y_end, block);
        sum[block] += ours > 0 && theirs > 0 ? log(ours) - log(theirs) : NAN;
    }
}

void add_log_ratios(double *sum, const GroupPair *pair, size_t pairs, uint64_t blocks, const Metric *metric)
{
    for (size_t i = 0; i < pairs; i++)
        add_log_ratios_of(sum, &pair[i], blocks, metric);
}
