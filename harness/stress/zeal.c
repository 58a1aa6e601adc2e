/* Mode zeal: a collection before every birth, before every k-th, and whenever the strategy's own trigger can be made to call
 * for one. What a workload forgot to own, or the strategy to look at, is gone at once, and the answer is another one. The cells
 * are those of tests/zeal/zeal.h; that they did collect that often is read back from their last words. */
#include "configurations.h"
#include "lines.h"
#include "memory.h"
#include "random.h"
#include "sharing.h"
#include "subject.h"
#include "zeal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    MOST = 5000, MOST_QUICK = 2000, MOST_CHECKED = 500 /* collections of a run: seconds at most */
};

/* So many births from one collection to the next: they are only counted. */
#define NEVER UINT32_MAX

/* Not the same for all that look at every k-th: a workload may have a rhythm of its own. */
static const uint32_t primes[] = { 2, 3, 5, 7, 11, 13 };

/* ---- The runs of a variant ------------------------------------------------------------------------------------------ */

static const char *settings_of(const Plan *plan, uint32_t every)
{
    char *text = text_format("zeal=%" PRIu32, every);
    const char *settings = intern(plan->stress->pool, text);
    free(text);
    return settings;
}

/* As few births from one collection to the next as `first`, or a multiple of it, that makes no more than so many. */
static uint32_t births_between(uint64_t births, uint32_t first, uint64_t most)
{
    return (uint32_t)(first * (1 + births / (first * most)));
}

static const char *eager_of(const Plan *plan, const char *strategy)
{
    size_t s = 0;
    while (!texts_equal(plan->strategies.name[s], strategy))
        s++;
    return plan->eager[s];
}

static int try_condition(const Plan *plan, const Description *variant, Condition condition, const ZealRun *usual,
                         uint32_t every, Sum *sum)
{
    const char *build = condition == CHECKED ? plan->checked : plan->build;
    const char *eager = condition == EAGER ? eager_of(plan, variant->strategy) : NULL;
    if (!build || (condition == EAGER && !eager))
        return 0;
    ZealRun run;
    const char *settings = condition == EAGER ? eager : settings_of(plan, every);
    int signal = zeal_run(plan->stress, build, variant, settings, condition == CHECKED, &run);
    if (!signal)
        zeal_judge(plan, condition, usual, &run, every, sum);
    free(run.again);
    return signal;
}

static int try_all(const Plan *plan, const Description *variant, const ZealRun *usual, uint32_t prime, Result *result)
{
    uint64_t most = plan->stress->quick ? MOST_QUICK : MOST;
    const uint32_t every[CONDITIONS] = {
        [EVERY_BIRTH] = births_between(usual->births, 1, most),
        [EVERY_KTH] = births_between(usual->births, prime, most),
        [CHECKED] = births_between(usual->births, prime, MOST_CHECKED),
        [EAGER] = NEVER,
    };
    int signal = 0;
    for (Condition c = 0; c < CONDITIONS && !signal; c++)
        signal = try_condition(plan, variant, c, usual, every[c], &result->sum[c]);
    return signal;
}

static int do_variant(void *context, size_t number, void *result)
{
    const Plan *plan = context;
    const Description *variant = &plan->catalogue.variant[number];
    if (variant->status == UNSUPPORTED)
        return 0;
    Random random = random_seeded(plan->stress->seed + number);
    uint32_t prime = primes[random_next(&random) % (sizeof primes / sizeof *primes)];
    ZealRun usual;
    int signal = zeal_run(plan->stress, plan->build, variant, settings_of(plan, NEVER), false, &usual);
    if (!signal && usual.trial.status == OK && usual.told)
        signal = try_all(plan, variant, &usual, prime, result);
    else if (!signal)
        zeal_judge(plan, EVERY_BIRTH, &usual, &usual, NEVER, &((Result *)result)->sum[EVERY_BIRTH]);
    free(usual.again);
    return signal;
}

/* ---- The plan ------------------------------------------------------------------------------------------------------- */

/* The settings of tests/zeal/eager, in the order in which the cell lists them, and without zeal; or NULL. */
static const char *read_eager(const Plan *plan, const char *strategy)
{
    char *words = text_format("%s.", strategy);
    const char *eager = line_after("tests/zeal/eager", words, plan->stress->pool);
    free(words);
    if (!eager)
        return NULL;
    char *asked = text_format("%s.%s,zeal=%" PRIu32, strategy, eager, NEVER);
    Configurations read = configurations_read(asked, (Names){ &strategy, 1 }, plan->build, plan->stress->workloads.name[0],
        plan->stress->pool);
    const char *settings = read.at[0].settings;
    configurations_free(&read);
    free(asked);
    return settings;
}

static void plan_strategy(Plan *plan, const char *strategy)
{
    char *folder = text_format("%s/%s", plan->build, strategy);
    if (access(folder, F_OK) == 0) {
        names_add(&plan->strategies, strategy);
        plan->eager = memory_resize(plan->eager, plan->strategies.count, sizeof *plan->eager);
        plan->eager[plan->strategies.count - 1] = read_eager(plan, strategy);
        if (!plan->eager[plan->strategies.count - 1])
            stress_tell_nothing(plan->stress, "zeal", strategy, zeal_condition[EAGER], UNTRIED,
                                "tests/zeal/eager does not say how");
    } else if (collects_cycles(strategy)) {
        stress_tell_nothing(plan->stress, "zeal", strategy, "", UNTRIED, "its zealous cells were not built");
    } else {
        stress_tell_nothing(plan->stress, "zeal", strategy, "", CANNOT, "it does not collect");
    }
    free(folder);
}

static Plan make_plan(const Stress *stress)
{
    Plan plan = { .stress = stress, .build = text_format("%s/zeal", stress->build) };
    plan.checked = stress->quick ? NULL : text_format("%s/checked", stress->build);
    for (size_t s = 0; s < stress->strategies.count; s++)
        plan_strategy(&plan, stress->strategies.name[s]);
    plan.catalogue = catalogue_read(plan.build, plan.strategies, stress->workloads, stress->pool);
    return plan;
}

static void free_plan(Plan *plan)
{
    catalogue_free(&plan->catalogue);
    free(plan->strategies.name);
    free(plan->eager);
    free(plan->checked);
    free(plan->build);
}

static int run(Stress *stress)
{
    Plan plan = make_plan(stress);
    Result *results = memory_new(plan.catalogue.variants + 1, sizeof *results);
    int signal = share_work(do_variant, &plan, plan.catalogue.variants, sizeof *results, results);
    if (!signal)
        zeal_tell_sums(&plan, results);
    free(results);
    free_plan(&plan);
    return signal;
}

const StressMode stress_zeal = {
    "zeal", "a collection before every birth changes no answer, and takes place as often as it was asked for", run,
};
