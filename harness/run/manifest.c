#include "manifest.h"

#include "digest.h"
#include "durable.h"
#include "fail.h"
#include "machine.h"
#include "memory.h"
#include "path.h"
#include "process.h"
#include "regular_file.h"
#include "words.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TIME_FORMAT "%Y-%m-%dT%H:%M:%SZ"

json_t *time_to_json(time_t time)
{
    char text[32];
    struct tm utc;
    strftime(text, sizeof text, TIME_FORMAT, gmtime_r(&time, &utc));
    return json_string(text);
}

json_t *now_to_json(void)
{
    return time_to_json(time(NULL));
}

double time_of_json(const json_t *json)
{
    struct tm utc = { 0 };
    const char *text = json_string_value(json);
    return text && strptime(text, TIME_FORMAT, &utc) ? (double)timegm(&utc) : NAN; /* NAN is a float, which has no seconds of 2026 */
}

/* How somebody's folders are called is nobody's business. Of an option only its name is kept. */
static json_t *word_to_json(const char *word)
{
    if (!word_leads_outside(word))
        return json_string(word);
    int name = *word == '-' ? strcspn(word, "=/~.") : 0;
    return json_sprintf("%.*s%s(outside the project)", name, word, word[name] == '=' ? "=" : "");
}

static json_t *command_to_json(int count, char **words)
{
    json_t *command = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(command, word_to_json(words[i]));
    return command;
}

Manifest manifest_new(const char *file, const char *run, const Request *request, const Pinning *pinning)
{
    json_t *json = json_object();
    json_object_set_new(json, "run", json_string(run));
    json_object_set_new(json, "command", command_to_json(request->count, request->words));
    json_object_set_new(json, "started", now_to_json());
    json_object_set_new(json, "ended", json_null());
    facts_to_json(json, request->build, pinning);
    json_object_set_new(json, "sessions", json_array());
    return (Manifest){ text_format("%s", file), json };
}

/* Tables and pages print them, and derived files have them in columns of names. */
static void must_name_classes(const char *file, const json_t *json)
{
    const char *workload;
    json_t *class;
    json_object_foreach(json_object_get(json, "classes"), workload, class) {
        const char *name = json_string_value(class);
        if (name == NULL || !is_name(name))
            fail("%s: classes: `%.40s`, which %.40s has, is not a name", file, name ? name : "", workload);
    }
}

static json_t *read_json(const char *file)
{
    json_error_t error;
    FILE *in = regular_file_open(file);
    if (in == NULL)
        return NULL;
    json_t *json = json_loadf(in, 0, &error);
    if (json == NULL)
        fail("%s:%d: %s", file, error.line, error.text);
    fclose(in);
    must_name_classes(file, json);
    return json;
}

json_t *manifest_read(const char *run_folder)
{
    char *file = text_format("%s/manifest.json", run_folder);
    json_t *json = read_json(file);
    free(file);
    return json;
}

Manifest manifest_load(const char *file)
{
    json_t *json = read_json(file);
    if (json == NULL)
        fail("%s: %s", file, strerror(errno));
    return (Manifest){ text_format("%s", file), json };
}

void manifest_save(const Manifest *manifest)
{
    Durable durable = durable_begin(manifest->file);
    if (json_dumpf(manifest->json, durable.out, JSON_INDENT(2)) != 0 && !ferror(durable.out))
        fail("%s cannot be written as JSON", manifest->file);
    putc('\n', durable.out);
    durable_end(&durable);
}

void manifest_set_parameters(Manifest *manifest, const Parameters *parameters)
{
    json_object_set_new(manifest->json, "parameters", parameters_to_json(parameters));
}

Parameters manifest_parameters(const Manifest *manifest, TextPool *pool)
{
    return parameters_from_json(json_object_get(manifest->json, "parameters"), manifest->file, pool);
}

