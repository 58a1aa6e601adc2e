#include "choices.h"

#include "manifest.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>

/* ---- What a series is ------------------------------------------------------------------------------------------------ */

Traits traits_of(const Evidence *evidence, const Cell *series)
{
    uint64_t frees = 0, collections = 0, cascades = 0, resets = 0;
    const Census *census = evidence->census.row;
    for (size_t i = 0; i < evidence->census.rows; i++) {
        if (!same_series(&census[i].cell, series))
            continue;
        frees += census[i].frees.value;
        collections += census[i].collections.value;
        cascades += census[i].cascades.value;
        resets += census[i].resets.value;
    }
    return (Traits){
        .frees = frees > 0,
        .wants_regions = resets > 0 && collections == 0 && cascades == 0,
        .leaks_cycles = cascades > 0 && collections == 0,
    };
}

/* A hundredth, so that what a static variable still holds at the end is no leak. */
static bool leaves_much(const Census *census)
{
    return census && census->live_bytes.known && census->live_bytes.value > census->allocated_bytes.value / 100;
}

/* What a count alone leaves alive and a count with a collector does not, are cycles. */
static bool drops_cycles(const Evidence *evidence, const Cell *program)
{
    bool is_left = false, is_collected = false;
    for (size_t i = 0; i < evidence->series_count; i++) {
        Traits traits = traits_of(evidence, evidence->series[i]);
        const Census *census = census_of(evidence, evidence->series[i], program->workload, program->variant);
        is_left = is_left || (traits.leaks_cycles && leaves_much(census));
        bool has_collector = census && census->collections.value > 0 && census->cascades.value > 0;
        is_collected = is_collected || (has_collector && !leaves_much(census));
    }
    return is_left && is_collected;
}

/* ---- Kinds of programs ----------------------------------------------------------------------------------------------- */

/* Cells are sorted by variant, then by size: the largest is the last of its variant. */
static Program *programs_of_class(const Evidence *evidence, const char *class, size_t *count)
{
    Program *program = memory_new(evidence->cells + 1, sizeof *program);
    *count = 0;
    for (size_t i = 0; i < evidence->cells; i++) {
        const Cell *cell = &(*evidence->cell[i].trial)->cell;
        if (!texts_equal(manifest_class(evidence->manifest, cell->workload), class))
            continue;
        if (*count > 0 && same_variant(program[*count - 1], cell))
            program[*count - 1] = cell;
        else
            program[(*count)++] = cell;
    }
    return program;
}

static void keep_those(const Evidence *evidence, Programs *kind)
{
    size_t kept = 0;
    for (size_t i = 0; i < kind->count; i++)
        if (drops_cycles(evidence, kind->program[i]) == kind->drops_cycles)
            kind->program[kept++] = kind->program[i];
    kind->count = kept;
}

static void add_kind(ProgramKinds *kinds, Programs kind)
{
    if (kind.count > 0)
        kinds->kind[kinds->count++] = kind;
    else
        free(kind.program);
}

/* Real programs are one kind: they are what they are. */
static Programs real_programs(const Evidence *evidence)
{
    Programs kind = { .about = "programs with real input" };
    kind.program = programs_of_class(evidence, "real", &kind.count);
    for (size_t i = 0; i < kind.count; i++)
        kind.drops_cycles = kind.drops_cycles || drops_cycles(evidence, kind.program[i]);
    return kind;
}

static Programs classics(const Evidence *evidence, const char *about, bool cyclic)
{
    Programs kind = { .about = about, .drops_cycles = cyclic };
    kind.program = programs_of_class(evidence, "classic", &kind.count);
    keep_those(evidence, &kind);
    return kind;
}

ProgramKinds kinds_of(Evidence *evidence)
{
    ProgramKinds kinds = { 0 };
    add_kind(&kinds, real_programs(evidence));
    add_kind(&kinds, classics(evidence, "trees, caches and tables that drop no cycles", false));
    add_kind(&kinds, classics(evidence, "object graphs that drop cycles", true));
    return kinds;
}

void kinds_free(ProgramKinds *kinds)
{
    for (size_t i = 0; i < kinds->count; i++)
        free(kinds->kind[i].program);
    *kinds = (ProgramKinds){ 0 };
}

/* ---- Means ----------------------------------------------------------------------------------------------------------- */

