/* Whether two runs can be compared, and what else is not the same. */
#ifndef RECLAIM_SUITABLE_H
#define RECLAIM_SUITABLE_H

#include "compared.h"
#include "registry.h"

/* What makes two runs different experiments. Each can be allowed by its name: what cannot be paired is then listed, and the
 * rest compared. */
typedef enum Obstacle { MODE, SIZES, SEEDS, INPUTS, HOST, UNFINISHED, OBSTACLES } Obstacle;
extern const char *const obstacle_names[OBSTACLES];

/* Says what differs, a sentence each, and ends the program, unless all that differs is allowed. */
void runs_must_suit(const ComparedRun run[SIDES], const Pairs *pairs, const bool allowed[OBSTACLES]);

/* What may be the reason for a difference and is not the same: commit, compiler, flags, libraries, kernel, limits, and what was
 * allowed. A sentence each; the caller frees the list, not its texts. */
Names runs_differ_in(const ComparedRun run[SIDES], const Pairs *pairs, TextPool *pool);

#endif