json_t *cells_to_json(const Parameters *parameters, const char *build)
{
    Digesting *digesting = digest_begin();
    for (size_t s = 0; s < parameters->strategies.count; s++)
        for (size_t w = 0; w < parameters->workloads.count; w++) {
            char *path = cell_path(build, parameters->strategies.name[s], parameters->workloads.name[w]);
            const char *complaint = digest_add_file(digesting, path);
            if (complaint)
                fail("%s: %s", path, complaint);
            free(path);
        }
    return json_string(digest_end(digesting).sha256);
}

static json_t *digest_of(const char *file)
{
    Digest digest;
    const char *complaint = digest_file(file, &digest);
    if (complaint)
        fail("%s: %s", file, complaint);
    return json_string(digest.sha256);
}

void manifest_set_classes(Manifest *manifest, const Catalogue *catalogue)
{
    json_t *classes = json_object();
    for (size_t i = 0; i < catalogue->variants; i++)
        json_object_set_new(classes, catalogue->variant[i].workload, json_string(catalogue->variant[i].class));
    json_object_set_new(manifest->json, "classes", classes);
}

const char *manifest_class(const json_t *manifest, const char *workload)
{
    const char *class = json_string_value(json_object_get(json_object_get(manifest, "classes"), workload));
    return class ? class : "";
}

void manifest_set_cells(Manifest *manifest, const Parameters *parameters, const char *build)
{
    json_object_set_new(manifest->json, "cells_sha256", cells_to_json(parameters, build));
}

bool manifest_has_cells(const Manifest *manifest, const Parameters *parameters, const char *build)
{
    const char *name;
    json_t *now = cells_to_json(parameters, build), *host;
    bool is_there = json_equal(json_object_get(manifest->json, "cells_sha256"), now);
    json_object_foreach(json_object_get(manifest->json, "hosts"), name, host)
        is_there = is_there || json_equal(json_object_get(host, "cells_sha256"), now);
    json_decref(now);
    return is_there;
}

void manifest_check_cells(const Manifest *manifest, const char *run, const Parameters *parameters, const char *build)
{
    if (!manifest_has_cells(manifest, parameters, build))
        fail("the cells changed since run %s was begun; name another run", run);
}

void manifest_set_inputs(Manifest *manifest, const InputFiles *inputs)
{
    json_object_set_new(manifest->json, "inputs", inputs_to_json(inputs));
}

/* Also one that can no longer be read, and one that could not. */
void manifest_check_inputs(const Manifest *manifest, const char *run, const InputFiles *inputs)
{
    json_t *before = json_object_get(manifest->json, "inputs"), *now = inputs_to_json(inputs), *input;
    const char *workload;
    json_object_foreach(now, workload, input)
        if (!json_equal(json_object_get(before, workload), input))
            fail("the file that %s reads changed since run %s was begun; name another run", workload, run);
    json_object_foreach(before, workload, input)
        if (!json_object_get(now, workload))
            fail("the file that %s read when run %s was begun is no longer there; name another run", workload, run);
    json_decref(now);
}

void manifest_set_plan(Manifest *manifest, const char *plan_file)
{
    json_object_set_new(manifest->json, "plan_sha256", digest_of(plan_file));
}

bool manifest_has_plan(const Manifest *manifest)
{
    return json_object_get(manifest->json, "plan_sha256") != NULL;
}

void manifest_check_plan(const Manifest *manifest, const char *run, const char *plan_file)
{
    json_t *now = digest_of(plan_file);
    if (!json_equal(json_object_get(manifest->json, "plan_sha256"), now))
        fail("%s changed since run %s was begun; name another run", plan_file, run);
    json_decref(now);
}

void manifest_set_trials(Manifest *manifest, const char *trials_file)
{
    json_object_set_new(manifest->json, "trials_sha256", digest_of(trials_file));
}

bool manifest_has_trials(const Manifest *manifest, const char *trials_file)
{
    const json_t *noted = json_object_get(manifest->json, "trials_sha256");
    if (noted == NULL)
        return false;
    json_t *now = digest_of(trials_file);
    bool same = json_equal((json_t *)noted, now);
    json_decref(now);
    return same;
}

