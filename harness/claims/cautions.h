/* What there is to beware of: findings of the kind `caution`. */
#ifndef RECLAIM_CAUTIONS_H
#define RECLAIM_CAUTIONS_H

#include "kinds.h"

/* Of one series: where it takes the most time and memory, its longest pause, what it leaves alive, cannot
 * run, and what failed. */
void cautions_write(FILE *out, Evidence *evidence, const ProgramKinds *kinds, const Cell *series);

#endif
