/* Mode oracle: random programs against a naive model of what must be alive (tests/oracle), as many as there is time for. Every
 * strategy has the same share of the time; what failed is kept in the run's folder, shrunk. */
#include "lines.h"
#include "memory.h"
#include "oracle_said.h"
#include "sharing.h"
#include "stress.h"
#include "trying.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct Build {
    const char *name, *folder;
} builds[] = {
    { "plain", "tests" },
    { "checked", "checked/tests" }, /* with every check that the strategy has, under AddressSanitizer and UBSan */
    { "pooled", "pooled/tests" },   /* with its pools at work, under the same */
};
enum { BUILDS = sizeof builds / sizeof *builds, PLAIN = 0, CHECKED = 1 };

typedef struct Part {
    const char *strategy;
    const struct Build *build;
    const char *setting; /* name=value,…; or NULL */
} Part;

typedef struct Plan {
    const Stress *stress;
    Part *part;
    size_t parts, room;
    unsigned seconds;    /* for each part */
} Plan;

/* Of a part that fails, the oracle shrinks a script, plays it again, and once more to tell it: none takes longer than its
 * patience, which is a minute at most. */
enum { LONGER_S = 240, FILE_MIB = 64 }; /* what it may write into a file, of which it has two and its standard output */

/* ---- The plan ------------------------------------------------------------------------------------------------------- */

static char *path_of(const Plan *plan, const Part *part)
{
    return text_format("%s/%s/%s/oracle", plan->stress->build, part->build->folder, part->strategy);
}

static void add(Plan *plan, Part part)
{
    plan->part = memory_room(plan->part, &plan->room, plan->parts + 1, sizeof *plan->part);
    plan->part[plan->parts++] = part;
}

static void add_setting(Plan *plan, Part part, const char *name, uint64_t value)
{
    char *setting = text_format("%s=%" PRIu64, name, value);
    part.setting = intern(plan->stress->pool, setting);
    add(plan, part);
    free(setting);
}

/* Every setting at its least, and a switch at both of its values: lines `name usual least most`. */
static void add_settings(Plan *plan, Part part, char *lines)
{
    char name[64];
    uint64_t usual, least, most;
    for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
        if (sscanf(line, "%63s %" SCNu64 " %" SCNu64 " %" SCNu64, name, &usual, &least, &most) != 4)
            continue;
        if (usual != least)
            add_setting(plan, part, name, least);
        if (most == 1 && usual != 1)
            add_setting(plan, part, name, 1);
    }
}

static int plan_settings(Plan *plan, const char *strategy)
{
    Part part = { strategy, &builds[CHECKED], NULL };
    RunResult *result = memory_new(1, sizeof *result);
    char *path = path_of(plan, &part);
    int signal = access(path, X_OK) == 0 ? try_program((char *[]){ path, "--settings", NULL }, &(RunOptions){ 0 }, result) : 0;
    if (!signal)
        add_settings(plan, part, result->output);
    free(path);
    free(result);
    return signal;
}

/* Of collections that a script asks for there are so many that a strategy's own trigger is hardly pulled, and young generations
 * never alone. */
static void plan_eager(Plan *plan, const char *strategy)
{
    char *words = text_format("%s.", strategy);
    const char *eager = line_after("tests/oracle/eager", words, plan->stress->pool);
    if (eager)
        add(plan, (Part){ strategy, &builds[PLAIN], eager });
    free(words);
}

/* Single settings are for runs that have time. */
static int plan_parts(Plan *plan)
{
    int signal = 0;
    Names strategies = plan->stress->strategies;
    for (size_t b = 0; b < BUILDS; b++)
        for (size_t s = 0; s < strategies.count; s++)
            add(plan, (Part){ strategies.name[s], &builds[b], NULL });
    for (size_t s = 0; s < strategies.count; s++)
        plan_eager(plan, strategies.name[s]);
    for (size_t s = 0; s < strategies.count && !plan->stress->quick && !signal; s++)
        signal = plan_settings(plan, strategies.name[s]);
    double share = plan->stress->minutes * 60 * (double)sharers() / (double)plan->parts;
    plan->seconds = share < 1 ? 1 : (unsigned)share;
    return signal;
}

/* ---- One part ------------------------------------------------------------------------------------------------------- */

