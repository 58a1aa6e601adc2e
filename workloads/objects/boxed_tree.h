/* boxed_tree: a binary tree of Numbers, in order from left to right. 24 bytes each, and the Number's 8. A NULL is an empty
 * one. What walks one recurses: as it is made, it is as shallow as can be. */
#ifndef BOXED_TREE_H
#define BOXED_TREE_H

#include "objects/array.h"
#include "objects/number.h"

typedef struct BoxedTree BoxedTree;
struct BoxedTree {
    BoxedTree *left, *right;
    Number *number;
};
refs(BoxedTree, left, right, number);

/* The numbers from `from` to `to` - 1; the middle one on top. */
static BoxedTree *boxed_tree_of(uint64_t from, uint64_t to)
{
    if (from == to)
        return NULL;
    uint64_t middle = from + (to - from) / 2;
    local(BoxedTree) tree = new(BoxedTree);
    put(tree->left, boxed_tree_of(from, middle));
    put(tree->number, number_of(middle));
    put(tree->right, boxed_tree_of(middle + 1, to));
    return give(tree);
}

/* The array comes to share the tree's numbers, in order from place i on. The place after the last one is returned. */
static size_t boxed_tree_fill(Array *numbers, size_t i, const BoxedTree *tree)
{
    if (!tree)
        return i;
    i = boxed_tree_fill(numbers, i, tree->left);
    set(numbers->at[i], tree->number);
    return boxed_tree_fill(numbers, i + 1, tree->right);
}

#endif
