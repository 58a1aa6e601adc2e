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

/* What came of the parser alone, which leaves nothing behind after a mistake either; the workload itself ends there. */
static struct {
    const char *mistake;
    uint64_t hash;
} parsed;

static void parse(void *path)
{
    input_check(path);
    JsonParser parser = { .rest = input };
    local(Json) document = json_parse(&parser);
    parsed.mistake = parser.mistake;
    parsed.hash = document ? hash_of(document) : 0;
    if (!document != (parser.mistake != NULL))
        fuzz_finding("there is a document and a mistake, or neither");
}

static void work(void *path)
{
    (void)path;
    if (tree(1) != tree(1))
        fuzz_finding("the same text has two answers");
}

static void compare(const JsonReference *reference)
{
    if (reference->passes != !parsed.mistake)
        fuzz_finding("json says: %s; Jansson: %s", parsed.mistake ? parsed.mistake : "ok", reference->says);
    if (!parsed.mistake && parsed.hash != reference->hash)
        fuzz_finding("the tree is not the one that Jansson makes");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0) /* is refused with its file left open, of which there can be a thousand */
        return 0;
    input = (Span){ (const char *)bytes, length };
    bool is_text = fuzz_passes(parse, (void *)fuzz_path(bytes, length));
    JsonReference reference = json_reference(bytes, length);
    if (!is_text)
        parsed.mistake = fuzz_refusal;
    else if (fuzz_passes(work, NULL) != !parsed.mistake)
        fuzz_finding("the workload and its parser disagree");
    /* Where a zero byte follows the document, Jansson takes it for the end. */
    bool has_zero = !is_text && memchr(bytes, 0, length);
    if (!has_zero && !reference.differs_by_design && !(parsed.mistake && strstr(parsed.mistake, "nested too deep")))
        compare(&reference);
    return 0;
}
