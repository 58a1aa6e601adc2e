/* Mode zeal: a collection before every birth, before every k-th, and whenever the strategy's own trigger can be made to call
 * for one. What a workload forgot to own, or the strategy to look at, is gone at once, and the answer is another one. The cells are
 * those of tests/zeal/zeal.h; that they did collect that often is read back from their last words. */
#include "catalogue.h"
#include "configurations.h"
#include "memory.h"
#include "random.h"
#include "sharing.h"
#include "stress.h"
#include "zeal_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum Condition { EVERY_BIRTH, EVERY_KTH, CHECKED, EAGER, CONDITIONS } Condition;

static const char *const condition_names[CONDITIONS] = {
    [EVERY_BIRTH] = "before every birth",
    [EVERY_KTH] = "before every k-th birth",
    [CHECKED] = "before every k-th birth, checked",
    [EAGER] = "by its own trigger at its least",
};

enum {
    MOST = 5000, MOST_QUICK = 2000, MOST_CHECKED = 500, /* collections of a run: seconds at most */
    EAGER_TIMES = 2, EAGER_VARIANTS = 50                /* as often as usual, demanded of so many variants together */
};

/* So many births from one collection to the next: they are only counted. */
#define NEVER UINT32_MAX

/* Not the same for all that look at every k-th: a workload may have a rhythm of its own. */
static const uint32_t primes[] = { 2, 3, 5, 7, 11, 13 };

typedef struct Plan {
    const Stress *stress;
    char *build, *checked;         /* the folders of the zealous cells; checked: or NULL */
    Names strategies;              /* that have some */
    const char **eager;            /* of each of those: the settings, or NULL */
    Catalogue catalogue;           /* of them */
} Plan;

/* What runs of one strategy and workload came to, in each condition. */
typedef struct Sum {
    uint64_t kept, births, collections, usual; /* usual: what it collected of itself under its usual settings */
} Sum;

typedef struct Result {
    Sum sum[CONDITIONS];
} Result;

/* ---- What must hold ------------------------------------------------------------------------------------------------- */

/* Why the run is not in order, in memory that the caller frees; NULL: it is. every: births from one collection to the next. */
static char *complaint(const ZealRun *usual, const ZealRun *run, uint32_t every)
{
    const Trial *trial = &run->trial, *expected = &usual->trial;
    if (trial->status != OK)
        return text_format("%s: %s", status_name(trial->status), trial->reason);
    if (trial->checksum.value != expected->checksum.value || trial->operations.value != expected->operations.value)
        return text_format("the answer is %" PRIu64 " of %" PRIu64 " operations, and without zeal %" PRIu64 " of %" PRIu64,
            trial->checksum.value, trial->operations.value, expected->checksum.value, expected->operations.value);
    if (!run->told)
        return text_format("it did not say how often it collected");
    if (run->asked != run->births / every || run->counted < run->asked)
        return text_format("%" PRIu64 " of %" PRIu64 " births asked for a collection, one in %" PRIu32 "; %" PRIu64
            " collections took place", run->asked, run->births, every, run->counted);
    return NULL;
}

/* What broke is told at once; what was kept, all together. */
static void judge(const Plan *plan, Condition condition, const ZealRun *usual, const ZealRun *run, uint32_t every, Sum *sum)
{
    char *sentence = complaint(usual, run, every);
    if (!sentence) {
        sum->kept++;
        sum->births += run->births;
        sum->collections += run->counted;
        sum->usual += usual->counted;
        return;
    }
    const Cell *cell = &run->trial.cell;
    char *subject = text_format("%s %s", cell->workload, cell->variant);
    StressRow row = stress_row("zeal", cell->strategy, subject, condition_names[condition]);
    row.size = (Count){ .known = true, .value = cell->size };
    row.tries = row.broken = 1;
    row.outcome = BROKEN;
    row.sentence = sentence;
    row.again = run->again;
    stress_tell(plan->stress, &row);
    free(subject);
    free(sentence);
}

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
    int signal = zeal_run(plan->stress, build, variant, condition == EAGER ? eager : settings_of(plan, every), condition == CHECKED, &run);
    if (!signal)
        judge(plan, condition, usual, &run, every, sum);
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
        judge(plan, EVERY_BIRTH, &usual, &usual, NEVER, &((Result *)result)->sum[EVERY_BIRTH]);
    free(usual.again);
    return signal;
}

/* ---- What a strategy came to ---------------------------------------------------------------------------------------- */

static void tell_figure(const Plan *plan, StressRow row, const char *figure, uint64_t value)
{
    row.figure = figure;
    row.value = (double)value;
    stress_tell(plan->stress, &row);
}

