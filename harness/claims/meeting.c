#include "meeting.h"

/* A difference of less than 3% is none that anybody would act on, however small the run's noise is. */
static const double NEGLIGIBLE = 1.03;

static bool is_negligible(const Estimate *is)
{
    return is->lo > 1 / NEGLIGIBLE && is->hi < NEGLIGIBLE;
}

/* Of a ratio to what it is held against. What was counted does not scatter. */
static Difference difference_told(const Evidence *evidence, const Question *question, const Finding *finding)
{
    double value = finding->is.value;
    if (question->source == TRIALS)
        return difference_in(evidence, finding, question->metric);
    return value < 1 ? LESS : value > 1 ? MORE : SAME;
}

/* That a ratio lies within the band says that noise hides the difference, not that there is none: `same` is no answer. */
static Met met_by(Difference difference, Difference yes, Difference no)
{
    return difference == yes ? YES : difference == no ? NO : UNDECIDED;
}

static Met met_below_one(const Evidence *evidence, const Question *question, const Finding *finding)
{
    return is_negligible(&finding->is) ? NO : met_by(difference_told(evidence, question, finding), LESS, MORE);
}

static Met met_not_above_one(const Evidence *evidence, const Question *question, const Finding *finding)
{
    return is_negligible(&finding->is) ? YES : met_by(difference_told(evidence, question, finding), LESS, MORE);
}

/* A ratio is held against its limit as others are against 1; of a figure the interval has to lie on one side. */
static Met met_at_most(const Evidence *evidence, const Question *question, const Finding *finding)
{
    const Estimate *is = &finding->is;
    double limit = question->limit;
    if (question->source == TRIALS && !question->unit) {
        Finding by_limit = { { is->value / limit, is->lo / limit, is->hi / limit }, finding->n };
        return met_by(difference_told(evidence, question, &by_limit), LESS, MORE);
    }
    return is->hi <= limit ? YES : is->lo > limit ? NO : UNDECIDED;
}

Met met(const Evidence *evidence, const Question *question, const Finding *finding)
{
    const Estimate *is = &finding->is;
    if (question->source == TRIALS && question->expected != TOLD && finding->n < LEAST_BLOCKS)
        return UNDECIDED;
    switch (question->expected) {
    case TOLD: return ONLY_TOLD;
    case BELOW_ONE: return met_below_one(evidence, question, finding);
    case NOT_ABOVE_ONE: return met_not_above_one(evidence, question, finding);
    case AT_MOST: return met_at_most(evidence, question, finding);
    case ABOVE: return is->lo > question->limit ? YES : is->hi <= question->limit ? NO : UNDECIDED;
    }
    return ONLY_TOLD;
}

const char *met_name(Met met)
{
    static const char *const names[] = { [ONLY_TOLD] = "", [UNDECIDED] = "cannot tell", [NO] = "no", [YES] = "yes" };
    return names[met];
}
