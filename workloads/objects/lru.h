/* lru: a cache that has room for so many values, and lets go of the one that was not asked for for the longest time. A dict
 * from keys to entries, and the entries in a list linked in both directions, as in Python's functools.lru_cache.
 * 32 bytes, and 64 to 96 for each entry. Neighbours in the list own each other, so a cache of two or more entries is cyclic; an
 * entry that has left it is not.
 *
 * Invariant: an entry is in the list exactly if it is in the dict, under its own key. */
#ifndef LRU_H
#define LRU_H

#include "objects/dict.h"

typedef struct LruEntry LruEntry;
struct LruEntry {
    LruEntry *newer, *older;
    void *key, *value;
};
refs(LruEntry, newer, older, key, value);

typedef struct Lru {
    Dict *entries;
    LruEntry *newest, *oldest;
    size_t room;
} Lru;
refs(Lru, entries, newest, oldest);

/* Room for one value or more. */
static inline Lru *lru_of(size_t room)
{
    local(Lru) made = new(Lru);
    put(made->entries, new(Dict));
    made->room = room;
    return give(made);
}

/* Neither of its neighbours refers to the entry any more, nor it to them. */
static inline void lru_unlink(Lru *lru, LruEntry *entry)
{
    LruEntry **from_newer = entry->newer ? &entry->newer->older : &lru->newest;
    LruEntry **from_older = entry->older ? &entry->older->newer : &lru->oldest;
    put(*from_newer, give(entry->older));
    put(*from_older, give(entry->newer));
}

static inline void lru_link_newest(Lru *lru, LruEntry *entry)
{
    put(entry->older, give(lru->newest));
    if (entry->older)
        set(entry->older->newer, entry);
    else
        set(lru->oldest, entry);
    set(lru->newest, entry);
}

/* The key's value, borrowed from the cache, and now the newest; NULL where there is none. */
TABLE_FUNCTION void *lru_get(Lru *lru, void *key, Keys keys)
{
    LruEntry *entry = dict_get(lru->entries, key, keys);
    if (!entry)
        return NULL;
    lru_unlink(lru, entry);
    lru_link_newest(lru, entry);
    return entry->value;
}

TABLE_FUNCTION void lru_drop_oldest(Lru *lru, Keys keys)
{
    local(LruEntry) oldest = share(lru->oldest);
    lru_unlink(lru, oldest);
    dict_remove(lru->entries, oldest->key, keys);
}

/* Takes key and value over; the key must be new to the cache. */
TABLE_FUNCTION void lru_put(Lru *lru, void *key, void *value, Keys keys)
{
    local(LruEntry) entry = new(LruEntry);
    put(entry->key, key);
    put(entry->value, value);
    if (lru->entries->count == lru->room)
        lru_drop_oldest(lru, keys);
    lru_link_newest(lru, entry);
    dict_put(lru->entries, share(entry->key), share(entry), keys);
}

#endif
