#include "questions.h"

/* Of all cells of the series that were counted: whether a column of the census is above 0 in any. */
static bool ever_has(const Evidence *evidence, const Cell *series, const char *column)
{
    const Census *census = evidence->census.row;
    for (size_t i = 0; i < evidence->census.rows; i++)
        if (same_series(&census[i].cell, series) && census_value(&census[i], column).value > 0)
            return true;
    return false;
}

/* Where nothing is left there is no leak to name, and where nothing is collected no collection to wait for. */
static bool has_no_subject(const Evidence *evidence, const Question *question, const Cell *series)
{
    const Census *census = census_of(evidence, series, question->workload, question->variant);
    const char *subject = question->source == LEAKS ? "live_bytes" : question->source == PAUSES ? "collections" : NULL;
    Count count = subject && census ? census_value(census, subject) : (Count){ .known = false };
    return count.known && count.value == 0;
}

bool is_asked(const Evidence *evidence, const Question *question, const Cell *series)
{
    if (question->only && !texts_equal(question->only, series->strategy))
        return false;
    if (has_no_subject(evidence, question, series))
        return false;
    bool collects = question->who != ANYONE && ever_has(evidence, series, "collections");
    bool counts = question->who != ANYONE && ever_has(evidence, series, "cascades");
    return question->who == ANYONE || (question->who == COLLECTORS && collects) || (question->who == COUNTING && counts) ||
           (question->who == COUNTING_ALONE && counts && !collects);
}

static Finding nothing(void)
{
    return (Finding){ .n = 0 };
}

static const char *other(const char *named, const char *usual)
{
    return named ? named : usual;
}

static Finding answer_from_trials(Evidence *evidence, const Question *question, const Cell *series, uint64_t size)
{
    const Cell *ours = question->ours ? series_named(evidence, question->ours) : series;
    const Cell *theirs = question->theirs ? series_named(evidence, question->theirs) : series;
    if (ours == NULL || theirs == NULL)
        return nothing();
    Group cell = cell_trials(evidence, ours, question->workload, question->variant, size);
    if (!question->unit) {
        Group than = cell_trials(evidence, theirs, question->workload, other(question->than, question->variant), size);
        return ratio_of(evidence, cell, question->metric, than, other(question->per, question->metric));
    }
    return value_of(evidence, cell, question->metric);
}

static Finding answer_from_census(Evidence *evidence, const Question *question, const Cell *series)
{
    const Census *ours = census_of(evidence, series, question->workload, question->variant);
    const Census *theirs = census_of(evidence, series, question->workload, other(question->than, question->variant));
    if (ours == NULL || theirs == NULL)
        return nothing();
    Count x = census_value(ours, question->metric), y = census_value(theirs, other(question->per, question->metric));
    if (!question->than && !question->per)
        return x.known ? counted(x.value) : nothing();
    return x.known && y.known && y.value > 0 ? counted((double)x.value / y.value) : nothing();
}

/* Which part of what was left alive the profile names. */
static Finding answer_from_leaks(Evidence *evidence, const Question *question, const Cell *series)
{
    const Census *census = census_of(evidence, series, question->workload, question->variant);
    uint64_t live = census ? census_value(census, "live_bytes").value : 0;
    return live ? counted((double)bytes_named(evidence, census) / live) : nothing();
}

static Finding answer_from_pauses(const Evidence *evidence, const Question *question, const Cell *series)
{
    const Census *census = census_of(evidence, series, question->workload, question->variant);
    return census ? pauses_value(evidence, census, question->metric) : nothing();
}

Finding answer(Evidence *evidence, const Question *question, const Cell *series, uint64_t size)
{
    switch (question->source) {
    case TRIALS: return answer_from_trials(evidence, question, series, size);
    case CENSUS: return answer_from_census(evidence, question, series);
    case LEAKS: return answer_from_leaks(evidence, question, series);
    case PAUSES: return answer_from_pauses(evidence, question, series);
    }
    return nothing();
}
