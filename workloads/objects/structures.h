/* Trees, lists and rings of one kind of node: what a mutator churns where several do it at once. What a structure holds is
 * known from its plan, without looking. */
#ifndef STRUCTURES_H
#define STRUCTURES_H

#include "workload.h"

#include "parts/damage.h"

enum { NODE_CANARY = 0x5A17, DEEPEST_TREE = 5, LONGEST_LIST = 48 };

typedef struct Node Node;
struct Node {
    Node *left, *right;
    uint64_t value, canary;
};
refs(Node, left, right);

typedef enum Shape { TREE, LIST, RING, SHAPES } Shape;

/* All that it takes to make a structure. Its nodes hold `first` and the numbers after it. */
typedef struct Plan {
    Shape shape;
    uint64_t size; /* a tree's depth, or nodes */
    uint64_t first;
} Plan;

static Plan structure_plan(Random *random)
{
    Shape shape = (Shape)random_below(random, SHAPES);
    uint64_t size = 1 + random_below(random, shape == TREE ? DEEPEST_TREE : LONGEST_LIST);
    return (Plan){ shape, size, random_next(random) };
}

/* What its nodes hold, all together. */
static uint64_t structure_sum_planned(Plan plan)
{
    uint64_t nodes = plan.shape == TREE ? (UINT64_C(1) << plan.size) - 1 : plan.size;
    return nodes * plan.first + nodes * (nodes - 1) / 2;
}

static Node *structure_node(uint64_t value)
{
    Node *made = new(Node);
    made->value = value;
    made->canary = value ^ NODE_CANARY;
    return made;
}

/* Of this depth, owned; it holds the numbers from *value on. */
static Node *structure_tree(uint64_t depth, uint64_t *value)
{
    local(Node) made = structure_node((*value)++);
    if (depth > 1) {
        put(made->left, structure_tree(depth - 1, value));
        put(made->right, structure_tree(depth - 1, value));
    }
    return give(made);
}

/* Linked to the left, owned. A ring is closed only where rings are collected. */
static Node *structure_list(Plan plan)
{
    local(Node) last = structure_node(plan.first + plan.size - 1);
    local(Node) first = share(last);
    for (uint64_t i = plan.size - 1; i-- > 0;) {
        local(Node) before = structure_node(plan.first + i);
        put(before->left, give(first));
        first = give(before);
    }
    if (plan.shape == RING && collects_cycles)
        set(last->left, first);
    return give(first);
}

static Node *structure(Plan plan)
{
    return plan.shape == TREE ? structure_tree(plan.size, &plan.first) : structure_list(plan);
}

/* A node that is not as it was written ends the program. */
static uint64_t structure_value(const Node *node)
{
    if (node->canary != (node->value ^ NODE_CANARY))
        end_damaged("an object is not as it was written: a node at %p", (const void *)node);
    return node->value;
}

static uint64_t structure_sum_of_tree(const Node *root)
{
    return root ? structure_value(root) + structure_sum_of_tree(root->left) + structure_sum_of_tree(root->right) : 0;
}

/* What its nodes do hold. */
static uint64_t structure_sum(const Node *first, Plan plan)
{
    if (plan.shape == TREE)
        return structure_sum_of_tree(first);
    uint64_t sum = 0;
    for (uint64_t i = 0; i < plan.size && first; i++, first = first->left)
        sum += structure_value(first);
    return sum;
}

#endif