/* Only a run that was merged has a section for each. */
size_t manifest_hosts(const json_t *manifest)
{
    size_t hosts = json_object_size(json_object_get(manifest, "hosts"));
    return hosts > 0 ? hosts : 1;
}

/* Of the first host, where all say the same; else NULL. */
static const char *kind_of_all(json_t *hosts)
{
    const char *name, *kind = NULL;
    json_t *host;
    json_object_foreach(hosts, name, host) {
        const char *said = json_string_value(json_object_get(host, "host_kind"));
        if (said == NULL || (kind && !texts_equal(said, kind)))
            return NULL;
        kind = said;
    }
    return kind;
}

char *manifest_host_kind(const json_t *manifest)
{
    const char *kind = json_string_value(json_object_get(manifest, "host_kind"));
    size_t hosts = manifest_hosts(manifest);
    if (hosts == 1)
        return text_format("%s", kind ? kind : "unknown");
    kind = kind_of_all(json_object_get(manifest, "hosts"));
    return kind ? text_format("%zu machines (%s each)", hosts, kind) : text_format("%zu machines of several kinds", hosts);
}

const char *manifest_missing_blocks(const json_t *manifest)
{
    const char *numbers = json_string_value(json_object_get(manifest, "missing_blocks"));
    return numbers ? numbers : "";
}

const char *manifest_plan(const Manifest *manifest)
{
    const char *digest = json_string_value(json_object_get(manifest->json, "plan_sha256"));
    return digest ? digest : "";
}

bool manifest_settle_commit(const Manifest *manifest, const char *run, json_t *facts)
{
    static const char *const key[] = { "commit", "dirty" }, *const what[] = { "the commit", "what differs from the commit" };
    bool both_know = true;
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        json_t *noted = json_object_get(manifest->json, key[i]), *now = json_object_get(facts, key[i]);
        bool known = noted && !json_is_null(noted) && now && !json_is_null(now);
        if (known && !json_equal(noted, now))
            fail("%s changed since run %s was begun; name another run", what[i], run);
        json_object_set(facts, key[i], noted);
        both_know = both_know && known;
    }
    return both_know && json_is_false(json_object_get(facts, "dirty"));
}

void manifest_take_facts(Manifest *manifest, const json_t *facts)
{
    static const char *const told[] = { "host_kind", "commit", "dirty", "compiler", "flags", "pinned", "tools", "machine",
                                        "cells_sha256" };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        json_object_set(manifest->json, told[i], json_object_get(facts, told[i]));
}

double manifest_started(const Manifest *manifest)
{
    double started = time_of_json(json_object_get(manifest->json, "started"));
    if (isnan(started))
        fail("%s: `started` is no time", manifest->file);
    return started;
}

/* The trials' core, as the manifest has noted it. */
static json_t *steal_of_trials(const Manifest *manifest)
{
    json_t *core = json_object_get(json_object_get(manifest->json, "pinned"), "trials");
    return steal_to_json(json_is_integer(core) ? (int)json_integer_value(core) : ANY_CORE);
}

void manifest_begin_session(Manifest *manifest)
{
    json_t *session = json_object();
    json_object_set_new(session, "started", now_to_json());
    json_object_set_new(session, "load", load_to_json());
    json_object_set_new(session, "steal_s", steal_of_trials(manifest));
    json_array_append_new(json_object_get(manifest->json, "sessions"), session);
}

void manifest_end_session(Manifest *manifest, bool complete)
{
    json_t *sessions = json_object_get(manifest->json, "sessions");
    json_t *session = json_array_get(sessions, json_array_size(sessions) - 1);
    json_object_set_new(session, "ended", now_to_json());
    json_object_set_new(session, "load_at_end", load_to_json());
    json_object_set_new(session, "steal_s_at_end", steal_of_trials(manifest));
    if (complete)
        json_object_set_new(manifest->json, "ended", now_to_json());
}

void manifest_free(Manifest *manifest)
{
    json_decref(manifest->json);
    free(manifest->file);
    *manifest = (Manifest){ 0 };
}
