#include "choices.h"

#include "memory.h"
#include "wording.h"

#include <math.h>
#include <stdlib.h>

/* ---- Means ----------------------------------------------------------------------------------------------------------- */

/* How much of the metric one series takes for all programs of the kind by what the other takes. */
static Finding mean_ratio(Evidence *evidence, const Programs *kind, const Cell *ours, const Cell *theirs, const char *name)
{
    uint64_t blocks = last_block((Group){ evidence->sorted, evidence->trials.rows });
    Metric metric = metric_named(name);
    GroupPair *pair = memory_new(kind->count, sizeof *pair);
    for (size_t i = 0; i < kind->count; i++) {
        const Cell *at = kind->program[i];
        pair[i] = (GroupPair){ cell_trials(evidence, ours, at->workload, at->variant, at->size),
                               cell_trials(evidence, theirs, at->workload, at->variant, at->size) };
    }
    BlockPairs means = block_pairs_of_means(pair, kind->count, blocks, &metric, &evidence->hosts);
    Finding finding = { estimate_mean(means.ours, drawings_of_block_pairs(&evidence->drawings, &means)), means.n };
    free(pair);
    block_pairs_free(&means);
    return finding;
}

/* ---- Choosing -------------------------------------------------------------------------------------------------------- */

bool can_be_chosen(Traits traits, bool drops_cycles, bool with_regions)
{
    return traits.frees && !(traits.wants_regions && !with_regions) && !(traits.leaks_cycles && drops_cycles);
}

/* What each series takes by the baseline's, in their order; n is 0 of those that are not to be chosen. */
static Finding *means_of(Evidence *evidence, const Programs *kind, const char *metric, bool with_regions)
{
    Finding *mean = memory_new(evidence->series_count + 1, sizeof *mean);
    for (size_t i = 0; i < evidence->series_count; i++)
        if (can_be_chosen(traits_of(evidence, evidence->series[i]), kind->drops_cycles, with_regions))
            mean[i] = mean_ratio(evidence, kind, evidence->series[i], evidence->baseline, metric);
    return mean;
}

/* The one that takes least, but for `other_than`; NULL where there is none. */
static const Finding *least(const Finding *mean, size_t count, const Finding *other_than)
{
    const Finding *best = NULL;
    for (const Finding *one = mean; one < mean + count; one++)
        if (one != other_than && one->n > 0 && (best == NULL || one->is.value < best->is.value))
            best = one;
    return best;
}

/* Of a mean over programs the control is the mean over the same programs: how far its interval goes from 1;
 * NAN where too few blocks know it. */
static double band_of_mean(Evidence *evidence, const Programs *kind, const char *metric)
{
    Finding control = mean_ratio(evidence, kind, evidence->control, evidence->baseline, metric);
    return control.n < LEAST_BLOCKS ? NAN : fmax(control.is.hi, 1 / control.is.lo);
}

/* Finds who may be as good. */
static void compare_with_all(Evidence *evidence, const Programs *kind, const char *metric, const Finding *mean, Choice *choice)
{
    Sentence names;
    sentence_begin(&names);
    choice->difference = LESS;
    for (size_t i = 0; i < evidence->series_count; i++) {
        const Cell *other = evidence->series[i];
        if (other == choice->best || mean[i].n == 0)
            continue;
        Finding ratio = mean_ratio(evidence, kind, choice->best, other, metric);
        Difference difference = difference_of(ratio.is, ratio.n, choice->band);
        if (difference == LESS)
            continue;
        fprintf(names.out, "%s%s", choice->difference == LESS ? "" : ", ", label_of(evidence, other));
        if (choice->difference == LESS || other == choice->next)
            choice->difference = difference;
    }
    choice->as_good = sentence_end(&names, &evidence->pool);
}

static Spread spread_of(Evidence *evidence, const Programs *kind, const char *metric, const Cell *series)
{
    Spread spread = { NAN, NAN, 0, 0 };
    for (size_t i = 0; series != evidence->baseline && i < kind->count; i++) {
        Programs alone = { .program = &kind->program[i], .count = 1 };
        Finding ratio = mean_ratio(evidence, &alone, series, evidence->baseline, metric);
        Difference difference = difference_in(evidence, &ratio, metric);
        spread.least = fmin(spread.least, ratio.is.value); /* not NAN, when one of both is not */
        spread.most = fmax(spread.most, ratio.is.value);
        spread.less_in += difference == LESS;
        spread.more_in += difference == MORE;
    }
    return spread;
}

Choice choose(Evidence *evidence, const Programs *kind, const char *metric, bool with_regions)
{
    Choice choice = { .as_good = "" };
    if (evidence->baseline == NULL)
        return choice;
    Finding *mean = means_of(evidence, kind, metric, with_regions);
    const Finding *best = least(mean, evidence->series_count, NULL);
    const Finding *next = best ? least(mean, evidence->series_count, best) : NULL;
    choice.band = band_of_mean(evidence, kind, metric);
    if (best) {
        choice.best = evidence->series[best - mean];
        choice.to_baseline = *best;
        choice.spread = spread_of(evidence, kind, metric, choice.best);
    }
    if (next) {
        choice.next = evidence->series[next - mean];
        choice.from_next = mean_ratio(evidence, kind, choice.next, choice.best, metric);
        compare_with_all(evidence, kind, metric, mean, &choice);
    }
    free(mean);
    return choice;
}
