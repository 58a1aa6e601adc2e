#include "judge.h"

#include "cell_columns.h"
#include "memory.h"
#include "noise.h"

#include <math.h>
#include <stdlib.h>

#define WRONG_RUNS 0.05 /* the share of comparisons of equal runs in which anything may be called faster or slower */
enum { FAMILIES = 2 };  /* cells, and means over classes: each has half of that */

static const Column judged_columns[] = {
    { "scope",      NAME, offsetof(Judged, scope) },
    SERIES_COLUMNS(Judged),
    WORK_COLUMNS(Judged),
    { "metric",     NAME, offsetof(Judged, metric) },
    { "status_old", TEXT, offsetof(Judged, status[OLD]) },
    { "status_new", TEXT, offsetof(Judged, status[NEW]) },
    { "n_old",      NATURAL, offsetof(Judged, n[OLD]) },
    { "n_new",      NATURAL, offsetof(Judged, n[NEW]) },
    { "old",        QUANTITY, offsetof(Judged, value[OLD]) },
    { "new",        QUANTITY, offsetof(Judged, value[NEW]) },
    { "ratio",      QUANTITY, offsetof(Judged, ratio) },
    { "ratio_lo",   QUANTITY, offsetof(Judged, lo) },
    { "ratio_hi",   QUANTITY, offsetof(Judged, hi) },
    { "beside",     QUANTITY, offsetof(Judged, beside) },
    { "beside_lo",  QUANTITY, offsetof(Judged, beside_lo) },
    { "beside_hi",  QUANTITY, offsetof(Judged, beside_hi) },
    { "band",       QUANTITY, offsetof(Judged, band) },
    { "q",          QUANTITY, offsetof(Judged, q) },
    { "detectable", QUANTITY, offsetof(Judged, detectable) },
    { "verdict",    TEXT, offsetof(Judged, verdict) },
    { "regression", FLAG, offsetof(Judged, regression) },
    { "reason",     TEXT, offsetof(Judged, reason) },
};
const Layout judged_layout = LAYOUT(Judged, judged_columns);

Judged *judgement_add(Judgement *judgement, Judged row)
{
    judgement->row = memory_room(judgement->row, &judgement->room, judgement->rows + 1, sizeof *judgement->row);
    judgement->row[judgement->rows] = row;
    return &judgement->row[judgement->rows++];
}

Judged judged_row(const Judgement *judgement, const Cell *cell, const char *label, Scope of, Figure figure)
{
    static const char *const scope_names[SCOPES] = { [CELL] = "cell", [CLASS] = "class", [WHOLE] = "all" };
    return (Judged){
        .scope = scope_names[of], .of = of, .figure = figure, .metric = figure_names[figure], .cell = *cell, .label = label,
        .status = { "", "" }, .value = { NAN, NAN }, .ratio = NAN, .lo = NAN, .hi = NAN, .beside = NAN, .beside_lo = NAN,
        .beside_hi = NAN, .band = judgement->band[of][figure], .q = NAN, .detectable = NAN, .p = NAN, .decisive = NAN,
        .verdict = CANNOT_BE_TOLD, .reason = "",
    };
}

/* ---- How many were asked ------------------------------------------------------------------------------------------- */

static int by_probability(const void *a, const void *b)
{
    double x = (*(Judged *const *)a)->p, y = (*(Judged *const *)b)->p;
    return (x > y) - (x < y);
}

/* Benjamini and Hochberg (1995): a row's q is the least rate of false ones at which it would be among those called. */
static void adjust(Judged **asked, size_t n)
{
    double least = 1;
    qsort(asked, n, sizeof *asked, by_probability);
    for (size_t i = n; i-- > 0;) {
        least = fmin(least, asked[i]->p * FAMILIES * n / (i + 1));
        asked[i]->q = least;
    }
}

static void adjust_family(Judgement *judgement, Scope of)
{
    Judged **asked = memory_new(judgement->rows, sizeof *asked);
    size_t n = 0;
    for (size_t i = 0; i < judgement->rows; i++) {
        Judged *row = &judgement->row[i];
        if (row->of == of && row->figure < SCATTERING && !isnan(row->p))
            asked[n++] = row;
    }
    adjust(asked, n);
    free(asked);
}

/* ---- Verdicts ------------------------------------------------------------------------------------------------------ */

bool lies_within(double lo, double hi, double share)
{
    return lo >= 1 / (1 + share) && hi <= 1 + share;
}

bool is_worse(const Judged *row, double threshold)
{
    return row->decisive >= (1 + threshold) * (1 - 1e-9);
}

/* What slows the machine does not slow all alike: a cell may be hit twice as hard as the others, or not at all. Where a series
 * has no others beside it, it cannot be told from the machine if it changed by no more than a session may. */
