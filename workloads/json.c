/* JSON: a document parsed into a tree of dicts, lists, texts, numbers, true, false and null, looked through, and dropped; n
 * times. What is asked of the tree: a fingerprint of everything in it, for which each member is looked up by its name; and how
 * often each text occurs as a value, which puts all of them into one dict.
 * Stresses what a program makes of its input: many small objects of several types and dicts of a few members, all built at
 * once and dead at once. After the json_loads of pyperformance, with a document that was not made for benchmarks.
 * Not good for: comparing parsers; this one is plain, and holds each number as it is written. */
#include "workload.h"

#include "objects/json.h"
#include "objects/rounds.h"
#include "objects/tally.h"

static uint64_t fingerprint(Json *value, Dict *occurrences);

static uint64_t list_fingerprint(List *items, Dict *occurrences)
{
    uint64_t sum = items->length;
    for (size_t i = 0; i < items->length; i++)
        sum = sum * 31 + fingerprint(list_get(items, i), occurrences);
    return sum;
}

/* The same in whatever order the members are. */
static uint64_t dict_fingerprint(Dict *members, Dict *occurrences)
{
    uint64_t sum = members->count;
    void **member;
    for (size_t i = 0; (member = dict_next(members, &i));)
        sum += (2 * text_checksum(member[0]) + 1) * fingerprint(dict_get(members, member[0], texts), occurrences);
    return sum;
}

static uint64_t fingerprint(Json *value, Dict *occurrences)
{
    operations++;
    if (value->kind == JSON_TEXT)
        tally_add(occurrences, value->held);
    switch (value->kind) {
    case JSON_LIST: return list_fingerprint(value->held, occurrences) * 31 + JSON_LIST;
    case JSON_DICT: return dict_fingerprint(value->held, occurrences) * 31 + JSON_DICT;
    case JSON_TEXT:
    case JSON_NUMBER: return text_checksum(value->held) * 31 + value->kind;
    default: return value->kind;
    }
}

static uint64_t one_round(Input *input)
{
    local(Json) document = json_of_input(input);
    local(Dict) occurrences = new(Dict);
    uint64_t checksum = fingerprint(document, occurrences);
    return checksum + tally_checksum(occurrences);
}

static uint64_t tree(uint64_t n) { return rounds(n, one_round); }

WORKLOAD(json, REAL, SIZES(2, 10, 100), "a JSON document parsed, looked through and dropped", VARIANT(tree));
INPUT("/usr/share/iso-codes/json/iso_639-3.json", "/home/linuxbrew/.linuxbrew/share/iso-codes/json/iso_639-3.json");
