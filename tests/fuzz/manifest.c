/* manifest.json, read as a run that goes on reads it: what it says of the run's parameters can be written and read again, and
 * what else is looked up in it is there or refused. */
#include <stdlib.h>
#include <time.h>

#include "fuzz.h"
#include "manifest.h"

static void read_again(const Parameters *parameters, TextPool *pool)
{
    json_t *once = parameters_to_json(parameters);
    Parameters copy = parameters_from_json(once, "what was written", pool);
    json_t *again = parameters_to_json(&copy);
    if (!json_equal(once, again))
        fuzz_finding("parameters are not the same when they are written and read again");
    json_decref(once);
    json_decref(again);
    parameters_free(&copy);
}

static void look_up(const Manifest *manifest, const Parameters *parameters)
{
    (void)manifest_has_plan(manifest);
    for (size_t i = 0; i < parameters->workloads.count; i++)
        (void)manifest_class(manifest->json, parameters->workloads.name[i]);
    for (size_t i = 0; i < parameters->workloads.count; i++)
        (void)parameters_input(parameters, parameters->workloads.name[i]);
    free(configurations_joined(parameters->configurations));
}

/* What a command line could not have asked for would overflow, or take for ever. */
static void demand_sense(const Parameters *parameters)
{
    if (parameters->seed < 1 || parameters->blocks > BLOCKS_MAX || parameters->time_limit_s > TIME_LIMIT_MOST_S ||
        parameters->memory_limit_mib > MEMORY_LIMIT_MOST_MIB)
        fuzz_finding("a number is believed that is too large");
    if (!names_have(parameters->strategies, parameters->baseline))
        fuzz_finding("the baseline is not a strategy of the run");
    for (size_t i = 0; i < parameters->inputs; i++)
        if (!names_have(parameters->workloads, parameters->input[i].workload))
            fuzz_finding("an input is for no workload of the run");
    for (size_t i = 0; i < parameters->strategies.count; i++)
        for (size_t j = 0; j < i; j++)
            if (texts_equal(parameters->strategies.name[i], parameters->strategies.name[j]))
                fuzz_finding("a strategy is named twice");
}

static void go_on(void *path)
{
    TextPool pool = { 0 };
    Manifest manifest = manifest_load(path);
    Parameters parameters = manifest_parameters(&manifest, &pool);
    demand_sense(&parameters);
    read_again(&parameters, &pool);
    look_up(&manifest, &parameters);
    (void)manifest_started(&manifest);
    manifest_begin_session(&manifest);
    manifest_end_session(&manifest, true);
    parameters_must_suit(&parameters, &(Request){ .results = "results", .build = "build" }, "the run", &pool);
    manifest_free(&manifest);
    parameters_free(&parameters);
    text_pool_free(&pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    tzset(); /* which keeps its memory */
    fuzz_passes(go_on, (void *)fuzz_path(bytes, length));
    return 0;
}
