#include "compared.h"

#include "bounds.h"
#include "memory.h"
#include "series.h"

#include <stdlib.h>

/* The trials of a run that have not been paired yet, the sorted list's rest. */
typedef struct Rest {
    const Observed **next, **end;
} Rest;

/* Takes those of the cell off; none when the next are of another. */
static size_t take(Rest *rest, const Cell *cell, const Observed ***first)
{
    size_t taken = 0;
    *first = rest->next;
    while (rest->next < rest->end && cell_order(&(*rest->next)->cell, cell) == 0) {
        rest->next++;
        taken++;
    }
    return taken;
}

static const Cell *next_cell(const Rest rest[SIDES])
{
    const Cell *next = NULL;
    for (Side side = OLD; side < SIDES; side++)
        if (rest[side].next < rest[side].end && (!next || cell_order(&(*rest[side].next)->cell, next) < 0))
            next = &(*rest[side].next)->cell;
    return next;
}

/* A control stands behind its cell, for that is how cells are ordered. */
static void add_pair(Pairs *pairs, Rest rest[SIDES], const Cell *cell)
{
    Cell plain = *cell, control = *cell;
    plain.control = false;
    control.control = true;
    Pair *pair = &pairs->pair[pairs->pairs++];
    *pair = (Pair){ .cell = plain };
    for (Side side = OLD; side < SIDES; side++) {
        pair->trials[side] = take(&rest[side], &plain, &pair->trial[side]);
        pair->controls[side] = take(&rest[side], &control, &pair->control[side]);
    }
}

static void number_series(Pairs *pairs)
{
    for (size_t i = 0; i < pairs->pairs; i++) {
        size_t same = 0;
        while (!same_series(&pairs->pair[same].cell, &pairs->pair[i].cell))
            same++;
        pairs->pair[i].series = same == i ? pairs->series++ : pairs->pair[same].series;
    }
}

static void describe(Pairs *pairs, const ComparedRun run[SIDES], TextPool *pool)
{
    CellsOf cells = CELLS_OF(Pair, pairs->pair, pairs->pairs);
    for (size_t i = 0; i < pairs->pairs; i++) {
        Pair *pair = &pairs->pair[i];
        const char *class = manifest_class(run[NEW].manifest.json, pair->cell.workload);
        pair->class = *class ? class : manifest_class(run[OLD].manifest.json, pair->cell.workload);
        pair->label = series_label(&pair->cell, cells, pool);
        pair->main = is_of_largest_size(cells, i);
    }
}

Pairs pairs_of(const ComparedRun run[SIDES], TextPool *pool)
{
    Pairs pairs = { .blocks = larger(run[OLD].blocks, run[NEW].blocks) };
    Rest rest[SIDES];
    for (Side side = OLD; side < SIDES; side++)
        rest[side] = (Rest){ run[side].sorted, run[side].sorted + run[side].trials.rows };
    pairs.pair = memory_new(run[OLD].trials.rows + run[NEW].trials.rows, sizeof *pairs.pair);
    for (const Cell *cell; (cell = next_cell(rest)) != NULL;)
        add_pair(&pairs, rest, cell);
    number_series(&pairs);
    describe(&pairs, run, pool);
    return pairs;
}

void pairs_free(Pairs *pairs)
{
    free(pairs->pair);
    *pairs = (Pairs){ 0 };
}

static const Observed *failure_among(const Observed **trial, size_t trials)
{
    for (size_t i = 0; i < trials; i++)
        if (trial[i]->status != OK)
            return trial[i];
    return NULL;
}

const Observed *pair_failure(const Pair *pair, Side side)
{
    const Observed *failure = failure_among(pair->trial[side], pair->trials[side]);
    return failure ? failure : failure_among(pair->control[side], pair->controls[side]);
}

static bool counts_equal(Count a, Count b)
{
    return a.known == b.known && a.value == b.value;
}

const char *pair_obstacle(const Pair *pair)
{
    const Observed *old = pair_failure(pair, OLD), *new = pair_failure(pair, NEW);
    if (old || new)
        return new && *new->reason ? new->reason : old && *old->reason ? old->reason : "not every trial was ok";
    if (!counts_equal((*pair->trial[OLD])->checksum, (*pair->trial[NEW])->checksum))
        return "the answers differ: it is no longer the same work";
    if (!counts_equal((*pair->trial[OLD])->operations, (*pair->trial[NEW])->operations))
        return "the operations differ: it is no longer the same work";
    return NULL;
}
