/* Every trial as a multiple of its cell's median: a box, and a dot for each. */
#include "chart_tables.h"

#include "statistics.h"
#include "trial_groups.h"

/* What is further out stands at the edge, marked as that: one trial in a thousand must not make all others a line. */
#define FARTHEST 2.0

/* Dots that would cover each other to the pixel are one: on an axis of a few hundred pixels more cannot be seen. */
#define PIXELS_AN_OCTAVE 150.0

static void write_box(FILE *out, size_t panel, size_t series, const TrialGroup *group, Quartiles box)
{
    fprintf(out, "%zu\t%zu\t%zu", panel, series, group->count);
    write_number(out, box.lower / box.median);
    write_number(out, box.upper / box.median);
    putc('\n', out);
}

void write_trial_boxes(FILE *out, const ChartData *data)
{
    fputs("panel\tseries\tn\tlower\tupper\n", out);
    TrialGroups groups = trial_groups_of(data);
    for (size_t i = 0; i < groups.count; i++)
        if (groups.group[i].count)
            write_box(out, i / groups.series + 1, i % groups.series + 1, &groups.group[i],
                      quartiles_of(groups.group[i].time, groups.group[i].count));
    trial_groups_free(&groups);
}

/* 0: as the others; 1: far from them; 2: beyond the axis. */
static int place_of(double time, Quartiles box)
{
    double ratio = time / box.median;
    return ratio > FARTHEST || ratio < 1 / FARTHEST ? 2 : time < box.low_fence || time > box.high_fence;
}

static void write_group_dots(FILE *out, size_t panel, size_t series, const TrialGroup *group)
{
    enum { PIXELS = (int)(2 * FARTHEST * PIXELS_AN_OCTAVE) };
    bool taken[PIXELS + 1] = { false };
    Quartiles box = quartiles_of(group->time, group->count);
    for (size_t i = 0; i < group->count; i++) {
        double ratio = fmin(fmax(group->time[i] / box.median, 1 / FARTHEST), FARTHEST);
        size_t pixel = (log2(ratio) + 1) * PIXELS_AN_OCTAVE + 0.5;
        if (taken[pixel])
            continue;
        taken[pixel] = true;
        fprintf(out, "%zu\t%zu\t%d", panel, series, place_of(group->time[i], box));
        write_number(out, ratio);
        putc('\n', out);
    }
}

void write_trial_dots(FILE *out, const ChartData *data)
{
    fputs("panel\tseries\tfar\tratio\n", out);
    TrialGroups groups = trial_groups_of(data);
    for (size_t i = 0; i < groups.count; i++)
        if (groups.group[i].count)
            write_group_dots(out, i / groups.series + 1, i % groups.series + 1, &groups.group[i]);
    trial_groups_free(&groups);
}
