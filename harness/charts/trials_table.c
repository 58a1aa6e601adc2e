/* Every trial as a multiple of its cell's median: a box, and a dot for each. */
#include "chart_tables.h"

#include "statistics.h"

/* What is further out stands at the edge, marked as that: one trial in a thousand must not make all others a line. */
#define FARTHEST 2.0

/* Dots that would cover each other to the pixel are one: on an axis of a few hundred pixels more cannot be seen. */
#define PIXELS_AN_OCTAVE 100.0

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
    const TrialGroups *groups = &data->trials;
    for (size_t i = 0; i < groups->count; i++)
        if (groups->group[i].count)
            write_box(out, i / groups->series + 1, i % groups->series + 1, &groups->group[i],
                      quartiles_of(groups->group[i].time, groups->group[i].count));
}

/* 0: as the others; 1: far from them; 2: beyond the axis. */
static int place_of(double time, Quartiles box)
{
    double ratio = time / box.median;
    return ratio > FARTHEST || ratio < 1 / FARTHEST ? 2 : time < box.low_fence || time > box.high_fence;
}

enum { PIXELS = (int)(2 * FARTHEST * PIXELS_AN_OCTAVE) };

typedef struct Dots {
    struct { double ratio; int far; } dot[PIXELS + 1];
    size_t count;
} Dots;

static Dots dots_of(const TrialGroup *group)
{
    Dots dots = { .count = 0 };
    bool taken[PIXELS + 1] = { false };
    Quartiles box = quartiles_of(group->time, group->count);
    for (size_t i = 0; i < group->count; i++) {
        double ratio = fmin(fmax(group->time[i] / box.median, 1 / FARTHEST), FARTHEST);
        size_t pixel = (log2(ratio) + 1) * PIXELS_AN_OCTAVE + 0.5;
        if (taken[pixel])
            continue;
        taken[pixel] = true;
        dots.dot[dots.count].ratio = ratio;
        dots.dot[dots.count++].far = place_of(group->time[i], box);
    }
    return dots;
}

void write_trial_dots(FILE *out, const ChartData *data)
{
    fputs("panel\tseries\tfar\tratio\n", out);
    const TrialGroups *groups = &data->trials;
    for (size_t i = 0; i < groups->count; i++) {
        Dots dots = dots_of(&groups->group[i]);
        size_t panel = i / groups->series + 1, series = i % groups->series + 1;
        for (size_t d = 0; d < dots.count; d++)
            fprintf(out, "%zu\t%zu\t%d\t%.4g\n", panel, series, dots.dot[d].far, dots.dot[d].ratio);
    }
}

/* The rows of each panel among the dots, from the first, counted from 0, up to that before the next: gnuplot need not look at
 * all of them for each. */
void write_trial_panels(FILE *out, const ChartData *data)
{
    fputs("panel\tfirst\tnext\n", out);
    const TrialGroups *groups = &data->trials;
    size_t first = 0, next = 0;
    for (size_t i = 0; i < groups->count; i++) {
        next += dots_of(&groups->group[i]).count;
        if ((i + 1) % groups->series == 0) {
            fprintf(out, "%zu\t%zu\t%zu\n", (i + 1) / groups->series, first, next);
            first = next;
        }
    }
}
