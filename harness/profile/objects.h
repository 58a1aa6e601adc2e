/* The objects that are alive, as far as anybody told.
 *
 * Invariant: every live object has one record. Records are linked in the order of birth, so that what was born since a mark is
 * found without looking at the rest, and an index by address (open addressing, at most half full, linear probing, no
 * tombstones) leads from an object to its record. Records and index are in the census's own memory, and nothing here allocates
 * from the strategy or keeps an address anywhere else. */
#ifndef OBJECTS_H
#define OBJECTS_H

#include <stdbool.h>

#include "site.h"

typedef struct Record {
    void *object;
    Site *site;
    uint64_t birth;        /* its number, from 1 */
    size_t bytes, room;    /* asked for; with rounding and head */
    uint32_t older, newer; /* its neighbours in the order of birth; 0: there is none */
} Record;

/* The record of a new object, the youngest; NULL when the address is that of an object that is recorded already. */
Record *objects_add(void *object);

/* NULL when there is no such object. */
Record *objects_find(const void *object);

/* The record's object has moved; false when the new address is that of another object. */
bool objects_move(Record *record, void *object);

void objects_remove(Record *record);

/* The youngest and the oldest record, and the one born next after another; NULL where there is none. */
Record *objects_youngest(void);
Record *objects_oldest(void);
Record *objects_newer(const Record *record);

/* How many are recorded. */
uint64_t objects_count(void);

#endif
