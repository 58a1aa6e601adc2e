#include "judging.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- One answer ----------------------------------------------------------------------------------------------------- */

static Met met_below_one(Difference difference)
{
    return difference == LESS ? YES : difference == CANNOT_TELL ? UNDECIDED : NO;
}

static Met met_not_above_one(Difference difference)
{
    return difference == MORE ? NO : difference == CANNOT_TELL ? UNDECIDED : YES;
}

/* A difference of less than 3% is none that anybody would act on, however small the run's noise is. */
static const double NEGLIGIBLE = 1.03;

static bool is_negligible(const Estimate *is)
{
    return is->lo > 1 / NEGLIGIBLE && is->hi < NEGLIGIBLE;
}

/* What was counted does not scatter. */
static Difference difference_told(const Evidence *evidence, const Question *question, const Finding *finding)
{
    double value = finding->is.value;
    if (question->source == TRIALS)
        return is_negligible(&finding->is) ? SAME : difference_in(evidence, finding, question->metric);
    return value < 1 ? LESS : value > 1 ? MORE : SAME;
}

/* A ratio is held against its limit as others are against 1; of a figure the interval has to lie on one side. */
static Met met_at_most(const Evidence *evidence, const Question *question, const Finding *finding)
{
    const Estimate *is = &finding->is;
    double limit = question->limit;
    if (question->source == TRIALS && !question->unit) {
        Finding by_limit = { { is->value / limit, is->lo / limit, is->hi / limit }, finding->n };
        return met_not_above_one(difference_in(evidence, &by_limit, question->metric));
    }
    return is->hi <= limit ? YES : is->lo > limit ? NO : UNDECIDED;
}

static Met met(const Evidence *evidence, const Question *question, const Finding *finding)
{
    const Estimate *is = &finding->is;
    if (question->source == TRIALS && question->expected != TOLD && finding->n < LEAST_BLOCKS)
        return UNDECIDED;
    switch (question->expected) {
    case TOLD: return ONLY_TOLD;
    case BELOW_ONE: return met_below_one(difference_told(evidence, question, finding));
    case NOT_ABOVE_ONE: return met_not_above_one(difference_told(evidence, question, finding));
    case AT_MOST: return met_at_most(evidence, question, finding);
    case ABOVE: return is->lo > question->limit ? YES : is->hi <= question->limit ? NO : UNDECIDED;
    }
    return ONLY_TOLD;
}

static void add_point(Evidence *evidence, Judged *judged, const Question *question, uint64_t size)
{
    Finding finding = answer(evidence, question, judged->series, size);
    if (finding.n == 0)
        return;
    judged->point = memory_resize(judged->point, judged->points + 1, sizeof *judged->point);
    judged->point[judged->points++] =
        (Point){ question, question->at ? question->at : size, finding, met(evidence, question, &finding) };
}

static void ask(Evidence *evidence, Judged *judged, const Question *question)
{
    if (!is_asked(evidence, question, judged->series))
        return;
    if (question->source != TRIALS) {
        const Census *census = census_of(evidence, judged->series, question->workload, question->variant);
        if (census)
            add_point(evidence, judged, question, census->cell.size);
        return;
    }
    uint64_t size = 0;
    while ((size = next_size(evidence, judged->series, question->workload, question->variant, size)) != 0)
        add_point(evidence, judged, question, size);
}

/* ---- When it holds -------------------------------------------------------------------------------------------------- */

static const char *at_words(const Point *point, TextPool *pool)
{
    const char *unit = point->question->at_unit;
    char *text = unit ? text_format("%" PRIu64 " %s", point->at, unit) : text_format("n = %" PRIu64, point->at);
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}

static bool is_first_of_case(const Judged *judged, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (judged->point[j].met != ONLY_TOLD && texts_equal(judged->point[j].question->of, judged->point[i].question->of))
            return false;
    return judged->point[i].met != ONLY_TOLD;
}

/* A place at which the case was looked at: it holds there if all its questions were answered with yes. */
typedef struct Place {
    const Point *point;
    bool holds;
} Place;

static void add_place(Place *place, size_t *places, const Point *point)
{
    for (size_t i = 0; i < *places; i++)
        if (place[i].point->at == point->at) {
            place[i].holds = place[i].holds && point->met == YES;
            return;
        }
    place[(*places)++] = (Place){ point, point->met == YES };
}

static int by_place(const void *a, const void *b)
{
    const Place *x = a, *y = b;
    return (x->point->at > y->point->at) - (x->point->at < y->point->at);
}

static Place *places_of(const Judged *judged, const char *of, size_t *places)
{
    Place *place = memory_new(judged->points, sizeof *place);
    *places = 0;
    for (size_t i = 0; i < judged->points; i++)
        if (judged->point[i].met != ONLY_TOLD && texts_equal(judged->point[i].question->of, of))
            add_place(place, places, &judged->point[i]);
    qsort(place, *places, sizeof *place, by_place);
    return place;
}

