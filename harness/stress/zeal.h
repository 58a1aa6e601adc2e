/* Mode zeal: its conditions, and what is told of the runs in each. */
#ifndef RECLAIM_ZEAL_H
#define RECLAIM_ZEAL_H

#include "catalogue.h"
#include "zeal_run.h"

typedef enum Condition { EVERY_BIRTH, EVERY_KTH, CHECKED, EAGER, CONDITIONS } Condition;

extern const char *const zeal_condition[CONDITIONS];

typedef struct Plan {
    const Stress *stress;
    char *build, *checked;         /* the folders of the zealous cells; checked: or NULL */
    Names strategies;              /* that have some */
    const char **eager;            /* of each of those: the settings, or NULL */
    Catalogue catalogue;           /* of them */
} Plan;

/* What runs of one strategy and workload came to, in each condition. */
typedef struct Sum {
    uint64_t kept, births, collections, usual; /* usual: what it collected of itself under its usual settings */
    uint64_t at_every;     /* of those kept: with a collection before every birth */
    uint32_t most_between; /* births from one collection to the next, of those kept */
} Sum;

typedef struct Result {
    Sum sum[CONDITIONS];
} Result;

/* What broke is told at once; what was kept, all together. every: births from one collection to the next. */
void zeal_judge(const Plan *plan, Condition condition, const ZealRun *usual, const ZealRun *run, uint32_t every, Sum *sum);

/* What each strategy came to, from the results of all variants. */
void zeal_tell_sums(const Plan *plan, const Result *result);

#endif
