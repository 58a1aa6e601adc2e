/* What can be said of each cell, of the means over classes, and of a run as a whole, beside an older run. docs/compare.md says
 * why so. */
#ifndef RECLAIM_JUDGE_H
#define RECLAIM_JUDGE_H

#include "compared.h"

typedef enum Scope { CELL, CLASS, WHOLE, SCOPES } Scope;

/* Two sessions on one machine differ by less, as a whole, though others use it, too (docs/compare.md). */
#define SESSION_DRIFT 0.50

/* Instructions of the same executable differ by less between two countings: by a share, and by a number, for what depends on a
 * clock or on a word of the stack does not grow with the work (docs/instructions.md). */
#define COUNT_DRIFT 1e-4
#define COUNT_DRIFT_LEAST 5000

/* A collector that takes numbers for references: parts but those of collections differ by less between two countings of it, and
 * all of it between two builds. */
#define GUESSED_DRIFT 0.005
#define GUESSED_COLLECTIONS 0.15

/* A row of compare.csv. */
typedef struct Judged {
    const char *scope;
    Cell cell;              /* of a mean over a class: workload is the class, variant `mean`, size how many variants */
    const char *metric;
    const char *status[SIDES];
    uint64_t n[SIDES];      /* blocks */
    double value[SIDES];    /* geometric mean over them, in the metric's unit */
    double ratio, lo, hi;
    double beside, beside_lo, beside_hi; /* the same in parts of what the other strategies' cells changed by */
    double band;            /* what the same program differs from itself by */
    double q;               /* the share of false ones among those that are called as surely */
    double detectable;
    const char *verdict;
    bool regression;
    const char *reason;

    /* Not in the file. */
    Scope of;
    Figure figure;
    const char *label;
    double p;
    double decisive;        /* the ratio, as the verdict takes it: that one of both that is nearer to 1 */
} Judged;

extern const Layout judged_layout;

typedef struct Judgement {
    Judged *row;
    size_t rows, room;
    double threshold;       /* 0.03 is 3% */
    double band[SCOPES][FIGURES];
    double band_of_smaller[FIGURES]; /* of cells that are not of their variant's largest size */
    Drawings drawings;
    TextPool *pool;
} Judgement;

/* Verdicts. */
#define FASTER "faster"
#define SLOWER "slower"
#define SAME_AS_BEFORE "same"
#define CANNOT_BE_TOLD "cannot tell"
#define BROKEN "broken"
#define MENDED "mended"
#define ONLY_OLD "only in OLD"
#define ONLY_NEW "only in NEW"
#define NOT_COMPARABLE "not comparable"

Judgement judge_runs(const ComparedRun run[SIDES], const Pairs *pairs, double threshold, TextPool *pool);
void judgement_free(Judgement *judgement);

/* The parts of it: rows of what scatters, and of instructions; the caller is judge_runs(). */
void judge_scattering(Judgement *judgement, const Pairs *pairs, Figure figure);
void judge_instructions(Judgement *judgement, const ComparedRun run[SIDES], const Pairs *pairs);

/* Says in rows of time where instructions tell another story. */
void note_disagreement(Judgement *judgement);

/* A new row at the end; pointers to others are void. */
Judged *judgement_add(Judgement *judgement, Judged row);


/* Whether anything could have been called faster or slower in a row of this figure. */
bool could_be_told(const Judgement *judgement, Figure figure);

/* Whether the ratio is from 1 / (1 + share) to 1 + share; and so much worse. */
bool lies_within(double lo, double hi, double share);
bool is_worse(const Judged *row, double threshold);

/* A row of which nothing is known yet, and the pair's name. */
Judged judged_row(const Judgement *judgement, const Cell *cell, const char *label, Scope of, Figure figure);

/* The program's A/A band of a figure in both runs: ratios of what ran twice, of the variants' largest sizes (main) or of the
 * others, which take microseconds and differ by more; or means of them over a class, of the largest. */
double band_of_cells(const Pairs *pairs, Figure figure, bool main);
double band_of_classes(const Pairs *pairs, Figure figure);

#endif
