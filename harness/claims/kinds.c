#include "kinds.h"

#include "manifest.h"
#include "memory.h"
#include "traits.h"
#include "wording.h"

#include <stdlib.h>

/* ---- Cycles ---------------------------------------------------------------------------------------------------------- */

static bool leaves_much(const Census *census)
{
    return census->live_bytes.known && part_left(census) > MUCH_LEFT;
}

/* What those of the series that collect leave of a program. */
typedef struct Collected {
    bool was_counted, left_nothing; /* whether one of them was counted there, and whether one leaves next to nothing */
} Collected;

static void take_collector(Collected *collected, const Census *census)
{
    collected->was_counted = true;
    collected->left_nothing = collected->left_nothing || !leaves_much(census);
}

/* What a count alone leaves alive and a count with a collector does not, are cycles. In a run without such a count any
 * collector tells it, though it also finds what a count has lost; and in one without collectors what is left is taken for
 * cycles. */
static bool drops_cycles(const Evidence *evidence, const Cell *program)
{
    bool is_left = false;
    Collected counting = { 0 }, tracing = { 0 };
    for (size_t i = 0; i < evidence->series_count; i++) {
        Traits traits = traits_of(evidence, evidence->series[i]);
        const Census *census = census_of(evidence, evidence->series[i], program->workload, program->variant);
        if (census == NULL)
            continue;
        is_left = is_left || (traits.leaks_cycles && leaves_much(census));
        if (traits.traces)
            take_collector(traits.counts ? &counting : &tracing, census);
    }
    const Collected *judge = counting.was_counted ? &counting : &tracing;
    return is_left && (judge->left_nothing || !judge->was_counted);
}

/* ---- Kinds of programs ----------------------------------------------------------------------------------------------- */

typedef enum Cycles { WHATEVER, NO_CYCLES, CYCLES } Cycles;

/* Of one class, for a mean of several would be of what nobody runs. Where variants are named it is only these. */
static const struct Likeness {
    const char *about, *class;
    Cycles cycles;
    const char *variant[6][2]; /* workload and variant */
} table[] = {
    { "files that are parsed, counted or indexed", "real", WHATEVER, { } },
    { "streams and files that are read item by item", "technique", WHATEVER,
      { { "sequence", "generator" }, { "lines", "generator" }, { "graph", "edges" } } },
    { "many lookups in sets and dicts", "technique", WHATEVER,
      { { "lookup", "set_hits" }, { "lookup", "set_misses" }, { "lookup", "dict_hits" }, { "lookup", "dict_misses" } } },
    { "trees, caches and tables without cycles", "classic", NO_CYCLES, { } },
    { "object graphs with cycles", "classic", CYCLES, { } },
};

static bool is_named(const struct Likeness *kind, const Cell *cell)
{
    for (int i = 0; kind->variant[i][0]; i++)
        if (texts_equal(cell->workload, kind->variant[i][0]) && texts_equal(cell->variant, kind->variant[i][1]))
            return true;
    return kind->variant[0][0] == NULL;
}

/* Cells are sorted by variant, then by size: the largest is the last of its variant. */
static void find_programs(const Evidence *evidence, const struct Likeness *kind, Programs *found)
{
    found->program = memory_new(evidence->cells + 1, sizeof *found->program);
    for (size_t i = 0; i < evidence->cells; i++) {
        const Cell *cell = &(*evidence->cell[i].trial)->cell;
        if (!texts_equal(manifest_class(evidence->manifest, cell->workload), kind->class) || !is_named(kind, cell))
            continue;
        if (found->count > 0 && same_variant(found->program[found->count - 1], cell))
            found->program[found->count - 1] = cell;
        else
            found->program[found->count++] = cell;
    }
}

/* Keeps those that drop cycles, or those that do not, where the kind asks for it. */
static void keep_those(const Evidence *evidence, const struct Likeness *kind, Programs *found)
{
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        bool drops = drops_cycles(evidence, found->program[i]);
        if (kind->cycles != WHATEVER && drops != (kind->cycles == CYCLES))
            continue;
        found->drops_cycles = found->drops_cycles || drops;
        found->program[kept++] = found->program[i];
    }
    found->count = kept;
}

ProgramKinds kinds_of(Evidence *evidence)
{
    ProgramKinds kinds = { 0 };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        Programs found = { .about = table[i].about };
        find_programs(evidence, &table[i], &found);
        keep_those(evidence, &table[i], &found);
        if (found.count > 0)
            kinds.kind[kinds.count++] = found;
        else
            free(found.program);
    }
    return kinds;
}

void kinds_free(ProgramKinds *kinds)
{
    for (size_t i = 0; i < kinds->count; i++)
        free(kinds->kind[i].program);
    *kinds = (ProgramKinds){ 0 };
}

const char *names_of_programs(const Programs *kind, TextPool *pool)
{
    Sentence names;
    sentence_begin(&names);
    for (size_t i = 0; i < kind->count; i++)
        fprintf(names.out, "%s%s %s", i ? ", " : "", kind->program[i]->workload, kind->program[i]->variant);
    return sentence_end(&names, pool);
}
