#include "parameters.h"

#include "bounds.h"
#include "fail.h"
#include "memory.h"
#include "random.h"
#include "sweep.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t seed_from_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t nanoseconds = (uint64_t)now.tv_sec * 1000000000u + now.tv_nsec;
    return (splitmix64(&nanoseconds) >> 32) + 1; /* short enough to be typed again, and never NOT_ASKED */
}

/* So that a trial that runs away is stopped before the machine begins to swap, or to kill at random. */
static uint64_t usual_memory_limit_mib(void)
{
    uint64_t memory_mib = (uint64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE) >> 20;
    uint64_t most = memory_mib / 4 * 3;
    return most < 4096 ? most : 4096;
}

static Names chosen(const char *words, Names known, Names usual, const char *kind, TextPool *pool)
{
    if (words == NULL)
        return usual;
    Names names = names_split(words, pool);
    names_must_be_known(names, known, kind);
    return names;
}

static const char *baseline_among(Names strategies, const char *asked, Names known)
{
    const char *baseline = asked ? asked : USUAL_BASELINE;
    if (asked)
        names_must_be_known((Names){ &asked, 1 }, known, "strategy");
    return names_have(strategies, baseline) ? baseline : strategies.name[0];
}

/* Those of a sweep, and what is asked for besides. */
static Configurations configurations_asked(const Request *request, const Parameters *parameters, TextPool *pool)
{
    Names strategies = parameters->strategies;
    const char *workload = parameters->workloads.name[0], *besides = request->settings ? request->settings : "";
    const char *swept = request->is_sweep ? sweep_settings(request->build, strategies, workload, pool) : "";
    char *words = text_format("%s %s", swept, besides);
    Configurations asked = configurations_read(words, strategies, request->build, workload, pool);
    free(words);
    return asked;
}

static Names strategies_of(const Request *request, Names known, Names usual, TextPool *pool)
{
    if (!request->is_sweep || request->strategies)
        return chosen(request->strategies, known, usual, "strategy", pool);
    Names workloads = registry_workloads(pool);
    const char *baseline = request->baseline ? request->baseline : USUAL_BASELINE;
    Names swept = sweep_strategies(request->build, usual, baseline, workloads.name[0], pool);
    free(workloads.name);
    return swept;
}

static Names workloads_of(const Request *request, Names known, const char *strategy, TextPool *pool)
{
    if (!request->is_sweep || request->workloads)
        return chosen(request->workloads, known, known, "workload", pool);
    return sweep_workloads(request->build, known, strategy, pool);
}

Parameters parameters_for(const Request *request, TextPool *pool)
{
    Names strategies = registry_strategies(pool), usual = registry_usual_strategies(pool);
    Names workloads = registry_workloads(pool);
    Parameters parameters = {
        .mode             = STANDARD,
        .strategies       = strategies_of(request, strategies, usual, pool),
        .inputs           = request->inputs,
        .seed             = request->seed ? request->seed : seed_from_clock(),
        .blocks           = request->blocks,
        .tasks            = request->is_pilot ? larger(request->tasks, 1) : NOT_ASKED,
        .memory_limit_mib = request->memory_limit_mib ? request->memory_limit_mib : usual_memory_limit_mib(),
    };
    if (request->mode)
        mode_named(request->mode, &parameters.mode);
    parameters.time_limit_s =
        request->time_limit_s ? request->time_limit_s : mode_limits(parameters.mode)->time_limit_s;
    parameters.workloads = workloads_of(request, workloads, parameters.strategies.name[0], pool);
    parameters.baseline = baseline_among(parameters.strategies, request->baseline, strategies);
    memcpy(parameters.input, request->input, sizeof parameters.input);
    for (size_t i = 0; i < parameters.inputs; i++)
        names_must_be_known((Names){ &parameters.input[i].workload, 1 }, parameters.workloads, "workload");
    parameters.configurations = configurations_asked(request, &parameters, pool);
    free(strategies.name);
    if (parameters.strategies.name != usual.name)
        free(usual.name);
    if (parameters.workloads.name != workloads.name)
        free(workloads.name);
    return parameters;
}

