/* nodes: a singly linked list of numbers, which count up from 1. Either each node is made in front of the last one; or they are
 * made first, held by an array, and linked in the array's order then, which need not be that of their addresses. 16 bytes a
 * node.
 *
 * Each node owns the next. */
#ifndef NODES_H
#define NODES_H

#include "objects/array.h"

typedef struct ListNode ListNode;
struct ListNode { ListNode *next; uint64_t number; };
refs(ListNode, next);

static inline ListNode *node_of(uint64_t number)
{
    ListNode *node = new(ListNode);
    node->number = number;
    return node;
}

/* n of them, the last made first. */
static inline ListNode *nodes_chained(uint64_t n)
{
    local(ListNode) first = NULL;
    for (uint64_t number = n; number > 0; number--) {
        ListNode *node = node_of(number);
        put(node->next, give(first));
        first = node;
    }
    return give(first);
}

/* n that are not linked yet. */
static inline Array *nodes_of(uint64_t n)
{
    local(Array) nodes = new_of(Array, n);
    for (uint64_t i = 0; i < n; i++)
        put(nodes->at[i], new(ListNode));
    return give(nodes);
}

/* The first of them, which owns all from now on; the array is empty. Linked from the last to the first. */
static inline ListNode *nodes_linked(Array *nodes)
{
    local(ListNode) first = NULL;
    for (size_t i = nodes->length; i > 0; i--) {
        local(ListNode) node = give(nodes->at[i - 1]);
        node->number = i;
        put(node->next, give(first));
        put(first, give(node));
    }
    return give(first);
}

/* The order of the numbers counts. */
static inline uint64_t nodes_fold(uint64_t checksum, const ListNode *node)
{
    for (; node; node = node->next)
        checksum = checksum * 31 + node->number;
    return checksum;
}

/* What nodes_fold makes of 0 and n of them. */
static inline uint64_t nodes_checksum_expected(uint64_t n)
{
    uint64_t checksum = 0;
    for (uint64_t number = 1; number <= n; number++)
        checksum = checksum * 31 + number;
    return checksum;
}

#endif
