/* tree: a binary tree of numbers; 24 bytes each. A NULL is an empty one. Several trees may share a part. What walks one
 * recurses, so it has to be shallow.
 *
 * Invariant: no tree is a part of itself. */
#ifndef TREE_H
#define TREE_H

#include "workload.h"

typedef struct Tree Tree;
struct Tree {
    Tree *left, *right;
    uint64_t number;
};
refs(Tree, left, right);

static inline Tree *tree_node(uint64_t number)
{
    Tree *node = new(Tree);
    node->number = number;
    return node;
}

/* Of so many levels, all of them full, with numbers drawn at random: a node's own first, then those to its left. */
static Tree *tree_random(uint64_t levels, Random *random)
{
    if (levels == 0)
        return NULL;
    local(Tree) tree = tree_node(random_next(random));
    put(tree->left, tree_random(levels - 1, random));
    put(tree->right, tree_random(levels - 1, random));
    return give(tree);
}

/* A part so many levels down, borrowed; NULL below the leaves. No way there may be shorter. */
static inline Tree *tree_random_part(Tree *tree, uint64_t levels, Random *random)
{
    for (; levels > 0; levels--)
        tree = random_below(random, 2) ? tree->left : tree->right;
    return tree;
}

/* The root alone is copied; the copy has the same subtrees. */
static inline Tree *tree_copy(const Tree *tree)
{
    local(Tree) copy = tree_node(tree->number);
    set(copy->left, tree->left);
    set(copy->right, tree->right);
    return give(copy);
}

/* Left and right count for different sums. What two trees share counts in both. */
static uint64_t tree_checksum(const Tree *tree)
{
    return tree ? tree->number + 3 * tree_checksum(tree->left) + 5 * tree_checksum(tree->right) : 0;
}

#endif
