/* set: keys, each once. A new(Set) is an empty one.
 * 16 bytes, and 32 to 64 for each key (see table.h).
 * What is stored is taken over, as by put; say share(x) to keep x too. */
#ifndef SET_H
#define SET_H

#include "objects/table.h"

typedef Table Set;
refs(Set, places);

enum { SET_WIDTH = 1 };

TABLE_FUNCTION bool set_has(const Set *members, void *key, Keys keys)
{
    return table_find(members, SET_WIDTH, key, keys) != NULL;
}

/* Takes the key over, and lets it go when the set has it already. True when it is new. */
TABLE_FUNCTION bool set_add(Set *members, void *key, Keys keys)
{
    local(void) taken = key;
    void **entry = table_place_for(members, SET_WIDTH, key, keys);
    if (*entry)
        return false;
    put(*entry, give(taken));
    members->count++;
    return true;
}

/* Whether the key was there; it no longer is. */
TABLE_FUNCTION bool set_remove(Set *members, void *key, Keys keys)
{
    return table_remove(members, SET_WIDTH, key, keys);
}

#endif
