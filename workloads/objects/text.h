/* text: immutable bytes, 16 and the bytes themselves. Any byte may occur in one; none ends it.
 * The hash is computed when first asked for and kept in the object, as in CPython's str. */
#ifndef TEXT_H
#define TEXT_H

#include "objects/list.h"

typedef struct Text {
    size_t length;
    uint64_t hash; /* 0: not computed yet */
    char at[];
} Text;
leaf_of(Text);

/* A text of these bytes, copied; bytes may be NULL when length is 0. */
static inline Text *text_of(const char *bytes, size_t length)
{
    Text *text = new_unset(Text, length);
    if (length > 0)
        memcpy(text->at, bytes, length);
    return text;
}

/* The number in decimal digits. Out of line: a loop of divisions. */
static __attribute__((noinline, unused)) Text *text_of_number(uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    do
        digits[--first] = '0' + number % 10;
    while (number /= 10);
    return text_of(digits + first, sizeof digits - first);
}

/* A new text: a, and then b. */
static inline Text *text_plus(const Text *a, const Text *b)
{
    Text *both = new_unset(Text, a->length + b->length);
    memcpy(both->at, a->at, a->length);
    memcpy(both->at + a->length, b->at, b->length);
    return both;
}

/* A new text: those of the list, one after the other, each copied once. Python's "".join. */
static inline Text *texts_joined(const List *pieces)
{
    size_t length = 0;
    for (size_t i = 0; i < pieces->length; i++)
        length += ((Text *)list_get(pieces, i))->length;
    Text *text = new_unset(Text, length);
    char *end = text->at;
    for (size_t i = 0; i < pieces->length; i++) {
        Text *piece = list_get(pieces, i);
        end = mempcpy(end, piece->at, piece->length);
    }
    return text;
}

/* The text in the slot, which nobody else holds and which is not the more, comes to end with it. */
static inline void text_append(Text **slot, const Text *more)
{
    size_t length = (*slot)->length;
    resize(*slot, Text, length + more->length);
    memcpy((*slot)->at + length, more->at, more->length);
    (*slot)->hash = 0;
}

/* Mixes 8 bytes into a hash: the step of FxHash (Firefox, rustc), folded so that the low bits are good as well. */
static inline uint64_t text_mix(uint64_t hash, uint64_t bytes)
{
    uint64_t product = (hash ^ bytes) * 0x9E3779B97F4A7C15u;
    return product ^ (product >> 32);
}

static inline uint64_t text_hash_bytes(const char *bytes, size_t length)
{
    uint64_t hash = length, word;
    for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = text_mix(hash, word);
    }
    word = 0;
    memcpy(&word, bytes, length);
    return text_mix(hash, word);
}

static inline uint64_t text_hash(void *key)
{
    Text *text = key;
    if (!text->hash)
        text->hash = text_hash_bytes(text->at, text->length);
    return text->hash;
}

static inline bool text_equal(void *key, void *other)
{
    Text *a = key, *b = other;
    return a == b || (a->length == b->length && text_hash(a) == text_hash(b) && memcmp(a->at, b->at, a->length) == 0);
}

/* What a checksum says of a text: that of Java's String.hashCode, in 64 bits and of bytes. Easy to compute elsewhere. */
static inline uint64_t text_checksum(const Text *text)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < text->length; i++)
        sum = sum * 31 + (unsigned char)text->at[i];
    return sum;
}

static const Keys texts = { text_hash, text_equal };

#endif