/* A failure is told once, where it was. */
static void tell_figures(const Stress *stress, StressRow *row, const OracleTally *tally)
{
    const struct Figure {
        const char *name;
        uint64_t value;
    } figures[] = {
        { "operations", tally->operations }, { "births", tally->births }, { "comparisons", tally->comparisons },
    };
    size_t count = row->broken ? 1 : sizeof figures / sizeof *figures;
    row->tries = tally->episodes;
    for (size_t i = 0; i < count; i++) {
        row->figure = figures[i].name;
        row->value = (double)figures[i].value;
        stress_tell(stress, row);
    }
}

/* The same programs again; or, where one failed, what it was shrunk to. In memory that the caller frees. */
static char *again(const Plan *plan, const Part *part, const char *path, const char *script, const OracleTally *tally)
{
    const char *set = part->setting ? " --set " : "", *setting = part->setting ? part->setting : "";
    if (access(script, F_OK) == 0)
        return text_format("%s --replay %s%s%s", path, script, set, setting);
    return text_format("%s %s %" PRIu64 " --seed %" PRIu64 "%s%s", path, tally->operations ? "--ops" : "--seconds",
        tally->operations ? tally->operations : plan->seconds, plan->stress->seed, set, setting);
}

static void tell(const Plan *plan, const Part *part, StressRow row, const char *path, const char *script, const RunResult *result)
{
    OracleTally tally = { 0 };
    bool told = oracle_read_tally(result->output, &tally) && tally.operations > 0;
    char *unsupported = oracle_line_with(result->output, ": unsupported: "), *sentence = NULL;
    bool broken = result->hangs || result->exit_status != 0 || (!told && !unsupported);
    char *command = again(plan, part, path, script, &tally);
    if (broken)
        row.sentence = sentence = oracle_complaint(result);
    else if (unsupported)
        row.sentence = oracle_words_of(oracle_words_of(unsupported));
    row.outcome = broken ? BROKEN : unsupported ? CANNOT : KEPT;
    row.broken = broken;
    row.tries = broken;
    row.again = unsupported ? "" : command;
    if (told)
        tell_figures(plan->stress, &row, &tally);
    else
        stress_tell(plan->stress, &row);
    free(unsupported);
    free(sentence);
    free(command);
}

static int try_part(const Plan *plan, const Part *part, const StressRow *row, char *path)
{
    char *script = text_format("%s/oracle-%s-%s%s%s.script", plan->stress->folder, part->strategy, part->build->name,
        part->setting ? "-" : "", part->setting ? part->setting : "");
    char *seconds = text_format("%u", plan->seconds), *seed = text_format("%" PRIu64, plan->stress->seed);
    char *command[] = { path, "--seconds", seconds, "--seed", seed, "--save", script, part->setting ? "--set" : NULL,
        (char *)part->setting, NULL };
    const RunOptions options = { .seconds = plan->seconds + LONGER_S, .file = FILE_MIB << 20 };
    RunResult *result = memory_new(1, sizeof *result);
    unlink(script); /* of the same run before */
    int signal = try_program(command, &options, result);
    if (!signal)
        tell(plan, part, *row, path, script, result);
    free(result);
    free(seed);
    free(seconds);
    free(script);
    return signal;
}

static int do_part(void *context, size_t number, void *result)
{
    (void)result;
    const Plan *plan = context;
    const Part *part = &plan->part[number];
    char *path = path_of(plan, part), *condition = text_format("%s%s%s", part->build->name, part->setting ? ", " : "",
        part->setting ? part->setting : "");
    StressRow row = stress_row("oracle", part->strategy, "random programs", condition);
    int signal = 0;
    if (access(path, X_OK) == 0) {
        signal = try_part(plan, part, &row, path);
    } else {
        row.outcome = UNTRIED;
        row.sentence = "its oracle was not built";
        stress_tell(plan->stress, &row);
    }
    free(condition);
    free(path);
    return signal;
}

static int run(Stress *stress)
{
    Plan plan = { .stress = stress };
    int signal = plan_parts(&plan);
    if (!signal)
        signal = share_work(do_part, &plan, plan.parts, 0, NULL);
    free(plan.part);
    return signal;
}

const StressMode stress_oracle = {
    "oracle", "random programs: what a naive model reaches is alive and whole, and nothing else is, once it was collected", run,
};
