/* What Jansson makes of a JSON text, as a number that tells trees apart: of the values that it has, and not of how they are
 * written. In a file of its own, for Jansson and the workload use the same names for different things. */
#ifndef JSON_REFERENCE_H
#define JSON_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct JsonReference {
    bool passes;
    bool differs_by_design; /* it refuses what RFC 8259 leaves open, and we do not: huge numbers, zero bytes in names */
    uint64_t hash;
    char says[200];         /* why it does not pass */
} JsonReference;

JsonReference json_reference(const uint8_t *bytes, size_t length);

/* The finalizer of MurmurHash3 (Appleby). */
static inline uint64_t json_mix(uint64_t bits)
{
    bits = (bits ^ bits >> 33) * 0xFF51AFD7ED558CCDu;
    bits = (bits ^ bits >> 33) * 0xC4CEB9FE1A85EC53u;
    return bits ^ bits >> 33;
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static inline uint64_t json_text_hash(const char *bytes, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return hash;
}

static inline uint64_t json_number_hash(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return json_mix(bits);
}

static inline uint64_t json_item_hash(uint64_t before, uint64_t item) { return json_mix(before) * 31 + item; }

/* Added up: the order of members says nothing. */
static inline uint64_t json_member_hash(uint64_t name, uint64_t value) { return json_mix(name ^ json_mix(value)); }

/* The kinds as objects/json.h numbers them: null, false, true, number, text, list, dict. */
static inline uint64_t json_kind_hash(unsigned kind, uint64_t held) { return json_mix(held + kind + 1); }

#endif
