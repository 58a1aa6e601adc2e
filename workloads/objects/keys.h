/* keys: what a set or a dict must know of its keys.
 *
 * Every function that takes Keys is always inlined, and every Keys is a constant, so that no call through one is
 * indirect and comparing two numbers is one instruction: one implementation for all types of key, and no dispatch.
 * Equal keys have equal hashes. A table uses the high bits of a hash, so these must depend on the whole key. */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Keys {
    uint64_t (*hash)(void *key);
    bool (*equal)(void *key, void *other);
} Keys;

#endif
