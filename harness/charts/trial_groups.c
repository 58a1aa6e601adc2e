#include "trial_groups.h"

#include "memory.h"

#include <stdlib.h>

/* Both from 1. */
static TrialGroup *trial_group(const TrialGroups *groups, size_t panel, size_t series)
{
    return &groups->group[(panel - 1) * groups->series + series - 1];
}

static void add_trial(TrialGroup *group, const Trial *trial)
{
    group->trial = memory_room(group->trial, &group->room, group->count + 1, sizeof *group->trial);
    group->time = memory_room(group->time, &group->time_room, group->count + 1, sizeof *group->time);
    group->trial[group->count] = trial;
    group->time[group->count++] = trial->work_cpu_s;
}

/* Those of unlike machines are no multiples of one median. */
static bool is_shown(const ChartCells *cells, const Trial *trial)
{
    bool took_time = trial->status == OK && trial->work_cpu_s > 0;
    return took_time && (cells->measured_on == NULL || texts_equal(trial->host, cells->measured_on));
}

TrialGroups trial_groups_of(const ChartCells *cells, Sources *sources)
{
    TrialGroups groups = { .count = cells->panels * cells->series_count, .series = cells->series_count };
    groups.group = memory_new(groups.count, sizeof *groups.group);
    const Sheet *sheet = source_rows(sources, "trials.csv", &trial_layout);
    const Trial *trial = sheet->row;
    for (size_t i = 0; i < sheet->rows; i++) {
        size_t panel = is_shown(cells, &trial[i]) ? panel_number(cells, &trial[i].cell) : 0;
        if (panel == 0 || trial[i].cell.size != cells->panel[panel - 1].size)
            continue;
        size_t series = series_number_of(cells, &trial[i].cell);
        if (series)
            add_trial(trial_group(&groups, panel, series), &trial[i]);
    }
    return groups;
}

void trial_groups_free(TrialGroups *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        free(groups->group[i].trial);
        free(groups->group[i].time);
    }
    free(groups->group);
    *groups = (TrialGroups){ 0 };
}
