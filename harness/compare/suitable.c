#include "suitable.h"

#include "fail.h"
#include "memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const obstacle_names[OBSTACLES] = {
    [MODE] = "mode", [SIZES] = "sizes", [SEEDS] = "seeds", [INPUTS] = "inputs", [HOST] = "host",
    [UNFINISHED] = "unfinished",
};

/* Where in a manifest something stands, and what people call it. */
typedef struct Field {
    const char *object, *key, *what;
} Field;

/* Each of these changes times or memory by itself, and none of them is in the code. */
static const Field host_fields[] = {
    { NULL, "host_kind", "the host" },
    { "machine", "architecture", "the architecture" },
    { "machine", "cpu", "the processor" },
    { "machine", "cores", "the number of cores" },
    { "machine", "cores_allowed", "the number of cores that may be used" },
    { "machine", "transparent_huge_pages", "the use of transparent huge pages" },
    { "machine", "aslr", "the randomisation of addresses" },
    { "machine", "governor", "the frequency governor" },
    { "machine", "turbo_off", "the processor's turbo" },
    { "machine", "boost", "the processor's boost" },
    { "machine", "smt", "the use of two threads a core" },
    { "machine", "cpu_quota", "the quota of processor time" },
    { "machine", "page_bytes", "the page size" },
    { "machine", "overcommit", "the system's overcommitting" },
};

/* These change them, too, but are what somebody may want to compare, or do not change what they mean. */
static const Field told_fields[] = {
    { NULL, "commit", "commit" },
    { NULL, "dirty", "files that are not committed" },
    { NULL, "compiler", "compiler" },
    { NULL, "flags", "flags" },
    { "machine", "kernel", "kernel" },
    { "machine", "system", "system" },
    { "machine", "clock_source", "clock source" },
    { "parameters", "baseline", "baseline of the run" },
    { "parameters", "time_limit_s", "time limit in s" },
    { "parameters", "memory_limit_mib", "memory limit in MiB" },
};

#define COUNT_OF(table) (sizeof table / sizeof *table)

static const json_t *field_of(const ComparedRun *run, Field field)
{
    const json_t *json = run->manifest.json;
    return json_object_get(field.object ? json_object_get(json, field.object) : json, field.key);
}

/* As it stands in the file; a tool that is missing there is null. In memory that the caller frees. */
static char *field_text(const json_t *value)
{
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    return text ? text : text_format("null");
}

enum { READABLE = 100 }; /* letters: more of it is for those who open the manifests */

/* What differs, and how, in a sentence; or NULL when both are the same. */
static const char *difference(const json_t *old, const json_t *new, const char *what, TextPool *pool)
{
    char *before = field_text(old), *now = field_text(new);
    const char *kept = NULL;
    if (!texts_equal(before, now)) {
        bool readable = strlen(before) + strlen(now) <= READABLE;
        char *text = readable ? text_format("%s: %s in OLD, %s in NEW", what, before, now)
                              : text_format("%s (in manifest.json)", what);
        kept = intern(pool, text);
        free(text);
    }
    free(before);
    free(now);
    return kept;
}

static void note(Names *names, const char *text)
{
    if (text)
        names_add(names, text);
}

/* Of a field that one manifest does not have, for another version wrote it, there is nothing to say. */
static void note_fields(Names *names, const ComparedRun run[SIDES], const Field *field, size_t fields, TextPool *pool)
{
    for (size_t i = 0; i < fields; i++) {
        const json_t *old = field_of(&run[OLD], field[i]), *new = field_of(&run[NEW], field[i]);
        if (old && new)
            note(names, difference(old, new, field[i].what, pool));
    }
}

static void note_tools(Names *names, const ComparedRun run[SIDES], TextPool *pool)
{
    const char *tool;
    json_t *version, *new = json_object_get(run[NEW].manifest.json, "tools");
    json_object_foreach(new, tool, version)
        note(names, difference(json_object_get(json_object_get(run[OLD].manifest.json, "tools"), tool), version, tool, pool));
}

