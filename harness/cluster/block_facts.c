#include "block_facts.h"

#include "block_folder.h"
#include "fail.h"
#include "regular_file.h"
#include "words.h"

#include <stdlib.h>

static json_t *read_object(const char *file)
{
    json_error_t error;
    FILE *in = regular_file_open(file);
    if (in == NULL)
        fail("%s: it cannot be opened: the block is not whole", file);
    json_t *json = json_loadf(in, JSON_REJECT_DUPLICATES, &error);
    if (json == NULL)
        fail("%s:%d: %s", file, error.line, error.text);
    fclose(in);
    return json;
}

static const char *text_of(const BlockFacts *facts, const char *key)
{
    const char *text = json_string_value(json_object_get(facts->json, key));
    if (text == NULL || *text == '\0')
        fail("%s: `%s` is no text", facts->file, key);
    return text;
}

BlockFacts block_facts_read(const char *folder, size_t block)
{
    BlockFacts facts = { .file = block_file(folder, block, "host.json") };
    facts.json = read_object(facts.file);
    facts.host = text_of(&facts, "host");
    facts.attempt = text_of(&facts, "attempt");
    text_of(&facts, "ended");
    if (!is_host(facts.host))
        fail("%s: host: `%.40s` is not the name of a machine", facts.file, facts.host);
    json_int_t said = json_integer_value(json_object_get(facts.json, "block"));
    if (said != (json_int_t)block)
        fail("%s: it is of block %lld", facts.file, (long long)said);
    return facts;
}

/* What is not there is null. The caller frees it. */
static char *written(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : json_dumps(json_null(), JSON_ENCODE_ANY);
    if (text == NULL)
        fail("no memory for what a manifest says");
    return text;
}

static void must_say_the_same(const BlockFacts *facts, const Manifest *run, const char *key, const char *reason)
{
    char *said = written(facts->json, key), *wanted = written(run->json, key);
    if (!texts_equal(said, wanted))
        fail("%s: %s is %s, but in %s %s%s", facts->file, key, said, run->file, wanted, reason);
    free(said);
    free(wanted);
}

/* Only a commit without changes tells that other cells are of the same files. */
void block_facts_must_suit(const BlockFacts *facts, const Manifest *run)
{
    must_say_the_same(facts, run, "plan_sha256", "");
    must_say_the_same(facts, run, "commit", "");
    must_say_the_same(facts, run, "dirty", "");
    if (!json_is_string(json_object_get(run->json, "commit")) || !json_is_false(json_object_get(run->json, "dirty")))
        must_say_the_same(facts, run, "cells_sha256", ", and no commit tells that they are of the same files");
}

bool block_facts_same_attempt(const BlockFacts *a, const BlockFacts *b)
{
    return texts_equal(a->host, b->host) && texts_equal(a->attempt, b->attempt);
}

void block_facts_free(BlockFacts *facts)
{
    json_decref(facts->json);
    free(facts->file);
    *facts = (BlockFacts){ 0 };
}
