/* The plan of a run: which cell is tried when. In each block every cell runs once, in an order of its own; the block is
 * the unit of comparison. */
#ifndef RECLAIM_PLAN_H
#define RECLAIM_PLAN_H

#include "catalogue.h"
#include "configurations.h"
#include "mode.h"
#include "records.h"

typedef struct Plan {
    Planned *trial;
    size_t trials;
    uint64_t blocks;
} Plan;

enum { SIZES_MAX = 8 };

/* The sizes at which a variant is measured, largest first: the mode's, and for a swept variant that divided by each of what it
 * is swept by, none below 1 and none twice. Returns how many. */
size_t plan_sizes(const Description *variant, Mode mode, uint64_t sizes[SIZES_MAX]);

/* One block in the order of the catalogue: every strategy as it usually is, and its configurations. The baseline's cells, with
 * usual settings and the allocator that is described first, are there a second time as A/A control. Nothing is expected yet. */
Plan plan_block(const Catalogue *catalogue, Configurations configurations, Mode mode, const char *baseline, uint64_t seed);

/* How many series there are among the plan's cells. */
size_t plan_series(const Plan *plan);

/* `blocks` times the block, one after the other, each in an order that the seed shuffles. They are of one stream of chance, so
 * the first are the same however many there are. What a visitor is shown is there until it returns. */
typedef void PlanVisitor(const Planned *trial, size_t trials, void *with);
void plan_each(const Plan *block, uint64_t blocks, uint64_t seed, PlanVisitor *visit, void *with);

/* All of these together; and the one of this number alone. */
Plan plan_shuffled(const Plan *block, uint64_t blocks, uint64_t seed);
Plan plan_drawn(const Plan *block, uint64_t number, uint64_t seed);

/* The block in its order before it was shuffled, from the first of these. */
Plan plan_unshuffled(const Plan *first, uint64_t seed);

/* plan.csv, of so many blocks. */
void plan_write(FILE *out, const Plan *block, uint64_t blocks, uint64_t seed);

/* Whether a process is started for it: what is unsupported becomes its row without one. */
bool planned_is_run(const Planned *planned);

/* Whether the trial of it is not ok, though it was to be run. */
bool planned_failed(const Planned *planned, const Trial *trial);

/* How many trials of the plan are run. */
size_t plan_runs(const Plan *plan);

/* Reads plan.csv. One that is damaged, or whose blocks and positions do not count up from 1, ends the program. */
Plan plan_load(const char *file, TextPool *pool);

/* Likewise its first block; what follows is not looked at. */
Plan plan_load_first(const char *file, TextPool *pool);

/* The index of a planned trial; false when the plan has no such block or position. */
bool plan_find(const Plan *plan, uint64_t block, uint64_t position, size_t *index);

void plan_free(Plan *plan);

#endif
