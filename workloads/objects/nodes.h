/* nodes: a singly linked list of numbers. The nodes are made first, held by an array, and linked in the array's order then,
 * which need not be that of their addresses. 16 bytes a node.
 *
 * Each node owns the next; none ever has two owners. */
#ifndef NODES_H
#define NODES_H

#include "objects/array.h"

typedef struct Node Node;
struct Node { Node *next; uint64_t number; };
refs(Node, next);

/* n that are not linked yet. */
static inline Array *nodes_of(uint64_t n)
{
    local(Array) nodes = new_of(Array, n);
    for (uint64_t i = 0; i < n; i++)
        put(nodes->at[i], new(Node));
    return give(nodes);
}

/* The first of them, which owns all from now on; the array is empty. They are numbered from 1. Linked from the last to the
 * first. */
static inline Node *nodes_linked(Array *nodes)
{
    local(Node) first = NULL;
    for (size_t i = nodes->length; i > 0; i--) {
        local(Node) node = give(nodes->at[i - 1]);
        node->number = i;
        put(node->next, give(first));
        put(first, give(node));
    }
    return give(first);
}

/* Of the numbers in their order. */
static inline uint64_t nodes_checksum(const Node *node)
{
    uint64_t checksum = 0;
    for (; node; node = node->next)
        checksum = checksum * 31 + node->number;
    return checksum;
}

/* What nodes_checksum finds in n of them. */
static inline uint64_t nodes_checksum_expected(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t number = 1; number <= n; number++)
        checksum = checksum * 31 + number;
    return checksum;
}

#endif
