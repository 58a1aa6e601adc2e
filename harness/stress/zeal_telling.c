#include "zeal.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>

const char *const zeal_condition[CONDITIONS] = {
    [EVERY_BIRTH] = "before every birth",
    [EVERY_KTH] = "before every k-th birth",
    [CHECKED] = "before every k-th birth, checked",
    [EAGER] = "by its own trigger at its least",
};

enum { EAGER_TIMES = 2, EAGER_VARIANTS = 50 }; /* as often as usual, demanded of so many variants together */

/* ---- What must hold ------------------------------------------------------------------------------------------------- */

/* Why the run is not in order, in memory that the caller frees; NULL: it is. every: births from one collection to the next. */
static char *complaint(const ZealRun *usual, const ZealRun *run, uint32_t every)
{
    const Trial *trial = &run->trial, *expected = &usual->trial;
    if (trial->status != OK)
        return text_format("%s: %s", status_name(trial->status), trial->reason);
    if (trial->checksum.value != expected->checksum.value || trial->operations.value != expected->operations.value)
        return text_format("the answer is %" PRIu64 " of %" PRIu64 " operations, and without zeal %" PRIu64 " of %" PRIu64,
            trial->checksum.value, trial->operations.value, expected->checksum.value, expected->operations.value);
    if (!run->told)
        return text_format("it did not say how often it collected");
    if (run->asked != run->births / every || run->counted < run->asked)
        return text_format("%" PRIu64 " of %" PRIu64 " births asked for a collection, one in %" PRIu32 "; %" PRIu64
            " collections took place", run->asked, run->births, every, run->counted);
    return NULL;
}

void zeal_judge(const Plan *plan, Condition condition, const ZealRun *usual, const ZealRun *run, uint32_t every, Sum *sum)
{
    char *sentence = complaint(usual, run, every);
    if (!sentence) {
        sum->kept++;
        sum->at_every += every == 1;
        sum->most_between = every > sum->most_between ? every : sum->most_between;
        sum->births += run->births;
        sum->collections += run->counted;
        sum->usual += usual->counted;
        return;
    }
    const Cell *cell = &run->trial.cell;
    char *subject = text_format("%s %s", cell->workload, cell->variant);
    StressRow row = stress_row("zeal", cell->strategy, subject, zeal_condition[condition]);
    row.size = (Count){ .known = true, .value = cell->size };
    row.tries = row.broken = 1;
    row.outcome = BROKEN;
    row.sentence = sentence;
    row.again = run->again;
    stress_tell(plan->stress, &row);
    free(subject);
    free(sentence);
}

/* ---- What a strategy came to ---------------------------------------------------------------------------------------- */

static void tell_figure(const Plan *plan, StressRow row, const char *figure, uint64_t value)
{
    row.figure = figure;
    row.value = (double)value;
    stress_tell(plan->stress, &row);
}

/* A trigger at its least that is not pulled more often than before is not there. */
static void demand_eagerness(StressRow *row, const Sum *sum, char **sentence)
{
    if (sum->kept < EAGER_VARIANTS)
        *sentence = text_format("not asked of fewer than %d variants: %d times as many collections as usual", EAGER_VARIANTS,
                                EAGER_TIMES);
    if (sum->kept < EAGER_VARIANTS || sum->collections >= EAGER_TIMES * sum->usual + 1)
        return;
    *sentence = text_format("%" PRIu64 " collections in %" PRIu64 " births, and %" PRIu64 " under its usual settings",
        sum->collections, sum->births, sum->usual);
    row->outcome = BROKEN;
    row->broken = 1;
}

/* Some have so many that a collection before each would take long. */
static char *tell_births(const Sum *sum)
{
    if (sum->at_every == sum->kept)
        return text_format("before every birth in all %" PRIu64 " variants", sum->kept);
    return text_format("before every birth in %" PRIu64 " of %" PRIu64 " variants, in the others before every k-th, k up to "
                       "%" PRIu32, sum->at_every, sum->kept, sum->most_between);
}

static void tell_sum(const Plan *plan, const char *strategy, Condition condition, const Sum *sum)
{
    if (!sum->kept)
        return;
    char *sentence = NULL;
    StressRow row = stress_row("zeal", strategy, "", zeal_condition[condition]);
    row.tries = sum->kept;
    if (condition == EAGER)
        demand_eagerness(&row, sum, &sentence);
    if (condition == EVERY_BIRTH)
        sentence = tell_births(sum);
    row.sentence = sentence ? sentence : "";
    if (!row.broken)
        tell_figure(plan, row, "births", sum->births);
    tell_figure(plan, row, "collections", sum->collections);
    free(sentence);
}

static void add(Sum *sum, const Sum *more)
{
    sum->kept += more->kept;
    sum->births += more->births;
    sum->collections += more->collections;
    sum->usual += more->usual;
    sum->at_every += more->at_every;
    sum->most_between = more->most_between > sum->most_between ? more->most_between : sum->most_between;
}

void zeal_tell_sums(const Plan *plan, const Result *result)
{
    for (size_t s = 0; s < plan->strategies.count; s++)
        for (Condition c = 0; c < CONDITIONS; c++) {
            Sum sum = { 0 };
            for (size_t v = 0; v < plan->catalogue.variants; v++)
                if (texts_equal(plan->catalogue.variant[v].strategy, plan->strategies.name[s]))
                    add(&sum, &result[v].sum[c]);
            tell_sum(plan, plan->strategies.name[s], c, &sum);
        }
}
