#include "report.h"

#include "durable.h"
#include "memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static bool is_number(const Judged *row)
{
    return !isnan(row->ratio);
}

static bool is_called(const Judged *row, const char *verdict)
{
    return texts_equal(row->verdict, verdict);
}

/* A cell without numbers has as many rows as there are metrics: its first stands for them. */
static bool is_first_of_cell(const Judged *row)
{
    return is_number(row) || row->figure == WORK_TIME || row->figure == INSTRUCTION_COUNT;
}

/* What neither run can run is told in compare.csv. */
static bool is_surprising(const Judged *row)
{
    const char *unsupported = status_name(UNSUPPORTED);
    bool neither = texts_equal(row->status[OLD], unsupported) && texts_equal(row->status[NEW], unsupported);
    return is_called(row, NOT_COMPARABLE) && !neither;
}

static bool belongs(const Judged *row, List list)
{
    switch (list) {
    case WORSE:
        return is_called(row, SLOWER) || (is_called(row, BROKEN) && is_first_of_cell(row));
    case BETTER:
        return is_called(row, FASTER) || (is_called(row, MENDED) && is_first_of_cell(row));
    case UNSURE:
        return is_called(row, CANNOT_BE_TOLD) && is_number(row);
    default:
        return (is_called(row, ONLY_OLD) || is_called(row, ONLY_NEW) || is_surprising(row)) && is_first_of_cell(row);
    }
}

/* What has no number is further away than any. */
static double distance_of(const Judged *row)
{
    return isnan(row->decisive) ? INFINITY : fabs(log(row->decisive));
}

static int by_distance(const void *a, const void *b)
{
    const Judged *x = *(const Judged *const *)a, *y = *(const Judged *const *)b;
    if (x->regression != y->regression)
        return y->regression - x->regression;
    double p = distance_of(x), q = distance_of(y);
    return p != q ? (p < q) - (p > q) : (x > y) - (x < y);
}

static int by_detectable(const void *a, const void *b)
{
    const Judged *x = *(const Judged *const *)a, *y = *(const Judged *const *)b;
    double p = x->detectable, q = y->detectable;
    return (p < q) - (p > q);
}

Selection select_rows(const Judgement *judgement, List list)
{
    Selection selection = { memory_new(judgement->rows, sizeof *selection.row), 0 };
    for (size_t i = 0; i < judgement->rows; i++)
        if (belongs(&judgement->row[i], list))
            selection.row[selection.count++] = &judgement->row[i];
    if (list != UNPAIRED)
        qsort(selection.row, selection.count, sizeof *selection.row, list == UNSURE ? by_detectable : by_distance);
    return selection;
}

size_t regressions_of(const Judgement *judgement)
{
    size_t regressions = 0;
    for (size_t i = 0; i < judgement->rows; i++)
        regressions += judgement->row[i].regression && (is_first_of_cell(&judgement->row[i]));
    return regressions;
}

char *judged_name(const Judged *row)
{
    if (row->of == CLASS)
        return text_format("%s, mean of %s", row->label, row->cell.workload);
    if (row->of == WHOLE)
        return text_format("all together");
    return text_format("%s %s %s n=%" PRIu64, row->label, row->cell.workload, row->cell.variant, row->cell.size);
}

char *interval_text(double ratio, double lo, double hi)
{
    if (isnan(ratio))
        return text_format("-");
    return isnan(lo) ? text_format("%.3f", ratio) : lo == hi ? text_format("%.4f", ratio)
                                                             : text_format("%.3f [%.3f, %.3f]", ratio, lo, hi);
}

static size_t count_of(const Judgement *judgement, List list)
{
    Selection selection = select_rows(judgement, list);
    free(selection.row);
    return selection.count;
}

/* The first row of everything together that changed, whether or not anybody can tell why; or NULL. */
static const Judged *changed_whole(const Judgement *judgement)
{
    for (size_t i = 0; i < judgement->rows; i++)
        if (judgement->row[i].of == WHOLE && *judgement->row[i].reason)
            return &judgement->row[i];
    return NULL;
}

/* Empty where not everything changed. */
static char *whole_sentence(const Judged *row)
{
    return row ? text_format("Everything took %.2f times as long (%s): %s. ", row->ratio, row->metric, row->reason)
               : text_format("%s", "");
}

/* Empty where times can be told. */
static char *noise_sentence(const Judgement *judgement)
{
    bool known = !isnan(judgement->band[CELL][WORK_TIME]);
    if (could_be_told(judgement, WORK_TIME))
        return text_format("%s", "");
    return text_format("Nothing can be told by time: %s. ", known ? "no cell was ok in two blocks of both runs"
                       : "not both runs have A/A controls, so nobody knows what noise looks like");
}

bool report_tells(const Judgement *judgement)
{
    bool tells = regressions_of(judgement) > 0;
    for (Figure figure = WORK_TIME; figure < FIGURES; figure++)
        tells |= could_be_told(judgement, figure);
    return tells;
}

char *report_sentence(const Judgement *judgement)
{
    size_t regressions = regressions_of(judgement);
    char *verdict = regressions == 0 ? text_format("No regression can be told")
                                     : text_format("%zu regression%s", regressions, regressions == 1 ? "" : "s");
    char *whole = whole_sentence(changed_whole(judgement)), *noise = noise_sentence(judgement);
    char *sentence = text_format(
        "%s%s%s: at a threshold of %g%%, %zu of %zu rows are worse, %zu better, of %zu nobody can tell, and %zu have nothing "
        "to be compared with.", noise, whole, verdict, 100 * judgement->threshold, count_of(judgement, WORSE), judgement->rows,
        count_of(judgement, BETTER), count_of(judgement, UNSURE), count_of(judgement, UNPAIRED));
    free(verdict);
    free(whole);
    free(noise);
    return sentence;
}

static void write_csv(FILE *out, const Judgement *judgement)
{
    rows_write_header(out, &judged_layout);
    for (size_t i = 0; i < judgement->rows; i++)
        rows_write(out, &judged_layout, &judgement->row[i]);
}

void report_write(const Report *report, const char *folder)
{
    char *csv = text_format("%s/compare.csv", folder), *markdown = text_format("%s/compare.md", folder);
    Durable rows = durable_begin(csv);
    write_csv(rows.out, report->judgement);
    durable_end(&rows);
    Durable text = durable_begin(markdown);
    markdown_write(text.out, report);
    durable_end(&text);
    free(csv);
    free(markdown);
}
