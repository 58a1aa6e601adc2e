/* components: the strongly connected components of a graph of objects. What is a node of one begins with a ComponentNode, whose
 * targets are among its references: struct Town { ComponentNode node; … }; refs(Town, node.targets, …).
 *
 * Tarjan, "Depth-first search and linear graph algorithms", 1972. The path is a list, for it can be longer than a stack
 * may be deep. */
#ifndef COMPONENTS_H
#define COMPONENTS_H

#include "objects/list.h"

typedef struct ComponentNode {
    List *targets;        /* ComponentNodes: where its edges lead */
    uint64_t order, low;  /* when it was reached, from 1; the earliest open one it leads to */
    size_t followed;      /* how many targets have been followed */
    bool closed;          /* its component is known */
} ComponentNode;

typedef struct ComponentSearch {
    List *path;  /* from where the search began to where it is */
    List *open;  /* reached, their components not known yet */
    uint64_t reached, components;
} ComponentSearch;
refs(ComponentSearch, path, open);

static inline void component_reach(ComponentSearch *search, ComponentNode *node)
{
    node->order = node->low = ++search->reached;
    list_append(search->path, share(node));
    list_append(search->open, share(node));
}

static inline void component_lower(ComponentNode *node, uint64_t low)
{
    if (low < node->low)
        node->low = low;
}

static inline void component_next_target(ComponentSearch *search, ComponentNode *node)
{
    ComponentNode *target = list_get(node->targets, node->followed++);
    if (!target->order)
        component_reach(search, target);
    else if (!target->closed)
        component_lower(node, target->order);
}

static inline void component_close(ComponentSearch *search, ComponentNode *first)
{
    while (!first->closed) {
        local(ComponentNode) member = list_pop(search->open);
        member->closed = true;
    }
    search->components++;
}

/* All targets followed: what the node leads to, the one before it on the path leads to as well. */
static inline void component_step_back(ComponentSearch *search)
{
    local(ComponentNode) node = list_pop(search->path);
    if (node->low == node->order)
        component_close(search, node);
    else
        component_lower(list_last(search->path), node->low);
}

static inline void component_from(ComponentSearch *search, ComponentNode *first)
{
    component_reach(search, first);
    while (search->path->length > 0) {
        ComponentNode *last = list_last(search->path);
        if (last->followed < last->targets->length)
            component_next_target(search, last);
        else
            component_step_back(search);
    }
}

/* Of nodes that have not been searched before, all of whose targets are among them. */
static inline uint64_t count_components(const List *nodes)
{
    local(ComponentSearch) search = new(ComponentSearch);
    put(search->path, new(List));
    put(search->open, new(List));
    for (size_t i = 0; i < nodes->length; i++) {
        ComponentNode *node = list_get(nodes, i);
        if (!node->order)
            component_from(search, node);
    }
    return search->components;
}

#endif
