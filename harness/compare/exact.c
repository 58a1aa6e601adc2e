/* Rows of instructions, which do not scatter, and what they say of the time. */
#include "judge.h"

#include "class_means.h"
#include "memory.h"
#include "series.h"

#include <math.h>
#include <stdlib.h>

/* A cell's counts in both runs; NULL where a run does not have it. */
typedef struct Twice {
    const Instructions *in[SIDES];
} Twice;

static int by_cell(const void *a, const void *b)
{
    return cell_order(&((const Instructions *)a)->cell, &((const Instructions *)b)->cell);
}

static const Instructions *counts_at(const Sheet *sheet, size_t i)
{
    return i < sheet->rows ? (const Instructions *)sheet->row + i : NULL;
}

/* Both sheets are sorted; the next cell of them, and past it. */
static Twice next_of(const Sheet *old, const Sheet *new, size_t at[SIDES])
{
    Twice twice = { { counts_at(old, at[OLD]), counts_at(new, at[NEW]) } };
    int order = twice.in[OLD] && twice.in[NEW] ? by_cell(twice.in[OLD], twice.in[NEW]) : twice.in[OLD] ? -1 : 1;
    if (order < 0)
        twice.in[NEW] = NULL;
    if (order > 0)
        twice.in[OLD] = NULL;
    at[OLD] += twice.in[OLD] != NULL;
    at[NEW] += twice.in[NEW] != NULL;
    return twice;
}

static bool tells_start(const Instructions *counts)
{
    return counts && !isnan(instructions_without_start(counts));
}

/* Without those of the start, where both tell it. */
static double count_in(const Twice *twice, Side side)
{
    const Instructions *counts = twice->in[side];
    if (counts == NULL || counts->status != OK || !counts->instructions.known)
        return NAN;
    bool both = tells_start(twice->in[OLD]) && tells_start(twice->in[NEW]);
    return both ? instructions_without_start(counts) : (double)counts->instructions.value;
}

static void explain(Judged *row, const Twice *twice)
{
    const Instructions *old = twice->in[OLD], *new = twice->in[NEW];
    if (old == NULL || new == NULL) {
        row->verdict = old ? ONLY_OLD : ONLY_NEW;
        return;
    }
    row->verdict = new->status == OK ? MENDED : old->status == OK ? BROKEN : NOT_COMPARABLE;
    row->regression = texts_equal(row->verdict, BROKEN);
    row->reason = new->status != OK ? new->reason : old->reason;
}

/* ---- The verdict --------------------------------------------------------------------------------------------------- */

static bool differ_little(Count old, Count new, double share)
{
    double difference = fabs((double)new.value - (double)old.value);
    return old.known && new.known && difference <= fmax(share * fmax(old.value, new.value), COUNT_DRIFT_LEAST);
}

/* Where nothing dies but by a collection, references may be guessed. Whoever counts them knows them. */
static bool may_guess(const Instructions *counts)
{
    Count release = counts->part[RELEASE], collect = counts->part[COLLECT];
    return release.known && release.value == 0 && collect.known && collect.value > 0;
}

/* What collections take depends on where the heap lies, and that on the size of the executable: no more of it differs. */
static bool only_collections_differ(const Twice *twice, double ratio)
{
    static const Purpose other[] = { WORK, ALLOCATE, BARRIER };
    const Instructions *old = twice->in[OLD], *new = twice->in[NEW];
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (!differ_little(old->part[other[i]], new->part[other[i]], GUESSED_DRIFT))
            return false;
    return may_guess(old) && may_guess(new) && lies_within(ratio, ratio, GUESSED_COLLECTIONS);
}

#define GUESSED "only collections differ, and those of a collector that guesses depend on where its heap lies"

/* By how much the row may differ and say nothing, as a ratio, is in its band. */
static void judge_exactly(Judged *row, bool guessed, double threshold)
{
    row->decisive = row->lo = row->hi = row->ratio;
    row->detectable = row->band - 1;
    if (lies_within(row->ratio, row->ratio, row->band - 1)) {
        row->verdict = guessed ? CANNOT_BE_TOLD : SAME_AS_BEFORE;
    } else {
        row->verdict = row->ratio > 1 ? SLOWER : FASTER;
        row->regression = is_worse(row, threshold);
    }
    row->reason = texts_equal(row->verdict, CANNOT_BE_TOLD) ? GUESSED : "";
}

/* Of a cell: a larger band where only collections differ. */
static void judge_cell(Judged *row, const Twice *twice, double threshold)
{
    row->band = 1 + fmax(COUNT_DRIFT, COUNT_DRIFT_LEAST / fmax(row->value[OLD], row->value[NEW]));
    bool differs = !lies_within(row->ratio, row->ratio, row->band - 1);
    bool guessed = differs && only_collections_differ(twice, row->ratio);
    if (guessed)
        row->band = 1 + GUESSED_COLLECTIONS;
    judge_exactly(row, guessed, threshold);
}