Finding mean_ratio(Evidence *evidence, const Programs *kind, const Cell *ours, const Cell *theirs, const char *name)
{
    uint64_t blocks = last_block((Group){ evidence->sorted, evidence->trials.rows });
    Metric metric = metric_named(name);
    GroupPair *pair = memory_new(kind->count, sizeof *pair);
    double *ratio = memory_new(blocks + 1, sizeof *ratio), *one = memory_new(blocks + 1, sizeof *one);
    for (size_t i = 0; i < kind->count; i++) {
        const Cell *at = kind->program[i];
        pair[i] = (GroupPair){ cell_trials(evidence, ours, at->workload, at->variant, at->size),
                               cell_trials(evidence, theirs, at->workload, at->variant, at->size) };
    }
    size_t n = mean_ratios(pair, kind->count, blocks, &metric, ratio);
    for (size_t i = 0; i < n; i++)
        one[i] = 1;
    Finding finding = { estimate_ratio(ratio, one, drawings_of(&evidence->drawings, n)), n };
    free(pair);
    free(ratio);
    free(one);
    return finding;
}

/* ---- Choosing -------------------------------------------------------------------------------------------------------- */

static bool can_be_chosen(const Evidence *evidence, const Programs *kind, const Cell *series, bool with_regions)
{
    Traits traits = traits_of(evidence, series);
    return traits.frees && !(traits.wants_regions && !with_regions) && !(traits.leaks_cycles && kind->drops_cycles);
}

/* The one that takes least, but for `other_than`. */
static const Cell *least(Evidence *evidence, const Programs *kind, const char *metric, bool with_regions,
                         const Cell *other_than)
{
    const Cell *best = NULL;
    double best_ratio = INFINITY;
    for (size_t i = 0; i < evidence->series_count; i++) {
        const Cell *series = evidence->series[i];
        if (series == other_than || !can_be_chosen(evidence, kind, series, with_regions))
            continue;
        Finding finding = mean_ratio(evidence, kind, series, evidence->baseline, metric);
        if (finding.n > 0 && finding.is.value < best_ratio) {
            best_ratio = finding.is.value;
            best = series;
        }
    }
    return best;
}

/* Of a mean over programs the control is the mean over the same programs: how far its interval goes from 1. */
static double band_of_mean(Evidence *evidence, const Programs *kind, const char *metric)
{
    Finding control = mean_ratio(evidence, kind, evidence->control, evidence->baseline, metric);
    return fmax(control.is.hi, 1 / control.is.lo);
}

Choice choose(Evidence *evidence, const Programs *kind, const char *metric, bool with_regions)
{
    Choice choice = { 0 };
    if (evidence->baseline == NULL)
        return choice;
    choice.best = least(evidence, kind, metric, with_regions, NULL);
    if (choice.best == NULL)
        return choice;
    choice.to_baseline = mean_ratio(evidence, kind, choice.best, evidence->baseline, metric);
    choice.next = least(evidence, kind, metric, with_regions, choice.best);
    if (choice.next == NULL)
        return choice;
    choice.to_next = mean_ratio(evidence, kind, choice.best, choice.next, metric);
    choice.difference = difference_of(choice.to_next.is, choice.to_next.n, band_of_mean(evidence, kind, metric));
    return choice;
}

/* ---- Stops ----------------------------------------------------------------------------------------------------------- */

Stop longest_stop(const Evidence *evidence, const Cell *series)
{
    const Census *census = evidence->census.row;
    Stop stop = { .series = series };
    for (size_t i = 0; i < evidence->census.rows; i++) {
        if (!same_series(&census[i].cell, series) || census[i].status != OK)
            continue;
        Finding pause = longest_pause(evidence, &census[i]);
        stop.programs++;
        if (pause.n == 0 || (stop.where && pause.is.value <= stop.longest.is.value))
            continue;
        stop.longest = pause;
        stop.where = &census[i];
    }
    return stop;
}

Stop shortest_stop(const Evidence *evidence, bool with_regions)
{
    const Programs all = { .drops_cycles = true };
    size_t programs = evidence->baseline ? longest_stop(evidence, evidence->baseline).programs : 0;
    Stop shortest = { 0 };
    for (size_t i = 0; i < evidence->series_count; i++) {
        if (!can_be_chosen(evidence, &all, evidence->series[i], with_regions))
            continue;
        Stop stop = longest_stop(evidence, evidence->series[i]);
        bool is_shorter = !shortest.where || stop.longest.is.value < shortest.longest.is.value;
        if (stop.where && stop.programs >= programs && is_shorter)
            shortest = stop;
    }
    return shortest;
}
