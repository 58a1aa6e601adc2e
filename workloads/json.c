/* JSON: a document parsed into a tree of dicts, lists, texts, numbers, true, false and null, looked through, and dropped; n
 * times. What is asked of the tree: a fingerprint of everything in it, for which each member is looked up by its name; and how
 * often each text occurs as a value, which puts all of them into one dict.
 * Stresses what a program makes of its input: many small objects of several types and dicts of a few members, all built at once
 * and dead at once.
 * After the json_loads of pyperformance, with a document that was not made for benchmarks.
 * Not good for: comparing parsers; this one is plain, and holds each number as it is written. */
#include "workload.h"

#include "objects/json.h"
#include "objects/rounds.h"
#include "objects/tally.h"

typedef struct Fingerprint {
    uint64_t sum, values; /* of everything in it; how many values that is, itself among them */
} Fingerprint;

static Fingerprint fingerprint(Json *value, Dict *occurrences);

static Fingerprint list_fingerprint(List *items, Dict *occurrences)
{
    Fingerprint whole = { items->length, 1 };
    for (size_t i = 0; i < items->length; i++) {
        Fingerprint item = fingerprint(list_get(items, i), occurrences);
        whole = (Fingerprint){ whole.sum * 31 + item.sum, whole.values + item.values };
    }
    return whole;
}

/* The same in whatever order the members are. */
static Fingerprint dict_fingerprint(Dict *members, Dict *occurrences)
{
    Fingerprint whole = { members->count, 1 };
    void **member;
    for (size_t i = 0; (member = dict_next(members, &i));) {
        Fingerprint held = fingerprint(dict_get(members, member[0], texts), occurrences);
        whole.sum += (2 * text_checksum(member[0]) + 1) * held.sum;
        whole.values += held.values;
    }
    return whole;
}

static Fingerprint held_fingerprint(Json *value, Dict *occurrences)
{
    switch (value->kind) {
    case JSON_LIST: return list_fingerprint(value->held, occurrences);
    case JSON_DICT: return dict_fingerprint(value->held, occurrences);
    case JSON_TEXT: tally_add(occurrences, value->held); /* fall through */
    case JSON_NUMBER: return (Fingerprint){ text_checksum(value->held), 1 };
    default: return (Fingerprint){ 0, 1 };
    }
}

static Fingerprint fingerprint(Json *value, Dict *occurrences)
{
    Fingerprint held = held_fingerprint(value, occurrences);
    return (Fingerprint){ held.sum * 31 + value->kind + 1, held.values }; /* null's is no 0: its name would not count */
}

static uint64_t one_round(Span text)
{
    local(Json) document = json_of_input(text);
    local(Dict) occurrences = new(Dict);
    Fingerprint whole = fingerprint(document, occurrences);
    operations += whole.values;
    return whole.sum + tally_checksum(occurrences);
}

static uint64_t tree(uint64_t n) { return rounds(n, one_round); }

WORKLOAD(json, REAL, SIZES(2, 10, 100), "a JSON document parsed, looked through and dropped", VARIANT(tree));
INPUT("/usr/share/iso-codes/json/iso_639-3.json", "/home/linuxbrew/.linuxbrew/share/iso-codes/json/iso_639-3.json");
PREPARE(read_input);