static double least_difference(const Judged *row)
{
    if (row->figure == PEAK_MEMORY)
        return row->band;
    if (isnan(row->beside))
        return fmax(row->band, 1 + SESSION_DRIFT);
    return row->band * exp(fabs(log(row->ratio / row->beside)));
}

static Estimate change_of(const Judged *row)
{
    return (Estimate){ row->ratio, row->lo, row->hi };
}

static Estimate change_beside(const Judged *row)
{
    return (Estimate){ row->beside, row->beside_lo, row->beside_hi };
}

static bool differs(const Judged *row)
{
    bool sure = excludes_one(change_of(row)) && (isnan(row->beside) || excludes_one(change_beside(row)));
    return sure && row->q <= WRONG_RUNS && exp(fabs(log(row->decisive))) > least_difference(row);
}

/* Both ways, or a change of everything would leave every cell the same. */
static bool is_same(const Judged *row, double threshold)
{
    bool by_itself = lies_within(row->lo, row->hi, threshold);
    return by_itself && (isnan(row->beside) || lies_within(row->beside_lo, row->beside_hi, threshold));
}

static void decide_verdict(Judged *row, double threshold)
{
    if (isnan(row->p))
        return;
    if (differs(row)) {
        row->verdict = row->decisive > 1 ? SLOWER : FASTER;
        row->regression = is_worse(row, threshold);
    } else if (is_same(row, threshold)) {
        row->verdict = SAME_AS_BEFORE;
    }
}

/* ---- Everything together ------------------------------------------------------------------------------------------- */

/* The median of the ratios of all cells' instructions; NAN where they were not counted in both runs. */
static double counted_median(const Judgement *judgement)
{
    double *ratio = memory_new(judgement->rows, sizeof *ratio);
    size_t n = 0;
    for (size_t i = 0; i < judgement->rows; i++) {
        const Judged *row = &judgement->row[i];
        if (row->figure == INSTRUCTION_COUNT && row->of == CELL && !isnan(row->ratio))
            ratio[n++] = row->ratio;
    }
    double middle = median(ratio, n);
    free(ratio);
    return middle;
}

static const char *reason_of_whole(double ratio, bool machine)
{
    if (machine)
        return "the machine changed: the instructions are the same";
    return ratio > 1 ? "either the machine changed or all of it became slower"
                     : "either the machine changed or all of it became faster";
}

/* Where instructions were counted, they tell the code from the machine. */
static void decide_whole(Judged *row, double counted, double threshold)
{
    if (isnan(row->p))
        return;
    if (lies_within(row->lo, row->hi, threshold)) {
        row->verdict = SAME_AS_BEFORE;
        return;
    }
    if (!excludes_one(change_of(row)))
        return;
    bool machine = lies_within(counted, counted, threshold);
    row->reason = reason_of_whole(row->ratio, machine);
    if (!lies_within(row->ratio, row->ratio, SESSION_DRIFT)) {
        row->verdict = row->ratio > 1 ? SLOWER : FASTER;
        row->regression = row->ratio > 1 && !machine && is_worse(row, threshold);
    }
}

static void decide_all(Judgement *judgement)
{
    double counted = counted_median(judgement);
    for (size_t i = 0; i < judgement->rows; i++) {
        Judged *row = &judgement->row[i];
        if (row->of == WHOLE)
            decide_whole(row, counted, judgement->threshold);
        else if (row->figure < SCATTERING)
            decide_verdict(row, judgement->threshold);
    }
}

bool could_be_told(const Judgement *judgement, Figure figure)
{
    for (size_t i = 0; i < judgement->rows; i++) {
        const Judged *row = &judgement->row[i];
        if (row->figure == figure && row->of == CELL && !isnan(row->ratio) && !isnan(row->band) &&
            (figure == INSTRUCTION_COUNT || !isnan(row->p)))
            return true;
    }
    return false;
}

Judgement judge_runs(const ComparedRun run[SIDES], const Pairs *pairs, double threshold, TextPool *pool)
{
    Judgement judgement = { .threshold = threshold, .pool = pool };
    for (Figure figure = WORK_TIME; figure < SCATTERING; figure++)
        judge_scattering(&judgement, pairs, figure);
    judge_instructions(&judgement, run, pairs);
    adjust_family(&judgement, CELL);
    adjust_family(&judgement, CLASS);
    decide_all(&judgement);
    note_disagreement(&judgement);
    return judgement;
}

void judgement_free(Judgement *judgement)
{
    free(judgement->row);
    drawings_free(&judgement->drawings);
    *judgement = (Judgement){ 0 };
}
