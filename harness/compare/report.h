/* A comparison as files and as a short table. */
#ifndef RECLAIM_REPORT_H
#define RECLAIM_REPORT_H

#include "judge.h"
#include "registry.h"

typedef struct Report {
    const ComparedRun *run; /* both */
    const Judgement *judgement;
    Names differences;      /* what else is not the same */
} Report;

/* Rows to be shown, in their order. */
typedef struct Selection {
    const Judged **row;
    size_t count;
} Selection;

/* What a list is for. */
typedef enum List { WORSE, BETTER, UNSURE, UNPAIRED, LISTS } List;

/* Cells and means: those that became worse or broke, the worst first; better, the best first; of which nothing can be told;
 * and that cannot be compared, or only one run has. A cell of which no number is told stands there once. The caller frees
 * the rows. */
Selection select_rows(const Judgement *judgement, List list);

size_t regressions_of(const Judgement *judgement);

/* Writes FOLDER/compare.csv and FOLDER/compare.md. */
void report_write(const Report *report, const char *folder);

/* The short table, and a sentence that says what came of it. */
void report_print(FILE *out, const Report *report);

/* Whether anything could have been told, or is a regression. */
bool report_tells(const Judgement *judgement);

/* That sentence, in memory that the caller frees. */
char *report_sentence(const Judgement *judgement);

/* What a row is about: its series, workload and variant, in memory that the caller frees. */
char *judged_name(const Judged *row);

/* "1.043 [1.021, 1.066]", or "-"; in memory that the caller frees. */
char *interval_text(double ratio, double lo, double hi);

/* compare.md */
void markdown_write(FILE *out, const Report *report);

#endif