/* A virtual machine of the same kind has some KiB more or less after each start. */
static void note_memory(Names *names, const ComparedRun run[SIDES], TextPool *pool)
{
    Field field = { "machine", "memory_mib", "the memory in MiB" };
    const json_t *old = field_of(&run[OLD], field), *new = field_of(&run[NEW], field);
    if (fabs(json_number_value(old) - json_number_value(new)) > 0.02 * json_number_value(old))
        note(names, difference(old, new, field.what, pool));
}

/* On which core trials ran is all the same, whether they had one is not. */
static bool is_pinned(const ComparedRun *run)
{
    return json_is_integer(json_object_get(json_object_get(run->manifest.json, "pinned"), "trials"));
}

/* Blocks of machines that are not the same ones cannot be set beside each other. */
static bool note_several_hosts(Names *names, const ComparedRun run[SIDES], TextPool *pool)
{
    bool several = false;
    for (Side side = OLD; side < SIDES; side++) {
        size_t hosts = manifest_hosts(run[side].manifest.json);
        if (hosts == 1)
            continue;
        char *text = text_format("%s was measured on %zu machines", side == OLD ? "OLD" : "NEW", hosts);
        names_add(names, intern(pool, text));
        free(text);
        several = true;
    }
    return several;
}

static void note_host(Names *names, const ComparedRun run[SIDES], TextPool *pool)
{
    if (note_several_hosts(names, run, pool))
        return;
    note_fields(names, run, host_fields, COUNT_OF(host_fields), pool);
    note_memory(names, run, pool);
    if (is_pinned(&run[OLD]) != is_pinned(&run[NEW]))
        names_add(names, is_pinned(&run[OLD]) ? "trials were pinned to a core in OLD only"
                                              : "trials were pinned to a core in NEW only");
}

/* Of workloads that only one run has nothing is compared. */
static void note_inputs(Names *names, const ComparedRun run[SIDES], TextPool *pool)
{
    const char *workload;
    json_t *input, *old = json_object_get(run[OLD].manifest.json, "inputs");
    json_object_foreach(json_object_get(run[NEW].manifest.json, "inputs"), workload, input) {
        const json_t *before = json_object_get(json_object_get(old, workload), "sha256");
        char *what = text_format("the SHA-256 of the file that %s reads", workload);
        if (before)
            note(names, difference(before, json_object_get(input, "sha256"), what, pool));
        free(what);
    }
}

static bool side_has(const Pair *pair, Side side)
{
    return pair->trials[side] > 0;
}

/* Whether any cell of the run has this variant at this size; any size, where it is 0. */
static bool run_has(const Pairs *pairs, Side side, const Cell *cell, uint64_t size)
{
    for (size_t i = 0; i < pairs->pairs; i++) {
        const Pair *pair = &pairs->pair[i];
        if (side_has(pair, side) && same_variant(&pair->cell, cell) && (size == 0 || pair->cell.size == size))
            return true;
    }
    return false;
}

/* The first variant that both have, but not at the same sizes. */
static void note_sizes(Names *names, const Pairs *pairs, TextPool *pool)
{
    for (size_t i = 0; i < pairs->pairs; i++) {
        const Cell *cell = &pairs->pair[i].cell;
        Side has = side_has(&pairs->pair[i], OLD) ? OLD : NEW, lacks = SIDES - 1 - has;
        if (side_has(&pairs->pair[i], lacks) || run_has(pairs, lacks, cell, cell->size) ||
            !run_has(pairs, lacks, cell, 0))
            continue;
        char *text = text_format("%s %s, n = %" PRIu64 " is in %s only", cell->workload, cell->variant, cell->size,
                                 has == OLD ? "OLD" : "NEW");
        names_add(names, intern(pool, text));
        free(text);
        return;
    }
}

static void note_seeds(Names *names, const Pairs *pairs, TextPool *pool)
{
    for (size_t i = 0; i < pairs->pairs; i++) {
        const Pair *pair = &pairs->pair[i];
        if (!side_has(pair, OLD) || !side_has(pair, NEW) || (*pair->trial[OLD])->cell.seed == (*pair->trial[NEW])->cell.seed)
            continue;
        char *text = text_format("the seed of %s: %" PRIu64 " in OLD, %" PRIu64 " in NEW", pair->cell.workload,
                                 (*pair->trial[OLD])->cell.seed, (*pair->trial[NEW])->cell.seed);
        names_add(names, intern(pool, text));
        free(text);
        return;
    }
}

