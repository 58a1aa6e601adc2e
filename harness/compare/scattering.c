/* Rows of what scatters: time and memory. */
#include "judge.h"

#include "class_means.h"
#include "levels.h"
#include "memory.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>

/* The cells of one series and class, or one cell. */
typedef struct Subject {
    const Pair **pair;
    size_t pairs;
} Subject;

static bool is_compared(const Pair *pair)
{
    return pair->trials[OLD] > 0 && pair->trials[NEW] > 0 && pair_obstacle(pair) == NULL;
}

static const Observed *trial_in(const Pair *pair, Side side, uint64_t block)
{
    for (size_t i = 0; i < pair->trials[side]; i++)
        if (pair->trial[side][i]->block == block)
            return pair->trial[side][i];
    return NULL;
}

/* The mean of the subject's logarithms in the block; NAN when one of its cells has none. */
static double mean_in(Subject subject, Side side, uint64_t block, Figure figure)
{
    double sum = 0;
    for (size_t i = 0; i < subject.pairs; i++) {
        const Observed *trial = trial_in(subject.pair[i], side, block);
        sum += trial ? log_figure(trial, figure) : NAN;
    }
    return sum / subject.pairs;
}

/* What the subject took in each block; with levels, beside what the other series' cells took. */
static Blocks blocks_of(Subject subject, Side side, Figure figure, const Pairs *pairs, const Levels *levels)
{
    Blocks blocks = { memory_new(pairs->blocks, sizeof(double)), 0 };
    for (uint64_t block = 1; block <= pairs->blocks; block++) {
        double x = mean_in(subject, side, block, figure);
        if (levels)
            x -= level_at(levels, side, block, (*subject.pair)->series);
        if (!isnan(x))
            blocks.x[blocks.n++] = x;
    }
    return blocks;
}

static Contrast contrast_in(Judgement *judgement, Subject subject, const Pairs *pairs, const Levels *levels, Judged *row)
{
    Blocks old = blocks_of(subject, OLD, row->figure, pairs, levels), new = blocks_of(subject, NEW, row->figure, pairs, levels);
    if (levels == NULL) {
        row->n[OLD] = old.n;
        row->n[NEW] = new.n;
    }
    Contrast contrast = contrast_of(old, new, &judgement->drawings);
    free(old.x);
    free(new.x);
    return contrast;
}

/* The ratio that decides: a difference is one only if it is there both by itself and beside the others, and then it is the
 * smaller of the two. Where there are no others, only the first can be asked. */
static void decide(Judged *row, const Contrast *whole, const Contrast *beside)
{
    bool alone = isnan(beside->log), opposite = !alone && whole->log * beside->log < 0;
    bool whole_is_nearer = alone || fabs(whole->log) < fabs(beside->log);
    row->decisive = opposite ? 1 : exp(whole_is_nearer ? whole->log : beside->log);
    row->p = opposite ? 1 : alone ? whole->p : fmax(whole->p, beside->p);
    row->detectable = (alone || whole->error > beside->error ? whole : beside)->detectable;
}

static void estimate(Judgement *judgement, Subject subject, const Pairs *pairs, const Levels *levels, Judged *row)
{
    Contrast whole = contrast_in(judgement, subject, pairs, NULL, row), beside = unknown_contrast;
    if (levels)
        beside = contrast_in(judgement, subject, pairs, levels, row);
    decide(row, &whole, &beside);
    row->ratio = exp(whole.log);
    row->lo = exp(whole.lo);
    row->hi = exp(whole.hi);
    row->beside = exp(beside.log);
    row->beside_lo = exp(beside.lo);
    row->beside_hi = exp(beside.hi);
}

/* The status of a cell in a run: of the first trial that was not ok. */
static const char *status_in(const Pair *pair, Side side)
{
    const Observed *failure = pair_failure(pair, side);
    return pair->trials[side] == 0 ? "" : status_name(failure ? failure->status : OK);
}

static double geometric_mean(const Pair *pair, Side side, Figure figure)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < pair->trials[side]; i++) {
        double x = log_figure(pair->trial[side][i], figure);
        sum += isnan(x) ? 0 : x;
        n += !isnan(x);
    }
    return n ? exp(sum / n) : NAN;
}

/* What is not compared says why. A cell that was ok and is not any more is the worst there is. */
static void explain(Judged *row, const Pair *pair, TextPool *pool)
{
    const Observed *old = pair_failure(pair, OLD), *new = pair_failure(pair, NEW);
    if (pair->trials[OLD] == 0 || pair->trials[NEW] == 0) {
        row->verdict = pair->trials[OLD] ? ONLY_OLD : ONLY_NEW;
        return;
    }
    row->reason = pair_obstacle(pair);
    if (new && new->cell.control) {
        char *text = text_format("run a second time, as A/A control: %s", row->reason);
        row->reason = intern(pool, text);
        free(text);
    }
    row->verdict = new && !old ? BROKEN : old && !new ? MENDED : NOT_COMPARABLE;
    row->regression = new && !old;
}

