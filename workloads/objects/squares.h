/* squares: a list of Numbers, the squares of numbers that count up: the list comprehension of many an article. */
#ifndef SQUARES_H
#define SQUARES_H

#include "objects/list.h"
#include "objects/number.h"

/* Those of from..from + count - 1. */
static inline List *squares_of(uint64_t from, uint64_t count)
{
    local(List) squares = new(List);
    for (uint64_t i = from; i < from + count; i++)
        list_append(squares, number_of(i * i));
    return give(squares);
}

/* Their order counts. */
static inline uint64_t squares_checksum(const List *squares)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < squares->length; i++)
        sum = sum * 3 + ((Number *)list_get(squares, i))->value;
    return sum;
}

#endif
