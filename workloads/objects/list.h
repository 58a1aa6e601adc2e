/* list: references in order, growing at the end. A new(List) is an empty one.
 *
 * 16 bytes, and an array of 8 for each place. A full list's array is resized to an eighth more than it needs and 6
 * places, down to a multiple of 4 (CPython's list_resize in Objects/listobject.c; 4, 8, 16, 24, 32, 40, 52, 64, …). So
 * append is amortised constant, with up to 8 moves for each item where the strategy can only move. The array never
 * shrinks.
 *
 * Invariant: the places from length on are empty. What is stored is taken over, as by put: share(x) keeps x too. */
#ifndef LIST_H
#define LIST_H

#include "objects/array.h"
#include "objects/keys.h"

typedef struct List {
    Array *places;
    size_t length;
} List;
refs(List, places);

static inline size_t list_capacity(const List *list)
{
    return list->places ? list->places->length : 0;
}

static __attribute__((noinline)) void list_grow(List *list)
{
    size_t needed = list->length + 1;
    resize(list->places, Array, (needed + needed / 8 + 6) & ~(size_t)3);
}

static inline void list_append(List *list, void *item)
{
    if (list->length == list_capacity(list))
        list_grow(list);
    put(list->places->at[list->length++], item);
}

/* Item i, from 0 to length - 1, borrowed from the list. */
static inline void *list_get(const List *list, size_t i)
{
    return list->places->at[i];
}

static inline void list_put(List *list, size_t i, void *item)
{
    put(list->places->at[i], item);
}

/* Whether an item is equal to this one: the list is scanned from its beginning. */
static inline __attribute__((always_inline)) bool list_has(const List *list, void *wanted, Keys keys)
{
    for (size_t i = 0; i < list->length; i++)
        if (keys.equal(list_get(list, i), wanted))
            return true;
    return false;
}

/* The last item of a list that has one, borrowed. */
static inline void *list_last(const List *list)
{
    return list_get(list, list->length - 1);
}

/* The last item of a list that has one, owned by the caller and no longer in the list. */
static inline void *list_pop(List *list)
{
    return give(list->places->at[--list->length]);
}

#endif
