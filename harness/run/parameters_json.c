/* The parameters as manifest.json has them. */
#include "parameters.h"

#include "fail.h"
#include "path.h"
#include "words.h"

#include <inttypes.h>

json_t *names_to_json(Names names)
{
    json_t *array = json_array();
    for (size_t i = 0; i < names.count; i++)
        json_array_append_new(array, json_string(names.name[i]));
    return array;
}

static json_t *inputs_to_json(const Parameters *parameters)
{
    json_t *object = json_object();
    for (size_t i = 0; i < parameters->inputs; i++) {
        const char *file = parameters->input[i].file;
        bool named = file && !path_leads_outside(file);
        json_object_set_new(object, parameters->input[i].workload, named ? json_string(file) : json_null());
    }
    return object;
}

static json_t *blocks_to_json(uint64_t blocks)
{
    return blocks == NOT_ASKED ? json_null() : json_integer(blocks);
}

json_t *parameters_to_json(const Parameters *parameters)
{
    json_t *json = json_object();
    json_object_set_new(json, "mode", json_string(mode_limits(parameters->mode)->name));
    json_object_set_new(json, "strategies", names_to_json(parameters->strategies));
    json_object_set_new(json, "workloads", names_to_json(parameters->workloads));
    json_object_set_new(json, "settings", configurations_to_json(parameters->configurations));
    json_object_set_new(json, "baseline", json_string(parameters->baseline));
    json_object_set_new(json, "inputs", inputs_to_json(parameters));
    json_object_set_new(json, "seed", json_integer(parameters->seed));
    json_object_set_new(json, "blocks", blocks_to_json(parameters->blocks));
    if (parameters->tasks != NOT_ASKED)
        json_object_set_new(json, "tasks", json_integer(parameters->tasks));
    json_object_set_new(json, "time_limit_s", json_integer(parameters->time_limit_s));
    json_object_set_new(json, "memory_limit_mib", json_integer(parameters->memory_limit_mib));
    return json;
}

static const char *text_in(const json_t *json, const char *key, const char *file, TextPool *pool)
{
    const char *text = json_string_value(json_object_get(json, key));
    if (text == NULL)
        fail("%s: parameters.%s is missing", file, key);
    return intern(pool, text);
}

/* As on a command line: a damaged number is not believed. */
static uint64_t number_in(const json_t *json, const char *key, uint64_t least, uint64_t most, const char *file)
{
    const json_t *value = json_object_get(json, key);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value))
        fail("%s: parameters.%s is missing", file, key);
    if (number < 0 || (uint64_t)number < least || (uint64_t)number > most)
        fail("%s: parameters.%s is not from %" PRIu64 " to %" PRIu64, file, key, least, most);
    return number;
}

static uint64_t blocks_in(const json_t *json, const char *file)
{
    return json_is_null(json_object_get(json, "blocks")) ? NOT_ASKED : number_in(json, "blocks", 1, BLOCKS_MAX, file);
}

static uint64_t tasks_in(const json_t *json, const char *file)
{
    return json_object_get(json, "tasks") ? number_in(json, "tasks", 1, TASKS_MAX, file) : NOT_ASKED;
}

static Names names_in(const json_t *json, const char *key, const char *file, TextPool *pool)
{
    Names names = { 0 };
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(json, key), i, name)
        if (json_is_string(name) && is_name(json_string_value(name)) && !names_have(names, json_string_value(name)))
            names_add(&names, intern(pool, json_string_value(name)));
    if (names.count == 0 || names.count != json_array_size(json_object_get(json, key)))
        fail("%s: parameters.%s is missing, or not a list of names", file, key);
    return names;
}

static void inputs_from_json(Parameters *parameters, json_t *inputs, const char *file_name, TextPool *pool)
{
    const char *workload;
    json_t *file;
    json_object_foreach(inputs, workload, file) {
        if (parameters->inputs == INPUTS_MAX || !names_have(parameters->workloads, workload))
            fail("%s: parameters.inputs: `%.40s` is not a workload of the run", file_name, workload);
        const char *path = json_string_value(file);
        parameters->input[parameters->inputs++] =
            (Input){ intern(pool, workload), path ? intern(pool, path) : NULL };
    }
}

Parameters parameters_from_json(const json_t *json, const char *file, TextPool *pool)
{
    Parameters parameters = {
        .strategies       = names_in(json, "strategies", file, pool),
        .workloads        = names_in(json, "workloads", file, pool),
        .configurations   = configurations_from_json(json_object_get(json, "settings"), file, pool),
        .baseline         = text_in(json, "baseline", file, pool),
        .seed             = number_in(json, "seed", 1, INT64_MAX, file),
        .blocks           = blocks_in(json, file),
        .tasks            = tasks_in(json, file),
        .time_limit_s     = number_in(json, "time_limit_s", 1, TIME_LIMIT_MOST_S, file),
        .memory_limit_mib =
            number_in(json, "memory_limit_mib", MEMORY_LIMIT_LEAST_MIB, MEMORY_LIMIT_MOST_MIB, file),
    };
    if (!mode_named(text_in(json, "mode", file, pool), &parameters.mode))
        fail("%s: parameters.mode is unknown", file);
    if (!names_have(parameters.strategies, parameters.baseline))
        fail("%s: parameters.baseline is not a strategy of the run", file);
    inputs_from_json(&parameters, json_object_get(json, "inputs"), file, pool);
    return parameters;
}
