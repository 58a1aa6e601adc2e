/* dict: keys, each with a value. A new(Dict) is an empty one.
 * 16 bytes, and 32 to 64 for each key; a key and its value stand side by side, in one cache line (see table.h).
 * What is stored is taken over, as by put; say share(x) to keep x too. */
#ifndef DICT_H
#define DICT_H

#include "objects/table.h"

typedef Table Dict;
refs(Dict, places);

enum { DICT_WIDTH = 2, DICT_STEP = 0x1E3779B1 };

/* The key's value, borrowed from the dict; NULL when it has no such key. */
TABLE_FUNCTION void *dict_get(const Dict *dict, void *key, Keys keys)
{
    void **entry = table_find(dict, DICT_WIDTH, key, keys);
    return entry ? entry[1] : NULL;
}

/* Takes key and value over. A key that is there already stays, with the new value. */
TABLE_FUNCTION void dict_put(Dict *dict, void *key, void *value, Keys keys)
{
    local(void) taken = key;
    void **entry = table_place_for(dict, DICT_WIDTH, key, keys);
    if (!*entry) {
        put(*entry, give(taken));
        dict->count++;
    }
    put(entry[1], value);
}

/* The next entry from turn *i on, its key and its value, borrowed; NULL after the last. *i is 0 at first. Entries come in no
 * order that a program could rely on, and not in that of their hashes: a copy would crowd the beginning of its table while it
 * is small, and take the square of its length. An odd step comes by each of a power of two of entries once. */
static inline void **dict_next(const Dict *dict, size_t *i)
{
    size_t entries = dict->places ? dict->places->length / DICT_WIDTH : 0;
    while (*i < entries) {
        size_t which = (*i)++ * DICT_STEP & (entries - 1);
        void **entry = &dict->places->at[which * DICT_WIDTH];
        if (*entry)
            return entry;
    }
    return NULL;
}

/* Whether the key was there; it and its value no longer are. */
TABLE_FUNCTION bool dict_remove(Dict *dict, void *key, Keys keys)
{
    return table_remove(dict, DICT_WIDTH, key, keys);
}

#endif
