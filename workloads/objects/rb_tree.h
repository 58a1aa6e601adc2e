/* rb_tree: a red-black tree: items by their keys, in order. (R. Bayer, "Symmetric binary B-trees", 1972; L. Guibas and
 * R. Sedgewick, "A dichromatic framework for balanced trees", 1978; with parent references as in Cormen et al., Introduction
 * to Algorithms, chapter 13.) A new(RbTree) is an empty one.
 * 16 bytes, and 48 for each key. Parents and children own each other: a tree of two keys or more is cyclic. What is taken
 * out of it is not.
 *
 * Invariant: smaller keys are to the left, larger ones to the right, none comes twice; the root is black, no red node has a red
 * parent, and on all ways down from a node to where one is missing there are as many black nodes. So no way is longer than
 * twice the logarithm of length + 1. */
#ifndef RB_TREE_H
#define RB_TREE_H

#include "workload.h"

typedef struct RbNode RbNode;
struct RbNode {
    RbNode *parent, *left, *right;
    void *item;
    uint64_t key;
    bool red;
};
refs(RbNode, parent, left, right, item);

typedef struct RbTree {
    RbNode *root;
    size_t length;
} RbTree;
refs(RbTree, root);

/* ---- Walking: nodes are borrowed -------------------------------------------------------------------------------- */

/* One of the two sides, so that what is the same left and right is written once. */
typedef enum RbSide { RB_LEFT, RB_RIGHT } RbSide;

static inline RbNode **rb_child(RbNode *node, RbSide side)
{
    return side == RB_LEFT ? &node->left : &node->right;
}

static inline RbSide rb_other(RbSide side)
{
    return side == RB_LEFT ? RB_RIGHT : RB_LEFT;
}

/* On which side of its parent a node is that is not the root. */
static inline RbSide rb_side_of(const RbNode *node)
{
    return node->parent->left == node ? RB_LEFT : RB_RIGHT;
}

static inline bool rb_is_red(const RbNode *node)
{
    return node && node->red;
}

static inline RbNode *rb_leftmost(RbNode *node)
{
    while (node && node->left)
        node = node->left;
    return node;
}

/* The node with the smallest key, and the one with the next larger key; NULL where there is none. */
static inline RbNode *rb_first(const RbTree *tree)
{
    return rb_leftmost(tree->root);
}

static inline RbNode *rb_next(RbNode *node)
{
    if (node->right)
        return rb_leftmost(node->right);
    while (node->parent && rb_side_of(node) == RB_RIGHT)
        node = node->parent;
    return node->parent;
}

/* The node with this key, or NULL. */
static inline RbNode *rb_find(const RbTree *tree, uint64_t key)
{
    RbNode *node = tree->root;
    while (node && node->key != key)
        node = key < node->key ? node->left : node->right;
    return node;
}

/* ---- Rotation --------------------------------------------------------------------------------------------------- */

/* The slot that owns the node from above. */
static inline RbNode **rb_place_of(RbTree *tree, RbNode *node)
{
    return node->parent ? rb_child(node->parent, rb_side_of(node)) : &tree->root;
}

/* The node goes down to this side, and its child on the other one takes its place. */
static void rb_rotate(RbTree *tree, RbNode *node, RbSide side)
{
    RbNode **place = rb_place_of(tree, node), **outer = rb_child(node, rb_other(side));
    local(RbNode) rising = give(*outer);
    RbNode **inner = rb_child(rising, side);
    put(*outer, give(*inner));
    if (*outer)
        set((*outer)->parent, node);
    put(rising->parent, give(node->parent));
    set(node->parent, rising);
    put(*inner, give(*place));
    put(*place, give(rising));
}

/* ---- Insertion -------------------------------------------------------------------------------------------------- */

/* The red node may have a red parent. */
static void rb_restore_after_insertion(RbTree *tree, RbNode *node)
{
    while (rb_is_red(node->parent)) {
        RbNode *parent = node->parent, *grandparent = parent->parent;
        RbSide side = rb_side_of(parent);
        RbNode *uncle = *rb_child(grandparent, rb_other(side));
        grandparent->red = true;
        if (rb_is_red(uncle)) {
            parent->red = uncle->red = false;
            node = grandparent;
            continue;
        }
        if (rb_side_of(node) != side)
            rb_rotate(tree, parent, side);
        (*rb_child(grandparent, side))->red = false;
        rb_rotate(tree, grandparent, rb_other(side));
        break;
    }
    tree->root->red = false;
}

/* Takes the item over. The key must be new to the tree. */
static void rb_insert(RbTree *tree, uint64_t key, void *item)
{
    RbNode *parent = NULL, **place = &tree->root;
    while (*place) {
        parent = *place;
        place = rb_child(parent, key < parent->key ? RB_LEFT : RB_RIGHT);
    }
    put(*place, new(RbNode));
    RbNode *node = *place;
    node->key = key;
    node->red = true;
    put(node->item, item);
    set(node->parent, parent);
    tree->length++;
    rb_restore_after_insertion(tree, node);
}

/* ---- Removal ---------------------------------------------------------------------------------------------------- */

/* The sibling of what is missing, black, has a red child: one rotation, or two, and a black node more on this side. */
static void rb_take_from_sibling(RbTree *tree, RbNode *parent, RbSide side)
{
    RbNode *sibling = *rb_child(parent, rb_other(side)), *near = *rb_child(sibling, side);
    if (!rb_is_red(*rb_child(sibling, rb_other(side)))) {
        near->red = false;
        sibling->red = true;
        rb_rotate(tree, sibling, rb_other(side));
        sibling = near;
    }
    sibling->red = parent->red;
    parent->red = (*rb_child(sibling, rb_other(side)))->red = false;
    rb_rotate(tree, parent, side);
}

/* On this side of the parent, all ways down have a black node too few. */
static void rb_restore_after_removal(RbTree *tree, RbNode *parent, RbSide side)
{
    while (parent) {
        RbNode *sibling = *rb_child(parent, rb_other(side));
        if (sibling->red) {
            sibling->red = false;
            parent->red = true;
            rb_rotate(tree, parent, side);
            sibling = *rb_child(parent, rb_other(side));
        }
        if (rb_is_red(sibling->left) || rb_is_red(sibling->right)) {
            rb_take_from_sibling(tree, parent, side);
            return;
        }
        sibling->red = true;
        if (parent->red) {
            parent->red = false;
            return;
        }
        if (parent->parent)
            side = rb_side_of(parent);
        parent = parent->parent;
    }
}

/* Takes out a node that has one child at the most, which then is red, and its node black. */
static void rb_unlink(RbTree *tree, RbNode *node)
{
    RbNode *parent = node->parent, **place = rb_place_of(tree, node);
    RbSide side = parent ? rb_side_of(node) : RB_LEFT;
    local(RbNode) unlinked = give(*place);
    put(*place, node->left ? give(node->left) : give(node->right));
    if (*place) {
        set((*place)->parent, parent);
        (*place)->red = false;
    } else if (!node->red) {
        rb_restore_after_removal(tree, parent, side);
    }
}

/* The key's item, owned by the caller, and no longer in the tree; NULL when there is none. Of a node with two children, the
 * key and the item of the next one take the place. */
static void *rb_remove(RbTree *tree, uint64_t key)
{
    RbNode *node = rb_find(tree, key);
    if (!node)
        return NULL;
    local(void) item = give(node->item);
    if (node->left && node->right) {
        RbNode *next = rb_leftmost(node->right);
        node->key = next->key;
        put(node->item, give(next->item));
        node = next;
    }
    rb_unlink(tree, node);
    tree->length--;
    return give(item);
}

#endif
