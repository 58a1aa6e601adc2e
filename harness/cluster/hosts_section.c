#include "hosts_section.h"

#include "block_numbers.h"
#include "fail.h"
#include "memory.h"

#include <stdlib.h>

static bool is_among(const char *key, const char *const *keys)
{
    while (*keys && !texts_equal(*keys, key))
        keys++;
    return *keys != NULL;
}

static bool is_of_session(const char *key)
{
    static const char *const keys[] = { "attempt", "block", "started", "ended", "load", "load_at_end", "steal_s",
                                        "steal_s_at_end", NULL };
    return is_among(key, keys);
}

/* The host is the section's key; the plan, and how many blocks it has, which the first block tells, are the run's. */
static bool is_said_elsewhere(const char *key)
{
    static const char *const keys[] = { "host", "plan_sha256", "blocks", NULL };
    return is_among(key, keys);
}

static json_t *new_section(json_t *hosts, const BlockFacts *facts)
{
    const char *key;
    json_t *value, *section = json_object();
    json_object_foreach(facts->json, key, value)
        if (!is_of_session(key) && !is_said_elsewhere(key))
            json_object_set(section, key, value);
    json_object_set_new(section, "sessions", json_array());
    json_object_set_new(hosts, facts->host, section);
    return section;
}

/* Names are given by who installs a machine, and many are `localhost`: two of one name would be pooled as one. */
static void must_be_same_machine(const json_t *section, const BlockFacts *facts)
{
    static const char *const same[] = { "architecture", "cpu", "cores", "memory_gib", "page_bytes", "cells_sha256",
                                        NULL };
    const json_t *before = json_object_get(section, "kind"), *now = json_object_get(facts->json, "kind");
    for (const char *const *key = same; *key; key++) {
        json_t *was = json_object_get(before, *key), *is = json_object_get(now, *key);
        if (was && is && !json_equal(was, is))
            fail("%s: `%s` has another %s than in an earlier block; if it is another machine, remove what it measured, and "
                 "measure that again under another name, with --host", facts->file, facts->host, *key);
    }
}

void hosts_add(json_t *hosts, const BlockFacts *facts, size_t block)
{
    const char *key;
    json_t *value, *session = json_object();
    json_t *section = json_object_get(hosts, facts->host) ?: new_section(hosts, facts);
    must_be_same_machine(section, facts);
    json_object_set_new(session, "block", json_integer((json_int_t)block));
    json_object_foreach(facts->json, key, value)
        if (is_of_session(key) || (!is_said_elsewhere(key) && !json_equal(json_object_get(section, key), value)))
            json_object_set(session, key, value);
    json_array_append_new(json_object_get(section, "sessions"), session);
}

static void number_blocks(json_t *section, bool *told, size_t blocks)
{
    size_t i;
    json_t *session, *sessions = json_object_get(section, "sessions");
    json_array_foreach(sessions, i, session)
        told[json_integer_value(json_object_get(session, "block"))] = true;
    char *numbers = block_numbers(told, blocks);
    json_object_set_new(section, "blocks", json_string(numbers));
    free(numbers);
    json_array_foreach(sessions, i, session)
        told[json_integer_value(json_object_get(session, "block"))] = false;
}

void hosts_number_blocks(json_t *hosts, size_t blocks)
{
    const char *host;
    json_t *section;
    bool *told = memory_new(blocks + 1, sizeof *told);
    json_object_foreach(hosts, host, section)
        number_blocks(section, told, blocks);
    free(told);
}

static const json_t *only_section(const json_t *hosts)
{
    return json_object_iter_value(json_object_iter((json_t *)hosts));
}

void manifest_set_hosts(Manifest *manifest, json_t *hosts)
{
    static const char *const of_one[] = { "host_kind", "compiler", "flags", "pinned", "tools", "machine", "sessions" };
    for (size_t i = 0; i < sizeof of_one / sizeof *of_one; i++) {
        json_t *said = json_object_size(hosts) == 1 ? json_object_get(only_section(hosts), of_one[i]) : NULL;
        if (said)
            json_object_set(manifest->json, of_one[i], said);
        else if (json_object_size(hosts) > 1)
            json_object_del(manifest->json, of_one[i]);
    }
    json_object_set_new(manifest->json, "hosts", hosts);
}
