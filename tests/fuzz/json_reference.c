#include "json_reference.h"

#include <jansson.h>
#include <stdio.h>

enum { NULL_KIND, FALSE_KIND, TRUE_KIND, NUMBER_KIND, TEXT_KIND, LIST_KIND, DICT_KIND };

static uint64_t hash_of(const json_t *value);

static uint64_t list_hash(const json_t *items)
{
    uint64_t hash = json_array_size(items);
    for (size_t i = 0; i < json_array_size(items); i++)
        hash = json_item_hash(hash, hash_of(json_array_get(items, i)));
    return hash;
}

static uint64_t dict_hash(json_t *members)
{
    uint64_t hash = json_object_size(members);
    const char *name;
    json_t *value;
    json_object_foreach(members, name, value)
        hash += json_member_hash(json_text_hash(name, strlen(name)), hash_of(value));
    return hash;
}

static uint64_t hash_of(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: return json_kind_hash(DICT_KIND, dict_hash((json_t *)value));
    case JSON_ARRAY: return json_kind_hash(LIST_KIND, list_hash(value));
    case JSON_STRING:
        return json_kind_hash(TEXT_KIND, json_text_hash(json_string_value(value), json_string_length(value)));
    case JSON_INTEGER:
    case JSON_REAL: return json_kind_hash(NUMBER_KIND, json_number_hash(json_number_value(value)));
    case JSON_TRUE: return json_kind_hash(TRUE_KIND, 0);
    case JSON_FALSE: return json_kind_hash(FALSE_KIND, 0);
    default: return json_kind_hash(NULL_KIND, 0);
    }
}

static bool is_design(enum json_error_code code)
{
    return code == json_error_numeric_overflow || code == json_error_null_byte_in_key;
}

JsonReference json_reference(const uint8_t *bytes, size_t length)
{
    JsonReference reference = { 0 };
    json_error_t error;
    json_t *value = json_loadb((const char *)bytes, length, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
    reference.passes = value;
    if (value)
        reference.hash = hash_of(value);
    else {
        reference.differs_by_design = is_design(json_error_code(&error));
        snprintf(reference.says, sizeof reference.says, "%s", error.text);
    }
    json_decref(value);
    return reference;
}
