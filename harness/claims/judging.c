#include "judging.h"

#include "conditions.h"
#include "memory.h"

#include <stdlib.h>

/* ---- The answers ----------------------------------------------------------------------------------------------------- */

static void add_point(Evidence *evidence, Judged *judged, const Question *question, uint64_t size)
{
    Finding finding = answer(evidence, question, judged->series, size);
    Point point = { question, size, size && question->at ? question->at : size, finding, met(evidence, question, &finding) };
    Point **list = finding.n ? &judged->point : &judged->unanswered;
    size_t *count = finding.n ? &judged->points : &judged->unanswered_count;
    if (finding.n == 0 && question->expected == TOLD)
        return;
    *list = memory_resize(*list, *count + 1, sizeof **list);
    (*list)[(*count)++] = point;
}

static uint64_t counted_size(const Evidence *evidence, const Question *question, const Cell *series)
{
    const Census *census = census_of(evidence, series, question->workload, question->variant);
    return census ? census->cell.size : 0;
}

/* At every size that was run; where none was the question has no answer. */
static void ask(Evidence *evidence, Judged *judged, const Question *question)
{
    if (!is_asked(evidence, question, judged->series))
        return;
    uint64_t size = 0, next;
    if (question->source != TRIALS)
        size = counted_size(evidence, question, judged->series);
    else
        while ((next = next_size(evidence, judged->series, question->workload, question->variant, size)) != 0) {
            add_point(evidence, judged, question, next);
            size = next;
        }
    if (question->source != TRIALS || size == 0)
        add_point(evidence, judged, question, size);
}

/* ---- The verdict ---------------------------------------------------------------------------------------------------- */

static size_t count_met(const Judged *judged, Met met)
{
    size_t count = 0;
    for (size_t i = 0; i < judged->points; i++)
        count += judged->point[i].met == met;
    return count;
}

/* Against what holds in no case whole nothing need speak: noise may hide the rest of it. */
static Verdict verdict_of(const Judged *judged)
{
    size_t yes = count_met(judged, YES), no = count_met(judged, NO), unsure = count_met(judged, UNDECIDED);
    if (yes > 0 && no + unsure + judged->unanswered_count == 0)
        return HOLDS;
    return *judged->condition ? HOLDS_WHEN : no > 0 ? DOES_NOT_HOLD : NOT_MEASURED;
}

static void decide(Evidence *evidence, Judged *judged)
{
    judged->condition = condition_of(judged, &evidence->pool);
    judged->verdict = verdict_of(judged);
    bool is_unsure = count_met(judged, UNDECIDED) > 0;
    if (judged->verdict == HOLDS)
        judged->condition = "";
    else if (judged->verdict == DOES_NOT_HOLD && is_unsure)
        judged->condition = "what can be told of it";
    else if (judged->verdict == NOT_MEASURED && is_unsure)
        judged->condition = "the differences are too small to be told in so few blocks";
    else if (judged->verdict == NOT_MEASURED && judged->unanswered_count == 0)
        judged->condition = "it says nothing of this strategy";
    if (judged->verdict != NOT_MEASURED || judged->points > 0 || has_failed(evidence, judged))
        judged->missing = unanswered_of(evidence, judged);
}

Judged judge(Evidence *evidence, const Claim *claim, const Cell *series)
{
    Judged judged = { .claim = claim, .series = series, .condition = "", .missing = "" };
    for (const Question *question = claim->question; question->figure; question++)
        ask(evidence, &judged, question);
    decide(evidence, &judged);
    return judged;
}

void judged_free(Judged *judged)
{
    free(judged->point);
    free(judged->unanswered);
    *judged = (Judged){ 0 };
}

const char *verdict_name(Verdict verdict)
{
    static const char *const names[] = {
        [NOT_MEASURED] = "not measured", [DOES_NOT_HOLD] = "does not hold", [HOLDS_WHEN] = "holds when", [HOLDS] = "holds",
    };
    return names[verdict];
}

/* ---- All series ----------------------------------------------------------------------------------------------------- */

/* Of those that are not measured, who was asked. */
static const char *labels_with(Evidence *evidence, const Judged *judged, size_t count, Verdict verdict)
{
    const char *all = "";
    for (size_t i = 0; i < count; i++)
        if (judged[i].verdict == verdict && judged[i].points + judged[i].unanswered_count > 0)
            all = joined(all, ", ", label_of(evidence, judged[i].series), &evidence->pool);
    return all;
}

static const char *said_of_all(Evidence *evidence, const Judged *judged, size_t count)
{
    static const char *const words[] = {
        [HOLDS] = "under", [HOLDS_WHEN] = "in part under", [DOES_NOT_HOLD] = "not under", [NOT_MEASURED] = "not measured under",
    };
    const char *all = "";
    for (int verdict = HOLDS; verdict >= NOT_MEASURED; verdict--) {
        const char *labels = labels_with(evidence, judged, count, verdict);
        if (!*labels)
            continue;
        char *text = text_format("%s %s", words[verdict], labels);
        all = joined(all, "; ", text, &evidence->pool);
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