/* `case`, `case from … on`, `case up to …` or `case at …, …`; NULL where it holds nowhere. */
static char *case_condition(const Judged *judged, const char *of, TextPool *pool)
{
    size_t places, holding = 0, turns = 0;
    Place *place = places_of(judged, of, &places);
    for (size_t i = 0; i < places; i++) {
        holding += place[i].holds;
        turns += i > 0 && place[i].holds != place[i - 1].holds;
    }
    char *text = NULL;
    if (holding == places)
        text = text_format("%s", of);
    else if (turns == 1 && place[places - 1].holds)
        text = text_format("%s from %s on", of, at_words(place[places - holding].point, pool));
    else if (turns == 1)
        text = text_format("%s up to %s", of, at_words(place[holding - 1].point, pool));
    else if (holding > 0) {
        text = text_format("%s at some of %zu sizes", of, places);
    }
    free(place);
    return text;
}

static const char *joined(const char *all, const char *more, TextPool *pool)
{
    char *text = text_format("%s%s%s", all, *all ? ", " : "", more);
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}

static const char *condition_of(const Judged *judged, TextPool *pool)
{
    const char *all = "";
    for (size_t i = 0; i < judged->points; i++) {
        if (!is_first_of_case(judged, i))
            continue;
        char *one = case_condition(judged, judged->point[i].question->of, pool);
        if (one)
            all = joined(all, one, pool);
        free(one);
    }
    return all;
}

/* ---- The verdict ---------------------------------------------------------------------------------------------------- */

static size_t count_met(const Judged *judged, Met met)
{
    size_t count = 0;
    for (size_t i = 0; i < judged->points; i++)
        count += judged->point[i].met == met;
    return count;
}

static bool is_asked_anything(const Evidence *evidence, const Claim *claim, const Cell *series)
{
    for (const Question *question = claim->question; question->figure; question++)
        if (question->expected != TOLD && is_asked(evidence, question, series))
            return true;
    return false;
}

static void decide(Evidence *evidence, Judged *judged)
{
    size_t yes = count_met(judged, YES), no = count_met(judged, NO), unsure = count_met(judged, UNDECIDED);
    judged->condition = yes > 0 && no + unsure > 0 ? condition_of(judged, &evidence->pool) : "";
    judged->verdict = yes > 0 && no + unsure == 0 ? HOLDS : *judged->condition ? HOLDS_WHEN
                    : yes + no > 0 ? DOES_NOT_HOLD : NOT_MEASURED;
    if (judged->verdict == DOES_NOT_HOLD && unsure > 0)
        judged->condition = "what can be told of it";
    else if (judged->verdict == NOT_MEASURED && unsure > 0)
        judged->condition = "the differences are too small to be told in so few blocks";
    else if (judged->verdict == NOT_MEASURED && !is_asked_anything(evidence, judged->claim, judged->series))
        judged->condition = "it says nothing of this strategy";
}

Judged judge(Evidence *evidence, const Claim *claim, const Cell *series)
{
    Judged judged = { .claim = claim, .series = series };
    for (const Question *question = claim->question; question->figure; question++)
        ask(evidence, &judged, question);
    decide(evidence, &judged);
    return judged;
}

void judged_free(Judged *judged)
{
    free(judged->point);
    *judged = (Judged){ 0 };
}

const char *verdict_name(Verdict verdict)
{
    static const char *const names[] = {
        [NOT_MEASURED] = "not measured", [DOES_NOT_HOLD] = "does not hold", [HOLDS_WHEN] = "holds when", [HOLDS] = "holds",
    };
    return names[verdict];
}

const char *met_name(Met met)
{
    static const char *const names[] = { [ONLY_TOLD] = "", [UNDECIDED] = "cannot tell", [NO] = "no", [YES] = "yes" };
    return names[met];
}

/* ---- All series ----------------------------------------------------------------------------------------------------- */

static const char *labels_with(Evidence *evidence, const Judged *judged, size_t count, Verdict verdict)
{
    const char *all = "";
    for (size_t i = 0; i < count; i++)
        if (judged[i].verdict == verdict)
            all = joined(all, label_of(evidence, judged[i].series), &evidence->pool);
    return all;
}

static const char *said_of_all(Evidence *evidence, const Judged *judged, size_t count)
{
    static const char *const words[] = { [HOLDS] = "under", [HOLDS_WHEN] = "in part under", [DOES_NOT_HOLD] = "not under" };
    const char *all = "";
    for (Verdict verdict = HOLDS; verdict > NOT_MEASURED; verdict--) {
        const char *labels = labels_with(evidence, judged, count, verdict);
        if (!*labels)
            continue;
        char *text = text_format("%s%s%s %s", all, *all ? "; " : "", words[verdict], labels);
        all = intern(&evidence->pool, text);
        free(text);
    }
    return all;
}

Verdict verdict_on_all(Evidence *evidence, const Judged *judged, size_t count, const char **condition)
{
    size_t having[HOLDS + 1] = { 0 };
    for (size_t i = 0; i < count; i++)
        having[judged[i].verdict]++;
    size_t measured = count - having[NOT_MEASURED];
    bool is_mixed = measured > having[HOLDS] && measured > having[DOES_NOT_HOLD];
    *condition = measured ? said_of_all(evidence, judged, count) : "";
    return !measured ? NOT_MEASURED : is_mixed ? HOLDS_WHEN : having[HOLDS] ? HOLDS : DOES_NOT_HOLD;
}
