/* Under: refcount */
/* The workload json under pure counting, beside Jansson: both take the text for JSON or neither does, and then it is the same
 * tree. Every object is let go of, and the workload's own answer is the same twice. */
#include "../../workloads/json.c"

#include "fuzz.h"
#include "json_reference.h"

static uint64_t hash_of(Json *value);

static uint64_t literal_hash(const Text *literal)
{
    char *text = strndup(literal->at, literal->length);
    uint64_t hash = json_number_hash(strtod(text, NULL));
    free(text);
    return hash;
}

static uint64_t list_hash(List *items)
{
    uint64_t hash = items->length;
    for (size_t i = 0; i < items->length; i++)
        hash = json_item_hash(hash, hash_of(list_get(items, i)));
    return hash;
}

static uint64_t dict_hash(Dict *members)
{
    uint64_t hash = members->count;
    void **member;
    for (size_t i = 0; (member = dict_next(members, &i));) {
        Text *name = member[0];
        hash += json_member_hash(json_text_hash(name->at, name->length), hash_of(dict_get(members, name, texts)));
    }
    return hash;
}

static uint64_t held_hash(Json *value)
{
    Text *text = value->held;
    switch (value->kind) {
    case JSON_LIST: return list_hash(value->held);
    case JSON_DICT: return dict_hash(value->held);
    case JSON_TEXT: return json_text_hash(text->at, text->length);
    case JSON_NUMBER: return literal_hash(text);
    default: return 0;
    }
}

static uint64_t hash_of(Json *value)
{
    return json_kind_hash(value->kind, held_hash(value));
}

static uint64_t found;

static void run(void *path)
{
    input_check(path);
    uint64_t answer = tree(1);
    local(Json) document = json_of_input(input);
    found = hash_of(document);
    if (tree(1) != answer)
        fuzz_finding("the same text has two answers");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    input = (Span){ (const char *)bytes, length };
    bool passes = fuzz_passes(run, (void *)fuzz_path(bytes, length));
    if (!passes && memchr(bytes, 0, length)) /* where a zero byte follows the document, Jansson takes it for the end */
        return 0;
    JsonReference reference = json_reference(bytes, length);
    if (reference.differs_by_design || strstr(fuzz_refusal, "nested too deep"))
        return 0;
    if (passes != reference.passes)
        fuzz_finding("json says: %s; Jansson: %s", passes ? "ok" : fuzz_refusal, reference.says);
    if (passes && found != reference.hash)
        fuzz_finding("the tree is not the one that Jansson makes");
    return 0;
}
