/* Whether a number is as the claim makes one expect. */
#ifndef RECLAIM_MEETING_H
#define RECLAIM_MEETING_H

#include "questions.h"

typedef enum Met { ONLY_TOLD, UNDECIDED, NO, YES } Met;

/* What was timed answers only where its interval lies on one side of what is expected and noise does not hide the distance. */
Met met(const Evidence *evidence, const Question *question, const Finding *finding);

const char *met_name(Met met);

#endif
