#include "sweep.h"

#include "catalogue.h"
#include "fail.h"
#include "memory.h"

#include <stdlib.h>

/* ---- Strategies and their settings ---------------------------------------------------------------------------------- */

static bool has_sweep(const char *build, const char *strategy, const char *workload, TextPool *pool)
{
    Sheet known = catalogue_settings(build, strategy, workload, pool);
    const Setting *setting = known.row;
    bool found = false;
    for (size_t i = 0; i < known.rows; i++)
        found = found || *setting[i].sweep;
    sheet_free(&known);
    return found;
}

Names sweep_strategies(const char *build, Names known, const char *baseline, const char *workload, TextPool *pool)
{
    Names swept = { 0 };
    for (size_t i = 0; i < known.count; i++)
        if (texts_equal(known.name[i], baseline) || has_sweep(build, known.name[i], workload, pool))
            names_add(&swept, known.name[i]);
    return swept;
}

/* To the configurations, those of one setting. */
static void add_values(Names *all, const char *strategy, const Setting *setting, TextPool *pool)
{
    Names values = names_split(setting->sweep, pool);
    for (size_t i = 0; i < values.count; i++) {
        char *word = text_format("%s.%s=%s", strategy, setting->name, values.name[i]);
        names_add(all, intern(pool, word));
        free(word);
    }
    free(values.name);
}

static void add_sweep(Names *all, const char *build, const char *strategy, const char *workload, TextPool *pool)
{
    Sheet known = catalogue_settings(build, strategy, workload, pool);
    for (size_t i = 0; i < known.rows; i++)
        add_values(all, strategy, (const Setting *)known.row + i, pool);
    sheet_free(&known);
}

const char *sweep_settings(const char *build, Names strategies, const char *workload, TextPool *pool)
{
    Names all = { 0 };
    for (size_t i = 0; i < strategies.count; i++)
        add_sweep(&all, build, strategies.name[i], workload, pool);
    if (all.count == 0)
        fail("no setting of %s has values to be swept; `reclaim list` shows which strategies have some",
             names_joined(strategies));
    char *joined = names_joined(all);
    const char *words = intern(pool, joined);
    free(joined);
    free(all.name);
    return words;
}

/* ---- Workloads ------------------------------------------------------------------------------------------------------ */

/* Whether its variants, as one strategy describes them, have memory to be managed in one way or another. */
static bool can_tell(const Catalogue *workload)
{
    bool holds = false, drops = false, reads = false;
    for (size_t i = 0; i < workload->variants; i++) {
        const Description *variant = &workload->variant[i];
        holds = holds || !variant->streams;
        drops = drops || variant->cyclic || texts_equal(variant->class, "classic");
        reads = reads || *variant->input;
    }
    return holds && drops && !reads;
}

Names sweep_workloads(const char *build, Names known, const char *strategy, TextPool *pool)
{
    Names telling = { 0 };
    for (size_t i = 0; i < known.count; i++) {
        Catalogue workload = catalogue_read(build, (Names){ &strategy, 1 }, (Names){ &known.name[i], 1 }, pool);
        if (can_tell(&workload))
            names_add(&telling, known.name[i]);
        catalogue_free(&workload);
    }
    if (telling.count == 0)
        fail("no workload here has garbage or much that lives; name those to be swept");
    return telling;
}