static _Noreturn void differs(const char *run, const char *what, const char *begun, const char *asked)
{
    fail("run %s was begun with %s %s, not %s; name another run", run, what, begun, asked);
}

static void same_text(const char *run, const char *what, const char *begun, const char *asked)
{
    if (asked && !texts_equal(begun, asked))
        differs(run, what, begun, asked);
}

static void same_number(const char *run, const char *what, uint64_t begun, uint64_t asked)
{
    if (asked != NOT_ASKED && asked != begun)
        fail("run %s was begun with %s %" PRIu64 ", not %" PRIu64 "; name another run", run, what, begun, asked);
}

static void same_names(const char *run, const char *what, Names begun, const char *asked, TextPool *pool)
{
    if (asked == NULL)
        return;
    Names now = names_split(asked, pool);
    bool same = now.count == begun.count;
    for (size_t i = 0; i < now.count; i++)
        same = same && names_have(begun, now.name[i]);
    if (!same)
        differs(run, what, names_joined(begun), asked);
    free(now.name);
}

static void same_configurations(const Parameters *parameters, const Request *request, const char *run, TextPool *pool)
{
    if (request->settings == NULL && !request->is_sweep)
        return;
    Configurations begun = parameters->configurations, asked = configurations_asked(request, parameters, pool);
    bool same = begun.count == asked.count;
    for (size_t i = 0; i < asked.count; i++)
        same = same && configurations_have(begun, asked.at[i]);
    if (!same)
        differs(run, "settings", begun.count ? configurations_joined(begun) : "as usual", configurations_joined(asked));
    configurations_free(&asked);
}

static Input *input_of(Parameters *parameters, const char *workload)
{
    for (size_t i = 0; i < parameters->inputs; i++)
        if (texts_equal(parameters->input[i].workload, workload))
            return &parameters->input[i];
    return NULL;
}

const char *parameters_input(const Parameters *parameters, const char *workload)
{
    const Input *input = input_of((Parameters *)parameters, workload);
    return input ? input->file : NULL;
}

static void same_inputs(Parameters *parameters, const Request *request, const char *run)
{
    for (size_t i = 0; i < request->inputs; i++) {
        Input asked = request->input[i], *begun = input_of(parameters, asked.workload);
        if (begun == NULL)
            differs(run, asked.workload, "reading its usual file", asked.file);
        if (begun->file == NULL)
            begun->file = asked.file;
        same_text(run, "--input", begun->file, asked.file);
    }
    for (size_t i = 0; i < parameters->inputs; i++)
        if (parameters->input[i].file == NULL)
            fail("run %s has %s read a file outside the project: name it again with --input %s=FILE", run,
                 parameters->input[i].workload, parameters->input[i].workload);
}

void parameters_must_suit(Parameters *parameters, const Request *request, const char *name, TextPool *pool)
{
    same_text(name, "mode", mode_limits(parameters->mode)->name, request->mode);
    same_names(name, "strategies", parameters->strategies, request->strategies, pool);
    same_names(name, "workloads", parameters->workloads, request->workloads, pool);
    same_configurations(parameters, request, name, pool);
    same_text(name, "baseline", parameters->baseline, request->baseline);
    same_number(name, "seed", parameters->seed, request->seed);
    if (parameters->blocks == NOT_ASKED)
        parameters->blocks = request->blocks;
    same_number(name, "blocks", parameters->blocks, request->blocks);
    same_number(name, "tasks", parameters->tasks, request->tasks);
    same_number(name, "a time limit of", parameters->time_limit_s, request->time_limit_s);
    same_number(name, "a memory limit of", parameters->memory_limit_mib, request->memory_limit_mib);
    same_inputs(parameters, request, name);
}

void parameters_free(Parameters *parameters)
{
    free(parameters->strategies.name);
    free(parameters->workloads.name);
    configurations_free(&parameters->configurations);
    *parameters = (Parameters){ 0 };
}
