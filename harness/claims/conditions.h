/* When a claim holds: in which cases, from which size on; and what the run has no answer to. */
#ifndef RECLAIM_CONDITIONS_H
#define RECLAIM_CONDITIONS_H

#include "judging.h"

/* The cases that hold, at all sizes that were answered or from one on; empty where none does. */
const char *condition_of(const Judged *judged, TextPool *pool);

/* What was asked and not answered, case by case, with the status of what failed; empty where all was. */
const char *unanswered_of(Evidence *evidence, const Judged *judged);

/* Whether there is an unanswered question of which something failed. */
bool has_failed(const Evidence *evidence, const Judged *judged);

/* `more` behind `all`, with `between` them where there is something before. */
const char *joined(const char *all, const char *between, const char *more, TextPool *pool);

#endif
