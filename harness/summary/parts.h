/* What is worked out of trials, of which no more than a few variants' are in memory at a time. */
#ifndef RECLAIM_PARTS_H
#define RECLAIM_PARTS_H

#include "cell_rows.h"
#include "class_means.h"
#include "costs.h"
#include "growth.h"
#include "outline.h"

/* More trials than this come in parts, of which so many are in memory together: 0.2 GB each. */
enum { TRIALS_AT_ONCE = 600000, ABREAST = 2 };

/* Of all parts together. */
typedef struct Worked {
    SummaryRows rows; /* not judged yet */
    ClassSums classes;
    Growth *growth;
    size_t growths, growth_room;
    AllCosts costs;
} Worked;

/* Works on ABREAST parts at a time, or on as many as there are cores. Texts are of `pool`; what can be told of hosts is added to
 * `of_hosts`. Ends the program when a cell is in a block twice. */
Worked worked_out(const Outline *outline, const json_t *manifest, HostRows *of_hosts, TextPool *pool);
void worked_free(Worked *worked); /* but for the rows */

#endif
