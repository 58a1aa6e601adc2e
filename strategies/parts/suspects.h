/* suspects: trial deletion over a table of objects, without recursion and without memory. What the two collectors of cycles,
 * refcount_cycle and refcount_trial, share; they differ in whom they suspect and when.
 *
 * Subtract from each suspect's count the references that come from other suspects: what stays above zero is held from outside,
 * and rescues all that it reaches; the rest is garbage. (T. Christopher, "Reference count garbage collection", 1984; the
 * order of the steps, all suspects in each before the next, is that of Bacon and Rajan, 2001, and of CPython.)
 *
 * Invariant: every suspect stands in one table, and knows its index there; an object in no table has the index NOT_SUSPECT.
 * While collecting, the table is its own mark queue: [ reached and visited | reached | unknown ]; to reach an object is to
 * swap it into the second part. */
#ifndef SUSPECTS_H
#define SUSPECTS_H

#include <stdint.h>

typedef struct SuspectPrefix {
    uint32_t index;     /* in the table */
    uint32_t external;  /* while collecting: owners not found among the suspects yet */
} SuspectPrefix;

enum { NOT_SUSPECT = UINT32_MAX };

/* Only an object with references can be in a cycle. */
#define counting_prefix(type) (type_has_references(type) ? sizeof(SuspectPrefix) : 0)
#define counting_moved(object, type) (type_has_references(type) ? suspects_follow(object) : (void)0)

static inline void suspects_follow(void *object);

#include "parts/counting.h"

static struct {
    void **table;
    uint32_t length, capacity;
    uint32_t visited, reached; /* ends of the table's parts, while collecting */
} suspects;

static inline SuspectPrefix *suspect_prefix(void *object)
{
    return (SuspectPrefix *)counting_head(object) - 1;
}

static inline bool may_be_suspect(void *object)
{
    return object && type_has_references(counting_type(object));
}

/* ---- The table -------------------------------------------------------------------------------------------------- */

static inline void suspects_place(void *object, uint32_t index)
{
    suspects.table[index] = object;
    suspect_prefix(object)->index = index;
}

static __attribute__((noinline)) void suspects_grow(void)
{
    size_t capacity = suspects.capacity ? 2 * (size_t)suspects.capacity : 1024;
    void **table = capacity <= NOT_SUSPECT ? realloc(suspects.table, capacity * sizeof *table) : NULL;
    if (!table)
        out_of_memory(capacity * sizeof *table);
    suspects.table = table;
    suspects.capacity = (uint32_t)capacity;
}

static inline void suspects_add(void *object)
{
    if (suspects.length == suspects.capacity)
        suspects_grow();
    suspects_place(object, suspects.length++);
}

static inline void suspects_remove(void *object)
{
    suspects_place(suspects.table[--suspects.length], suspect_prefix(object)->index);
}

/* The object has moved. */
static inline void suspects_follow(void *object)
{
    if (suspect_prefix(object)->index != NOT_SUSPECT)
        suspects.table[suspect_prefix(object)->index] = object;
}

static void suspects_close(void)
{
    free(suspects.table);
    memset(&suspects, 0, sizeof suspects);
}

/* ---- Trial deletion --------------------------------------------------------------------------------------------- */

static void suspects_subtract_slot(AnyReference *slot, void *context)
{
    (void)context;
    if (may_be_suspect(*slot))
        suspect_prefix(*slot)->external--;
}

/* Every reference of a suspect must lead to a suspect, or to an object that cannot be one. */
static void suspects_subtract_internal(void)
{
    for (uint32_t i = 0; i < suspects.length; i++)
        suspect_prefix(suspects.table[i])->external = (uint32_t)counting_count(suspects.table[i]);
    for (uint32_t i = 0; i < suspects.length; i++)
        type_visit(counting_type(suspects.table[i]), suspects.table[i], suspects_subtract_slot, NULL);
}

static void suspects_reach(void *object)
{
    uint32_t index = suspect_prefix(object)->index;
    if (index < suspects.reached)
        return;
    suspects_place(suspects.table[suspects.reached], index);
    suspects_place(object, suspects.reached++);
}

static void suspects_reach_slot(AnyReference *slot, void *context)
{
    (void)context;
    if (may_be_suspect(*slot))
        suspects_reach(*slot);
}

static void suspects_reach_from_outside(void)
{
    suspects.visited = suspects.reached = 0;
    for (uint32_t i = 0; i < suspects.length; i++)
        if (suspect_prefix(suspects.table[i])->external)
            suspects_reach(suspects.table[i]);
    while (suspects.visited < suspects.reached) {
        void *object = suspects.table[suspects.visited++];
        type_visit(counting_type(object), object, suspects_reach_slot, NULL);
    }
}

static inline bool suspect_is_garbage(void *object)
{
    return may_be_suspect(object) && suspect_prefix(object)->index >= suspects.reached;
}

/* A garbage neighbour is freed with the rest; everything else loses an owner, and may die of it if it is a leaf. */
static void suspects_clear_slot(AnyReference *slot, void *context)
{
    (void)context;
    if (!suspect_is_garbage(*slot))
        counting_release(*slot);
}

static void suspects_free_garbage(void)
{
    for (uint32_t i = suspects.reached; i < suspects.length; i++)
        type_visit(counting_type(suspects.table[i]), suspects.table[i], suspects_clear_slot, NULL);
    for (uint32_t i = suspects.reached; i < suspects.length; i++)
        counting_free(suspects.table[i], counting_type(suspects.table[i]));
    suspects.length = suspects.reached;
}

/* Frees the suspects that are held only by one another, and what dies of that. Returns how many of them it freed. */
static uint32_t suspects_collect(void)
{
    uint32_t before = suspects.length;
    suspects_subtract_internal();
    suspects_reach_from_outside();
    suspects_free_garbage();
    return before - suspects.length;
}

#endif
