#include "conditions.h"

#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- What holds ----------------------------------------------------------------------------------------------------- */

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

const char *joined(const char *all, const char *between, const char *more, TextPool *pool)
{
    char *text = text_format("%s%s%s", all, *all ? between : "", more);
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}

const char *condition_of(const Judged *judged, TextPool *pool)
{
    const char *all = "";
    for (size_t i = 0; i < judged->points; i++) {
        if (!is_first_of_case(judged, i))
            continue;
        char *one = case_condition(judged, judged->point[i].question->of, pool);
        if (one)
            all = joined(all, ", ", one, pool);
        free(one);
    }
    return all;
}

/* ---- What was not answered ------------------------------------------------------------------------------------------ */

static bool has_point_of_case(const Judged *judged, const char *of)
{
    for (size_t i = 0; i < judged->points; i++)
        if (judged->point[i].met != ONLY_TOLD && texts_equal(judged->point[i].question->of, of))
            return true;
    return false;
}

/* The status of what failed, of either side of a ratio; OK when nothing did, or nothing was run. */
static Status failure_of(const Evidence *evidence, const Cell *series, const Point *point)
{
    const Question *question = point->question;
    const Cell *sides[] = { question->ours ? series_named(evidence, question->ours) : series,
                            question->theirs ? series_named(evidence, question->theirs) : series };
    const char *variants[] = { question->variant, question->than ? question->than : question->variant };
    for (size_t side = 0; side < 2; side++) {
        Group cell = { NULL, 0 };
        if (sides[side])
            cell = cell_trials(evidence, sides[side], question->workload, variants[side], point->size);
        for (size_t i = 0; i < cell.trials; i++)
            if (cell.trial[i]->status != OK)
                return cell.trial[i]->status;
    }
    return OK;
}

bool has_failed(const Evidence *evidence, const Judged *judged)
{
    for (size_t i = 0; i < judged->unanswered_count; i++)
        if (failure_of(evidence, judged->series, &judged->unanswered[i]) != OK)
            return true;
    return false;
}

/* A case of which something was answered says which question was not. */
static char *unanswered_in_words(Evidence *evidence, const Judged *judged, const Point *point)
{
    const Question *question = point->question;
    bool in_part = has_point_of_case(judged, question->of);
    Status status = failure_of(evidence, judged->series, point);
    return text_format("%s%s%s%s%s%s%s%s", question->of, in_part ? ": " : "", in_part ? question->figure : "",
                       in_part && point->at ? " at " : "", in_part && point->at ? at_words(point, &evidence->pool) : "",
                       status == OK ? "" : " (", status == OK ? "" : status_name(status), status == OK ? "" : ")");
}

const char *unanswered_of(Evidence *evidence, const Judged *judged)
{
    const char *all = "", *last = "";
    for (size_t i = 0; i < judged->unanswered_count; i++) {
        char *one = unanswered_in_words(evidence, judged, &judged->unanswered[i]);
        if (!texts_equal(one, last))
            all = joined(all, ", ", one, &evidence->pool);
        last = intern(&evidence->pool, one);
        free(one);
    }
    return all;
}
