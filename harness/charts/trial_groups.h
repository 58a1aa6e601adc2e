/* The trials of a view by the cell they are of. */
#ifndef RECLAIM_TRIAL_GROUPS_H
#define RECLAIM_TRIAL_GROUPS_H

#include "chart_cells.h"
#include "sources.h"

/* The trials of one cell that were ok and took some time, in the order of trials.csv. */
typedef struct TrialGroup {
    const Trial **trial;
    double *time; /* of each, CPU time of the work in s */
    size_t count;
    size_t room, time_room;
} TrialGroup;

typedef struct TrialGroups {
    TrialGroup *group; /* panel by panel, in each a series after the other */
    size_t count, series;
} TrialGroups;

/* Those at the main size of a panel of this view. Controls count as what they are a second run of. Where machines
 * are not of one kind they are those of the first. */
TrialGroups trial_groups_of(const ChartCells *cells, Sources *sources);

void trial_groups_free(TrialGroups *groups);

#endif