static void judge_cell(Judgement *judgement, const Pairs *pairs, const Pair *pair, Figure figure, const Levels *levels)
{
    Judged row = judged_row(judgement, &pair->cell, pair->label, CELL, figure);
    if (!pair->main)
        row.band = judgement->band_of_smaller[figure];
    for (Side side = OLD; side < SIDES; side++) {
        row.status[side] = status_in(pair, side);
        row.value[side] = geometric_mean(pair, side, figure);
    }
    if (is_compared(pair))
        estimate(judgement, (Subject){ &pair, 1 }, pairs, levels, &row);
    else
        explain(&row, pair, judgement->pool);
    judgement_add(judgement, row);
}

/* ---- Means over a class -------------------------------------------------------------------------------------------- */

static bool is_member(const Pair *pair, const Pair *first)
{
    return pair->series == first->series && texts_equal(pair->class, first->class) && pair->main && is_compared(pair);
}

static Subject members_of(const Pairs *pairs, const Pair *first)
{
    Subject subject = { memory_new(pairs->pairs, sizeof *subject.pair), 0 };
    for (size_t i = 0; i < pairs->pairs; i++)
        if (is_member(&pairs->pair[i], first))
            subject.pair[subject.pairs++] = &pairs->pair[i];
    return subject;
}

static void judge_classes(Judgement *judgement, const Pairs *pairs, Figure figure, const Levels *levels)
{
    for (size_t i = 0; i < pairs->pairs; i++) {
        const Pair *first = &pairs->pair[i];
        if (!*first->class || !is_member(first, first))
            continue;
        Subject subject = members_of(pairs, first);
        Cell mean = {
            .strategy = first->cell.strategy, .settings = first->cell.settings, .allocator = first->cell.allocator,
            .workload = first->class, .variant = MEAN_VARIANT, .size = subject.pairs, .input = "",
        };
        Judged row = judged_row(judgement, &mean, first->label, CLASS, figure);
        if (*subject.pair == first) { /* each once */
            estimate(judgement, subject, pairs, levels, &row);
            judgement_add(judgement, row);
        }
        free(subject.pair);
    }
}

/* ---- All together: the machine, or a change of everything ---------------------------------------------------------- */

static void judge_whole(Judgement *judgement, const Pairs *pairs, Figure figure, const Levels *levels)
{
    Cell all = { .strategy = "all", .settings = "", .allocator = "all", .workload = "all", .variant = "median", .input = "" };
    Judged row = judged_row(judgement, &all, "all", WHOLE, figure);
    Blocks blocks[SIDES];
    for (Side side = OLD; side < SIDES; side++) {
        blocks[side] = (Blocks){ memory_new(pairs->blocks, sizeof(double)), 0 };
        for (uint64_t block = 1; block <= pairs->blocks; block++)
            if (!isnan(level_at(levels, side, block, levels->series)))
                blocks[side].x[blocks[side].n++] = level_at(levels, side, block, levels->series);
        row.n[side] = blocks[side].n;
    }
    Contrast whole = contrast_of(blocks[OLD], blocks[NEW], &judgement->drawings), none = unknown_contrast;
    decide(&row, &whole, &none);
    row.ratio = exp(whole.log);
    row.lo = exp(whole.lo);
    row.hi = exp(whole.hi);
    row.band = 1 + SESSION_DRIFT;
    judgement_add(judgement, row);
    free(blocks[OLD].x);
    free(blocks[NEW].x);
}

static bool has_figure(const Pairs *pairs, Side side, Figure figure)
{
    for (size_t i = 0; i < pairs->pairs; i++)
        for (size_t j = 0; j < pairs->pair[i].trials[side]; j++)
            if (!isnan(observed_figure(pairs->pair[i].trial[side][j], figure)))
                return true;
    return false;
}

/* Memory does not depend on how fast the machine is: it is compared by itself. */
void judge_scattering(Judgement *judgement, const Pairs *pairs, Figure figure)
{
    bool drifts = figure != PEAK_MEMORY;
    if (figure != WORK_TIME && !(has_figure(pairs, OLD, figure) && has_figure(pairs, NEW, figure)))
        return; /* an older version of the suite did not measure it */
    Levels levels = levels_of(pairs, figure);
    judgement->band[CELL][figure] = band_of_cells(pairs, figure, true);
    judgement->band_of_smaller[figure] = band_of_cells(pairs, figure, false);
    judgement->band[CLASS][figure] = band_of_classes(pairs, figure);
    for (size_t i = 0; i < pairs->pairs; i++)
        judge_cell(judgement, pairs, &pairs->pair[i], figure, drifts ? &levels : NULL);
    judge_classes(judgement, pairs, figure, drifts ? &levels : NULL);
    if (drifts)
        judge_whole(judgement, pairs, figure, &levels);
    levels_free(&levels);
}
