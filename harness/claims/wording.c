/* Sentences. Whatever they say of a run is put together from its figures; nobody wrote it for a result. */
#include "wording.h"

#include "conditions.h"
#include "fail.h"
#include "memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *expectation(const Question *question, TextPool *pool)
{
    static const char *const words[] = {
        [TOLD] = "", [BELOW_ONE] = "below 1", [NOT_ABOVE_ONE] = "not above 1", [AT_MOST] = "at most", [ABOVE] = "above",
    };
    if (question->expected != AT_MOST && question->expected != ABOVE)
        return words[question->expected];
    char *text = text_format("%s %g", words[question->expected], question->limit);
    const char *kept = intern(pool, text);
    free(text);
    return kept;
}

static void print_number(FILE *out, double number)
{
    if (fabs(number) >= 100 || number == rint(number))
        fprintf(out, "%.0f", number);
    else
        fprintf(out, "%#.3g", number);
}

void sentence_begin(Sentence *sentence)
{
    sentence->out = open_memstream(&sentence->text, &sentence->length);
    if (sentence->out == NULL)
        fail("no memory for a sentence");
}

const char *sentence_end(Sentence *sentence, TextPool *pool)
{
    if (fclose(sentence->out) != 0)
        fail("no memory for a sentence");
    const char *kept = intern(pool, sentence->text);
    free(sentence->text);
    return kept;
}

static bool has_interval(const Estimate *is)
{
    return is->lo < is->hi;
}

void print_value(FILE *out, const Finding *finding)
{
    const Estimate *is = &finding->is;
    print_number(out, is->value);
    if (!has_interval(is))
        return;
    fputs(" (", out);
    print_number(out, is->lo);
    fputs(" to ", out);
    print_number(out, is->hi);
    fputs(")", out);
}

static void print_point(FILE *out, const Point *point)
{
    const Question *question = point->question;
    fprintf(out, "%s: %s ", question->of, question->figure);
    print_value(out, &point->finding);
    if (question->unit)
        fprintf(out, " %s", question->unit);
    fprintf(out, question->at_unit ? " at %" PRIu64 " %s" : " at n = %" PRIu64, point->at, question->at_unit);
}

/* Of the points of a question that were met so, the one at the largest size speaks for them. */
static bool speaks(const Judged *judged, size_t i)
{
    const Point *point = &judged->point[i];
    for (size_t j = i + 1; j < judged->points; j++) {
        const Question *other = judged->point[j].question;
        bool is_alike = texts_equal(other->of, point->question->of) && texts_equal(other->figure, point->question->figure);
        if (is_alike && judged->point[j].met == point->met)
            return false;
    }
    return true;
}

static void print_points(FILE *out, const Judged *judged, Met met, const char *before)
{
    for (size_t i = 0; i < judged->points; i++) {
        if (judged->point[i].met != met || !speaks(judged, i))
            continue;
        fputs(before, out);
        if (!texts_equal(before, "; "))
            before = "; ";
        print_point(out, &judged->point[i]);
    }
}

static void print_sentence(FILE *out, Evidence *evidence, const Judged *judged)
{
    fprintf(out, "Under %s: %s", label_of(evidence, judged->series), verdict_name(judged->verdict));
    if (*judged->condition)
        fprintf(out, judged->verdict == HOLDS_WHEN ? " %s" : ", for %s", judged->condition);
    print_points(out, judged, YES, ". As expected: ");
    print_points(out, judged, NO, ". Against it: ");
    print_points(out, judged, UNDECIDED, ". Cannot be told: ");
    print_points(out, judged, ONLY_TOLD, ". Besides: ");
    if (*judged->missing)
        fprintf(out, ". Not measured: %s", judged->missing);
    else if (judged->verdict == NOT_MEASURED && judged->points == 0 && !*judged->condition)
        fprintf(out, "; `make bench WORKLOADS=\"%s\"` measures it, with all strategies", judged->claim->workloads);
    putc('.', out);
}

const char *whole_condition(const Judged *judged, TextPool *pool)
{
    if (!*judged->missing)
        return judged->condition;
    return joined(judged->condition, "; ", joined("not measured: ", "", judged->missing, pool), pool);
}

const char *sentence_of(Evidence *evidence, const Judged *judged)
{
    Sentence sentence;
    sentence_begin(&sentence);
    print_sentence(sentence.out, evidence, judged);
    return sentence_end(&sentence, &evidence->pool);
}
