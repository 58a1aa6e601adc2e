/* A place in the program at which objects are born, and what the words tell of it. */
#ifndef SITE_H
#define SITE_H

#include <stddef.h>
#include <stdint.h>

#include "parts/census.h"
#include "parts/type.h"

/* One expansion of new or new_of. The first three are constants; the rest is the census's. */
typedef struct Site {
    const Type *type;
    const char *file;
    unsigned line;
    uint64_t live_objects, live_bytes;
    struct Site *counted_as; /* the first site of the same type, file and line; NULL before the first birth */
    struct Site *next;       /* all sites that something was born at */
} Site;

/* What only the workload's half of a cell can do. */
typedef struct CensusHooks {
    void (*collect)(void);
    uint64_t (*held_bytes)(void); /* bytes that the strategy holds from the system, besides what went through system.h */
} CensusHooks;

extern const CensusHooks census_hooks;

/* A birth. bytes: asked for; room: with rounding and head. */
void census_born(void *object, Site *site, size_t bytes, size_t room);

/* The object has another size, and perhaps another place. from: the address before, of memory that is no longer the
 * object's. */
void census_resized(uintptr_t from, void *object, size_t bytes, size_t room);

/* Its death, of which the strategy made a birth. */
void census_reused(void *object);

#endif
