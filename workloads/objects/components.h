/* components: the strongly connected components of a graph of objects. What is a node of one begins with a Node, whose targets
 * are among its references: struct Town { Node node; … }; refs(Town, node.targets, …).
 *
 * Tarjan, "Depth-first search and linear graph algorithms", 1972. The path is a list, for it can be longer than a stack
 * may be deep. */
#ifndef COMPONENTS_H
#define COMPONENTS_H

#include "objects/list.h"

typedef struct Node {
    List *targets;        /* Nodes: where its edges lead */
    uint64_t order, low;  /* when it was reached, from 1; the earliest open one it leads to */
    size_t followed;      /* how many targets have been followed */
    bool closed;          /* its component is known */
} Node;

typedef struct Search {
    List *path;  /* from where the search began to where it is */
    List *open;  /* reached, their components not known yet */
    uint64_t reached, components;
} Search;
refs(Search, path, open);

static inline void search_reach(Search *search, Node *node)
{
    node->order = node->low = ++search->reached;
    list_append(search->path, share(node));
    list_append(search->open, share(node));
}

static inline void node_lower(Node *node, uint64_t low)
{
    if (low < node->low)
        node->low = low;
}

static inline void search_next_target(Search *search, Node *node)
{
    Node *target = list_get(node->targets, node->followed++);
    if (!target->order)
        search_reach(search, target);
    else if (!target->closed)
        node_lower(node, target->order);
}

static inline void search_close_component(Search *search, Node *first)
{
    while (!first->closed) {
        local(Node) member = list_pop(search->open);
        member->closed = true;
    }
    search->components++;
}

/* All targets followed: what the node leads to, the one before it on the path leads to as well. */
static inline void search_step_back(Search *search)
{
    local(Node) node = list_pop(search->path);
    if (node->low == node->order)
        search_close_component(search, node);
    else
        node_lower(list_last(search->path), node->low);
}

static inline void search_from(Search *search, Node *first)
{
    search_reach(search, first);
    while (search->path->length > 0) {
        Node *last = list_last(search->path);
        if (last->followed < last->targets->length)
            search_next_target(search, last);
        else
            search_step_back(search);
    }
}

/* Of nodes that have not been searched before, all of whose targets are among them. */
static inline uint64_t count_components(const List *nodes)
{
    local(Search) search = new(Search);
    put(search->path, new(List));
    put(search->open, new(List));
    for (size_t i = 0; i < nodes->length; i++) {
        Node *node = list_get(nodes, i);
        if (!node->order)
            search_from(search, node);
    }
    return search->components;
}

#endif