/* A trigger at its least that is not pulled more often than before is not there. */
static void demand_eagerness(StressRow *row, const Sum *sum, char **sentence)
{
    if (sum->kept < EAGER_VARIANTS || sum->collections >= EAGER_TIMES * sum->usual + 1)
        return;
    *sentence = text_format("%" PRIu64 " collections in %" PRIu64 " births, and %" PRIu64 " under its usual settings",
        sum->collections, sum->births, sum->usual);
    row->sentence = *sentence;
    row->outcome = BROKEN;
    row->broken = 1;
}

static void tell_sum(const Plan *plan, const char *strategy, Condition condition, const Sum *sum)
{
    if (!sum->kept)
        return;
    char *sentence = NULL;
    StressRow row = stress_row("zeal", strategy, "", condition_names[condition]);
    row.tries = sum->kept;
    if (condition == EAGER)
        demand_eagerness(&row, sum, &sentence);
    if (!row.broken)
        tell_figure(plan, row, "births", sum->births);
    tell_figure(plan, row, "collections", sum->collections);
    free(sentence);
}

static void tell_sums(const Plan *plan, const Result *result)
{
    for (size_t s = 0; s < plan->strategies.count; s++)
        for (Condition c = 0; c < CONDITIONS; c++) {
            Sum sum = { 0 };
            for (size_t v = 0; v < plan->catalogue.variants; v++)
                if (texts_equal(plan->catalogue.variant[v].strategy, plan->strategies.name[s])) {
                    const Sum *more = &result[v].sum[c];
                    sum = (Sum){ sum.kept + more->kept, sum.births + more->births, sum.collections + more->collections,
                        sum.usual + more->usual };
                }
            tell_sum(plan, plan->strategies.name[s], c, &sum);
        }
}

/* ---- The plan ------------------------------------------------------------------------------------------------------- */

/* Whether one of the file's lines begins with these words; the rest of it stays in `line`. */
static bool find_line(const char *path, const char *words, char *line, int room)
{
    FILE *in = fopen(path, "r");
    bool found = false;
    while (in && !found && fgets(line, room, in))
        found = strncmp(line, words, strlen(words)) == 0;
    if (in)
        fclose(in);
    line[strcspn(line, "\n")] = '\0';
    return found;
}

static bool collects(const char *strategy)
{
    char *header = text_format("strategies/%s.h", strategy), line[256] = "";
    bool found = find_line(header, "#define collects_cycles 1", line, sizeof line);
    free(header);
    return found;
}

/* The settings of tests/zeal/eager, in the order in which the cell lists them, and without zeal; or NULL. */
static const char *read_eager(const Plan *plan, const char *strategy)
{
    char *words = text_format("%s.", strategy), line[256] = "";
    bool found = find_line("tests/zeal/eager", words, line, sizeof line);
    free(words);
    if (!found)
        return NULL;
    char *asked = text_format("%s,zeal=%" PRIu32, line, NEVER);
    Configurations read = configurations_read(asked, (Names){ &strategy, 1 }, plan->build, plan->stress->workloads.name[0],
        plan->stress->pool);
    const char *settings = read.at[0].settings;
    configurations_free(&read);
    free(asked);
    return settings;
}

static void tell_untried(const Stress *stress, const char *strategy, const char *condition, const char *outcome,
                         const char *sentence)
{
    StressRow row = stress_row("zeal", strategy, "", condition);
    row.outcome = outcome;
    row.sentence = sentence;
    stress_tell(stress, &row);
}

static void plan_strategy(Plan *plan, const char *strategy)
{
    char *folder = text_format("%s/%s", plan->build, strategy);
    if (access(folder, F_OK) == 0) {
        names_add(&plan->strategies, strategy);
        plan->eager = memory_resize(plan->eager, plan->strategies.count, sizeof *plan->eager);
        plan->eager[plan->strategies.count - 1] = read_eager(plan, strategy);
        if (!plan->eager[plan->strategies.count - 1])
            tell_untried(plan->stress, strategy, condition_names[EAGER], UNTRIED, "tests/zeal/eager does not say how");
    } else if (collects(strategy)) {
        tell_untried(plan->stress, strategy, "", UNTRIED, "its zealous cells were not built");
    } else {
        tell_untried(plan->stress, strategy, "", CANNOT, "it does not collect");
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
        tell_sums(&plan, results);
    free(results);
    free_plan(&plan);
    return signal;
}

const StressMode stress_zeal = {
    "zeal", "a collection before every birth changes no answer, and takes place as often as it was asked for", run,
};
