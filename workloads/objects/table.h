/* table: open addressing by linear probing; what a set and a dict have in common.
 *
 * An entry is `width` references, its key first: 1 for a set, 2 for a dict. There are a power of two of places, at most
 * a quarter of them taken in a set, half of them in a dict: 32 to 64 bytes for each key.
 * Finding a key looks at 1.17 places at the most, or 1.5, finding none at 1.39, or 2.5 (Knuth, The Art of Computer
 * Programming 3, 6.4). How often the first place is not the right one is what counts, for then a branch is mispredicted:
 * docs/ratios.md has what fuller tables cost. A full table doubles: adding is amortised constant.
 *
 * Invariant: from a key's home, where its hash points, to the place that it has, all places are taken. */
#ifndef TABLE_H
#define TABLE_H

#include "objects/array.h"
#include "objects/keys.h"

enum { TABLE_FIRST_LENGTH = 16, TABLE_ROOM = 4 }; /* references at first; and at the least for each entry */

typedef struct Table {
    Array *places; /* empty until the first entry */
    size_t count;  /* entries */
} Table;

#define TABLE_FUNCTION static inline __attribute__((always_inline))

/* Where the key's search begins: as far into the table as its hash is into all hashes. width is a power of two. */
TABLE_FUNCTION size_t table_home(const Array *places, size_t width, void *key, Keys keys)
{
    unsigned __int128 scaled = (unsigned __int128)keys.hash(key) * (places->length / width);
    return (size_t)(scaled >> 64) * width;
}

/* The key's place, or the free one where it belongs. */
TABLE_FUNCTION void **table_place(Array *places, size_t width, void *key, Keys keys)
{
    size_t mask = places->length - width;
    size_t i = table_home(places, width, key, keys);
    while (places->at[i] && !keys.equal(places->at[i], key))
        i = (i + width) & mask;
    return &places->at[i];
}

/* The key's entry, or NULL. */
TABLE_FUNCTION void **table_find(const Table *table, size_t width, void *key, Keys keys)
{
    if (table->count == 0)
        return NULL;
    void **entry = table_place(table->places, width, key, keys);
    return *entry ? entry : NULL;
}

static inline bool table_all_differ(void *key, void *other)
{
    (void)key, (void)other;
    return false;
}

TABLE_FUNCTION void table_move(void **to, void **from, size_t width)
{
    for (size_t part = 0; part < width; part++)
        put(to[part], give(from[part]));
}

TABLE_FUNCTION void table_double(Table *table, size_t width, Keys keys)
{
    Keys different = { keys.hash, table_all_differ };
    local(Array) old = give(table->places);
    put(table->places, new_of(Array, old ? 2 * old->length : TABLE_FIRST_LENGTH));
    for (size_t i = 0; old && i < old->length; i += width)
        if (old->at[i])
            table_move(table_place(table->places, width, old->at[i], different), &old->at[i], width);
}

/* As table_place, in a table that has room for one entry more. */
TABLE_FUNCTION void **table_place_for(Table *table, size_t width, void *key, Keys keys)
{
    if (!table->places || TABLE_ROOM * (table->count + 1) > table->places->length)
        table_double(table, width, keys);
    return table_place(table->places, width, key, keys);
}

/* Takes the key's entry out, if it has one, and says so. What comes after it up to the next free place moves into the gap
 * where it would not be found behind it (Knuth, 6.4, algorithm R): there are no tombstones, and a table that keys come to and
 * leave does not become slow. What was taken out is let go of last, for its death may run code that looks at the table. */
TABLE_FUNCTION bool table_remove(Table *table, size_t width, void *key, Keys keys)
{
    void **entry = table_find(table, width, key, keys);
    if (!entry)
        return false;
    local(void) removed = give(entry[0]);
    local(void) value = width > 1 ? give(entry[width - 1]) : NULL;
    Array *places = table->places;
    size_t mask = places->length - width, gap = (size_t)(entry - places->at);
    for (size_t i = (gap + width) & mask; places->at[i]; i = (i + width) & mask)
        if (((i - table_home(places, width, places->at[i], keys)) & mask) >= ((i - gap) & mask)) {
            table_move(&places->at[gap], &places->at[i], width);
            gap = i;
        }
    table->count--;
    return true;
}

#endif
