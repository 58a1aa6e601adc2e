/* What a run says to a claim, for one series: an answer to each of its questions, at each size, and a verdict. */
#ifndef RECLAIM_JUDGING_H
#define RECLAIM_JUDGING_H

#include "meeting.h"

/* One answer. */
typedef struct Point {
    const Question *question;
    uint64_t size; /* of the work; 0: it was not run */
    uint64_t at;   /* the size of the work, or what the question says */
    Finding finding;
    Met met;
} Point;

typedef enum Verdict { NOT_MEASURED, DOES_NOT_HOLD, HOLDS_WHEN, HOLDS } Verdict;

typedef struct Judged {
    const Claim *claim;
    const Cell *series;
    Point *point; /* question by question, the sizes ascending; those that were measured */
    size_t points;
    Point *unanswered; /* likewise: those of which something is expected and nothing was measured */
    size_t unanswered_count;
    Verdict verdict;
    const char *condition; /* when it holds, or why nobody knows; else empty */
    const char *missing;   /* what was not answered, of what was run in part; else empty */
} Judged;

Judged judge(Evidence *evidence, const Claim *claim, const Cell *series);
void judged_free(Judged *judged);

const char *verdict_name(Verdict verdict);

/* The verdict on all series together, and its condition. */
Verdict verdict_on_all(Evidence *evidence, const Judged *judged, size_t count, const char **condition);

#endif
