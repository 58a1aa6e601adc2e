/* forest: disjoint sets of the numbers from 0 to n - 1, each a tree; 8 bytes, and 16 for each number.
 * Union by size and path halving (Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms", 1984):
 * amortised constant for every n that fits into a memory.
 *
 * Invariant: a root is its own parent, and knows how many numbers its tree has. */
#ifndef FOREST_H
#define FOREST_H

#include "workload.h"

typedef struct Forest {
    size_t length;
    struct {
        uint64_t parent, size;
    } at[];
} Forest;
leaf_of(Forest);

/* Every number alone. */
static inline Forest *forest_of(uint64_t n)
{
    Forest *forest = new_of(Forest, n);
    for (uint64_t i = 0; i < n; i++) {
        forest->at[i].parent = i;
        forest->at[i].size = 1;
    }
    return forest;
}

static inline bool forest_is_root(const Forest *forest, uint64_t i)
{
    return forest->at[i].parent == i;
}

/* Every number on the way comes to point at its grandparent. */
static inline uint64_t forest_root(Forest *forest, uint64_t i)
{
    while (!forest_is_root(forest, i))
        i = forest->at[i].parent = forest->at[forest->at[i].parent].parent;
    return i;
}

static inline void forest_hang(Forest *forest, uint64_t smaller, uint64_t larger)
{
    forest->at[smaller].parent = larger;
    forest->at[larger].size += forest->at[smaller].size;
}

/* The sets of i and of j become one. */
static inline void forest_unite(Forest *forest, uint64_t i, uint64_t j)
{
    i = forest_root(forest, i);
    j = forest_root(forest, j);
    if (i == j)
        return;
    if (forest->at[i].size < forest->at[j].size)
        forest_hang(forest, i, j);
    else
        forest_hang(forest, j, i);
}

#endif
