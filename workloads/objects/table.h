/* table: open addressing by linear probing; what a set and a dict have in common.
 *
 * An entry is `width` references, its key first: 1 for a set, 2 for a dict. There are a power of two of places, at most
 * half of them taken: finding a key looks at 1.5 places, finding none at 2.5 (Knuth, The Art of Computer Programming 3,
 * 6.4). A fuller table would be smaller, and follow more references into keys. A full one doubles: adding is amortised
 * constant.
 *
 * Invariant: from a key's home, where its hash points, to the place that it has, all places are taken. */
#ifndef TABLE_H
#define TABLE_H

#include "objects/array.h"
#include "objects/keys.h"

enum { TABLE_FIRST_PLACES = 8 };

typedef struct Table {
    Array *places; /* empty until the first entry */
    size_t count;  /* entries */
} Table;

#define TABLE_FUNCTION static inline __attribute__((always_inline))

/* The key's place, or the free one where it belongs. width is a power of two. */
TABLE_FUNCTION void **table_place(Array *places, size_t width, void *key, Keys keys)
{
    size_t mask = places->length - width;
    size_t i = (keys.hash(key) * width) & mask;
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

TABLE_FUNCTION void table_double(Table *table, size_t width, Keys keys)
{
    local(Array) old = give(table->places);
    put(table->places, new_of(Array, old ? 2 * old->length : TABLE_FIRST_PLACES * width));
    for (size_t i = 0; old && i < old->length; i += width)
        if (old->at[i]) {
            void **entry = table_place(table->places, width, old->at[i], (Keys){ keys.hash, table_all_differ });
            for (size_t part = 0; part < width; part++)
                put(entry[part], give(old->at[i + part]));
        }
}

/* As table_place, in a table that has room for one entry more. */
TABLE_FUNCTION void **table_place_for(Table *table, size_t width, void *key, Keys keys)
{
    if (!table->places || 2 * width * (table->count + 1) > table->places->length)
        table_double(table, width, keys);
    return table_place(table->places, width, key, keys);
}

#endif