/* An interrupted run goes on where it stopped: what it has may be of blocks that are not whole. */
static void note_unfinished(Names *names, const ComparedRun run[SIDES], TextPool *pool)
{
    for (Side side = OLD; side < SIDES; side++) {
        const json_t *ended = json_object_get(run[side].manifest.json, "ended");
        if (!(ended && json_is_null(ended)) && run[side].trials.rows >= run[side].planned)
            continue;
        char *text = text_format("%s has not ended: it has %zu of %zu trials", side == OLD ? "OLD" : "NEW",
                                 run[side].trials.rows, run[side].planned);
        names_add(names, intern(pool, text));
        free(text);
    }
}

static Names obstacles_of(Obstacle obstacle, const ComparedRun run[SIDES], const Pairs *pairs, TextPool *pool)
{
    Names names = { 0 };
    if (obstacle == MODE)
        note_fields(&names, run, &(Field){ "parameters", "mode", "the mode" }, 1, pool);
    if (obstacle == SIZES)
        note_sizes(&names, pairs, pool);
    if (obstacle == SEEDS)
        note_seeds(&names, pairs, pool);
    if (obstacle == INPUTS)
        note_inputs(&names, run, pool);
    if (obstacle == HOST)
        note_host(&names, run, pool);
    if (obstacle == UNFINISHED)
        note_unfinished(&names, run, pool);
    return names;
}

void runs_must_suit(const ComparedRun run[SIDES], const Pairs *pairs, const bool allowed[OBSTACLES])
{
    TextPool pool = { 0 };
    size_t refused = 0;
    for (Obstacle obstacle = MODE; obstacle < OBSTACLES; obstacle++) {
        Names names = obstacles_of(obstacle, run, pairs, &pool);
        for (size_t i = 0; i < names.count && !allowed[obstacle]; i++, refused++)
            notice("%s%s: %s; --force %s (make: FORCE=%s) compares what is left",
                   obstacle == UNFINISHED ? "a run is " : "these runs are not of the same ", obstacle_names[obstacle],
                   names.name[i], obstacle_names[obstacle], obstacle_names[obstacle]);
        free(names.name);
    }
    text_pool_free(&pool);
    if (refused > 0)
        exit(CANNOT_GO_ON);
}

static bool run_has_strategy(const Pairs *pairs, Side side, const char *strategy)
{
    for (size_t i = 0; i < pairs->pairs; i++)
        if (side_has(&pairs->pair[i], side) && texts_equal(pairs->pair[i].cell.strategy, strategy))
            return true;
    return false;
}

/* Strategies that were left out, or have another name now. */
static void note_strategies(Names *names, const Pairs *pairs, TextPool *pool)
{
    for (size_t i = 0; i < pairs->pairs; i++) {
        const char *strategy = pairs->pair[i].cell.strategy;
        bool old = run_has_strategy(pairs, OLD, strategy), new = run_has_strategy(pairs, NEW, strategy);
        char *text = text_format("strategy %s: in %s only", strategy, old ? "OLD" : "NEW");
        const char *sentence = intern(pool, text);
        free(text);
        if (old != new && !names_have(*names, sentence))
            names_add(names, sentence);
    }
}

Names runs_differ_in(const ComparedRun run[SIDES], const Pairs *pairs, TextPool *pool)
{
    Names names = { 0 };
    for (Obstacle obstacle = MODE; obstacle < OBSTACLES; obstacle++) {
        Names told = obstacles_of(obstacle, run, pairs, pool);
        for (size_t i = 0; i < told.count; i++)
            names_add(&names, told.name[i]);
        free(told.name);
    }
    note_strategies(&names, pairs, pool);
    note_fields(&names, run, told_fields, COUNT_OF(told_fields), pool);
    note_tools(&names, run, pool);
    return names;
}