static void judge_counts(Judgement *judgement, const Twice *twice, CellsOf cells)
{
    const Cell *cell = &(twice->in[NEW] ? twice->in[NEW] : twice->in[OLD])->cell;
    Judged row = judged_row(judgement, cell, series_label(cell, cells, judgement->pool), CELL, INSTRUCTION_COUNT);
    for (Side side = OLD; side < SIDES; side++) {
        row.status[side] = twice->in[side] ? status_name(twice->in[side]->status) : "";
        row.value[side] = count_in(twice, side);
        row.n[side] = !isnan(row.value[side]);
    }
    row.ratio = row.value[OLD] > 0 ? row.value[NEW] / row.value[OLD] : NAN;
    if (isnan(row.ratio))
        explain(&row, twice);
    else
        judge_cell(&row, twice, judgement->threshold);
    judgement_add(judgement, row);
}

/* ---- Means over a class -------------------------------------------------------------------------------------------- */

static const char *class_of(const Pairs *pairs, const Cell *cell)
{
    for (size_t i = 0; i < pairs->pairs; i++)
        if (texts_equal(pairs->pair[i].cell.workload, cell->workload))
            return pairs->pair[i].class;
    return "";
}

typedef struct CountedRows {
    const Pairs *pairs;
    size_t first, end; /* of the judgement's rows */
} CountedRows;

static bool is_member(const Judgement *judgement, CountedRows counted, size_t i, const Cell *series, const char *class)
{
    const Judged *row = &judgement->row[i];
    return !isnan(row->ratio) && same_series(&row->cell, series) && texts_equal(class_of(counted.pairs, &row->cell), class);
}

/* The first of its series and class adds the row of their mean. */
static void judge_class_of(Judgement *judgement, CountedRows counted, size_t first)
{
    Cell cell = judgement->row[first].cell;
    const char *class = class_of(counted.pairs, &cell);
    double sum = 0, band = 0;
    size_t n = 0;
    bool guessed = false;
    if (!*class || !is_member(judgement, counted, first, &cell, class))
        return;
    for (size_t i = counted.first; i < counted.end; i++) {
        if (!is_member(judgement, counted, i, &cell, class))
            continue;
        if (n == 0 && i != first)
            return;
        sum += log(judgement->row[i].ratio);
        band += log(judgement->row[i].band);
        guessed |= texts_equal(judgement->row[i].verdict, CANNOT_BE_TOLD);
        n++;
    }
    cell.workload = class;
    cell.variant = MEAN_VARIANT;
    cell.input = "";
    cell.size = n;
    Judged row = judged_row(judgement, &cell, judgement->row[first].label, CLASS, INSTRUCTION_COUNT);
    row.n[OLD] = row.n[NEW] = 1;
    row.ratio = exp(sum / n);
    row.band = exp(band / n);
    judge_exactly(&row, guessed, judgement->threshold);
    judgement_add(judgement, row);
}

void judge_instructions(Judgement *judgement, const ComparedRun run[SIDES], const Pairs *pairs)
{
    if (!run[OLD].counted || !run[NEW].counted)
        return;
    const Sheet *old = &run[OLD].instructions, *new = &run[NEW].instructions;
    qsort(old->row, old->rows, sizeof(Instructions), by_cell);
    qsort(new->row, new->rows, sizeof(Instructions), by_cell);
    judgement->band[CELL][INSTRUCTION_COUNT] = 1 + COUNT_DRIFT;
    CountedRows counted = { .pairs = pairs, .first = judgement->rows };
    for (size_t at[SIDES] = { 0 }; at[OLD] < old->rows || at[NEW] < new->rows;) {
        Twice twice = next_of(old, new, at);
        judge_counts(judgement, &twice, CELLS_OF(Pair, pairs->pair, pairs->pairs));
    }
    counted.end = judgement->rows;
    for (size_t i = counted.first; i < counted.end; i++)
        judge_class_of(judgement, counted, i);
}

/* ---- Disagreement -------------------------------------------------------------------------------------------------- */

/* The row of instructions of the same variant, or of the same class, at whatever size they were counted. */
static const Judged *counted_twin(const Judgement *judgement, const Judged *row)
{
    for (size_t i = 0; i < judgement->rows; i++) {
        const Judged *other = &judgement->row[i];
        bool counted = other->figure == INSTRUCTION_COUNT && !isnan(other->ratio);
        if (counted && other->of == row->of && !texts_equal(other->verdict, CANNOT_BE_TOLD) &&
            same_variant(&other->cell, &row->cell) && same_series(&other->cell, &row->cell))
            return other;
    }
    return NULL;
}

static bool is_change(const Judged *row, double threshold)
{
    bool called = texts_equal(row->verdict, FASTER) || texts_equal(row->verdict, SLOWER);
    return called && fabs(log(row->decisive)) >= log(1 + threshold);
}

/* One of them changed by the threshold, and the other did not, or the other way round. */
static bool disagree(const Judged *time, const Judged *count, double threshold)
{
    bool opposite = (time->decisive - 1) * (count->decisive - 1) < 0;
    if (is_change(time, threshold))
        return !is_change(count, threshold) || opposite;
    return is_change(count, threshold) && texts_equal(time->verdict, SAME_AS_BEFORE);
}

void note_disagreement(Judgement *judgement)
{
    for (size_t i = 0; i < judgement->rows; i++) {
        Judged *row = &judgement->row[i];
        if (row->figure != WORK_TIME || row->of == WHOLE || isnan(row->decisive))
            continue;
        const Judged *count = counted_twin(judgement, row);
        if (count == NULL || !disagree(row, count, judgement->threshold))
            continue;
        char *text = text_format("instructions disagree: %.4f times as many", count->ratio);
        row->reason = intern(judgement->pool, text);
        free(text);
    }
}
