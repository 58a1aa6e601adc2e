/* What the words tell the counted build: births and moves, with the line of the program that they stand in.
 *
 * Invariant: what is recorded is what the program asked for: its type, its bytes, and where; what the strategy makes of that is
 * in the hooks object_room and footprint (parts/census.h). In every other build nothing of this is there. */
#ifndef BIRTHS_H
#define BIRTHS_H

#ifdef COUNTED

#include "profile/site.h"

#ifndef object_room
#define object_room(object, type, size) ((void)(object), (void)(type), (size))
#endif
#ifndef footprint
#define footprint() UINT64_C(0)
#endif

/* BORN_(type, bytes, object): the object, which is evaluated once, recorded as born in this line. */
#define BORN_(type, bytes, object)                                                                                     \
    ({                                                                                                                 \
        static Site site_ = { type, __FILE__, __LINE__, 0, 0, NULL, NULL };                                            \
        size_t bytes_ = (bytes);                                                                                       \
        void *at_ = (object);                                                                                          \
        census_born(at_, &site_, bytes_, object_room(at_, type, bytes_));                                              \
        at_;                                                                                                           \
    })

/* The object of this type is dead, and a fresh one is born in its memory. */
#define REBORN_(type, object)                                                                                          \
    do {                                                                                                               \
        census_reused(object);                                                                                         \
        (void)BORN_(type, (type)->size, object);                                                                       \
    } while (0)

/* The object that was at the address `from` has so many bytes now, and perhaps another address. */
#define RESIZED_(from, object, type, bytes) census_resized(from, object, bytes, object_room(object, type, bytes))

static void census_collect_(void)
{
    (void)collect();
}

static uint64_t census_held_bytes_(void)
{
    return footprint();
}

const CensusHooks census_hooks = { census_collect_, census_held_bytes_ };

#else

/* The type has to be declared, though a strategy may have no use for it. */
#define BORN_(type, bytes, object) ((void)sizeof *(type), (object))
#define REBORN_(type, object) ((void)0)
#define RESIZED_(from, object, type, bytes) ((void)(from))

#endif

#endif
