/* btree: an ordered map from 64-bit numbers to references. A new(BTree) is an empty one.
 *
 * A node has 15 to 31 keys (the root fewer), with their values, and one child more than keys where it is no leaf: 512 bytes,
 * and 256 more of an inner node. Keys stand in the node, so that looking for one follows one reference a level. After Cormen,
 * Leiserson, Rivest and Stein, Introduction to Algorithms, chapter 18, with t = 16: a way down splits what is full before it
 * inserts, and fills what has 15 keys before it removes, so that nothing goes up again.
 *
 * Invariant: values and children beyond the node's keys are empty; all leaves are equally deep.
 * What is stored is taken over, as by put. */
#ifndef BTREE_H
#define BTREE_H

#include "workload.h"

enum {
    BTREE_DEGREE = 16,                /* t: the least number of children */
    BTREE_LEAST = BTREE_DEGREE - 1,   /* keys of a node that is not the root */
    BTREE_MOST = 2 * BTREE_DEGREE - 1,
    BTREE_DEPTH = 16,                 /* levels, at most: 2^64 keys have no more */
};

typedef struct BTreeNode {
    size_t length; /* of at: places for the values, and behind them for the children unless it is a leaf */
    size_t count;  /* keys */
    uint64_t keys[BTREE_MOST];
    void *at[];
} BTreeNode;
slots(BTreeNode);

typedef struct BTree {
    BTreeNode *root;
} BTree;
refs(BTree, root);

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

static inline BTreeNode *btree_new_node(bool leaf)
{
    return new_of(BTreeNode, leaf ? BTREE_MOST : 2 * BTREE_MOST + 1);
}

static inline bool btree_is_leaf(const BTreeNode *node)
{
    return node->length == BTREE_MOST;
}

static inline BTreeNode *btree_child(const BTreeNode *node, size_t i)
{
    return node->at[BTREE_MOST + i];
}

/* The first place whose key is not smaller, found by halving. */
static inline size_t btree_place(const BTreeNode *node, uint64_t key)
{
    size_t from = 0, to = node->count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (node->keys[middle] < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static inline bool btree_has_at(const BTreeNode *node, size_t place, uint64_t key)
{
    return place < node->count && node->keys[place] == key;
}

/* Moves n references to where there are none; the two ranges may overlap. */
static inline void btree_move_references(void **to, void **from, size_t n)
{
    if ((uintptr_t)to < (uintptr_t)from)
        for (size_t i = 0; i < n; i++)
            put(to[i], give(from[i]));
    else
        for (size_t i = n; i > 0; i--)
            put(to[i - 1], give(from[i - 1]));
}

/* Moves n keys and their values from place f of one node to place t of this or another. */
static inline void btree_move(BTreeNode *to, size_t t, BTreeNode *from, size_t f, size_t n)
{
    memmove(&to->keys[t], &from->keys[f], n * sizeof to->keys[0]);
    btree_move_references(&to->at[t], &from->at[f], n);
}

static inline void btree_move_children(BTreeNode *to, size_t t, BTreeNode *from, size_t f, size_t n)
{
    if (!btree_is_leaf(from))
        btree_move_references(&to->at[BTREE_MOST + t], &from->at[BTREE_MOST + f], n);
}

/* Makes room for a key at this place and for a child behind it, or closes the gap that they leave. */
static inline void btree_open_gap(BTreeNode *node, size_t place)
{
    btree_move(node, place + 1, node, place, node->count - place);
    btree_move_children(node, place + 2, node, place + 1, node->count - place);
    node->count++;
}

static inline void btree_close_gap(BTreeNode *node, size_t place)
{
    node->count--;
    btree_move(node, place, node, place + 1, node->count - place);
    btree_move_children(node, place + 1, node, place + 2, node->count - place);
}

/* ---- Looking ---------------------------------------------------------------------------------------------------- */

/* The key's value, borrowed from the tree; NULL when it has no such key. */
static inline void *btree_get(const BTree *tree, uint64_t key)
{
    for (const BTreeNode *node = tree->root; node;) {
        size_t place = btree_place(node, key);
        if (btree_has_at(node, place, key))
            return node->at[place];
        node = btree_is_leaf(node) ? NULL : btree_child(node, place);
    }
    return NULL;
}

/* Where a walk in the order of the keys has come to: in each node on its way, the next place. It holds nothing: the tree has to
 * stay as it is meanwhile. */
typedef struct BTreeWalk {
    struct {
        const BTreeNode *node;
        size_t place;
    } way[BTREE_DEPTH];
    size_t depth;
} BTreeWalk;

static inline void btree_walk_down(BTreeWalk *walk, const BTreeNode *node)
{
    while (node) {
        walk->way[walk->depth].node = node;
        walk->way[walk->depth++].place = 0;
        node = btree_is_leaf(node) ? NULL : btree_child(node, 0);
    }
}

static inline BTreeWalk btree_walk(const BTree *tree)
{
    BTreeWalk walk = { .depth = 0 };
    btree_walk_down(&walk, tree->root);
    return walk;
}

/* The value of the next key, which is stored, borrowed from the tree; or NULL. */
static inline void *btree_next(BTreeWalk *walk, uint64_t *key)
{
    while (walk->depth > 0 && walk->way[walk->depth - 1].place == walk->way[walk->depth - 1].node->count)
        walk->depth--;
    if (walk->depth == 0)
        return NULL;
    const BTreeNode *node = walk->way[walk->depth - 1].node;
    size_t place = walk->way[walk->depth - 1].place++;
    if (!btree_is_leaf(node))
        btree_walk_down(walk, btree_child(node, place + 1));
    *key = node->keys[place];
    return node->at[place];
}

/* ---- Storing ---------------------------------------------------------------------------------------------------- */

/* The upper half of a full child moves into a new one behind it, and the key between the halves comes up. */
static void btree_split(BTreeNode *parent, size_t i)
{
    BTreeNode *lower = btree_child(parent, i);
    local(BTreeNode) upper = btree_new_node(btree_is_leaf(lower));
    btree_open_gap(parent, i);
    btree_move(upper, 0, lower, BTREE_DEGREE, BTREE_LEAST);
    btree_move_children(upper, 0, lower, BTREE_DEGREE, BTREE_DEGREE);
    btree_move(parent, i, lower, BTREE_LEAST, 1);
    lower->count = upper->count = BTREE_LEAST;
    put(parent->at[BTREE_MOST + i + 1], give(upper));
}

/* The root comes to have room for one key more: where it is full, it is split below a new one. */
static void btree_make_room(BTree *tree)
{
    if (!tree->root)
        put(tree->root, btree_new_node(true));
    if (tree->root->count == BTREE_MOST) {
        local(BTreeNode) root = btree_new_node(false);
        put(root->at[BTREE_MOST], give(tree->root));
        put(tree->root, give(root));
        btree_split(tree->root, 0);
    }
}

/* Takes the value over. A key that is there already has the new value from now on. */
static inline void btree_put(BTree *tree, uint64_t key, void *value)
{
    btree_make_room(tree);
    BTreeNode *node = tree->root;
    size_t place = btree_place(node, key);
    while (!btree_has_at(node, place, key) && !btree_is_leaf(node)) {
        if (btree_child(node, place)->count == BTREE_MOST)
            btree_split(node, place);
        else
            node = btree_child(node, place);
        place = btree_place(node, key);
    }
    if (!btree_has_at(node, place, key)) {
        btree_open_gap(node, place);
        node->keys[place] = key;
    }
    put(node->at[place], value);
}

/* ---- Removing --------------------------------------------------------------------------------------------------- */

/* Child i gets the parent's key before it, and the parent the last one of the child before. */
static void btree_take_from_left(BTreeNode *parent, size_t i)
{
    BTreeNode *left = btree_child(parent, i - 1), *node = btree_child(parent, i);
    btree_move(node, 1, node, 0, node->count);
    btree_move_children(node, 1, node, 0, node->count + 1);
    node->count++;
    left->count--;
    btree_move(node, 0, parent, i - 1, 1);
    btree_move(parent, i - 1, left, left->count, 1);
    btree_move_children(node, 0, left, left->count + 1, 1);
}

/* Child i gets the parent's key behind it, and the parent the first one of the child behind. */
static void btree_take_from_right(BTreeNode *parent, size_t i)
{
    BTreeNode *node = btree_child(parent, i), *right = btree_child(parent, i + 1);
    btree_move(node, node->count, parent, i, 1);
    node->count++;
    right->count--;
    btree_move_children(node, node->count, right, 0, 1);
    btree_move(parent, i, right, 0, 1);
    btree_move(right, 0, right, 1, right->count);
    btree_move_children(right, 0, right, 1, right->count + 1);
}

/* Children i and i + 1, and the key between them, become one child. */
static BTreeNode *btree_merge(BTreeNode *parent, size_t i)
{
    BTreeNode *left = btree_child(parent, i), *right = btree_child(parent, i + 1);
    btree_move(left, left->count, parent, i, 1);
    btree_move(left, left->count + 1, right, 0, right->count);
    btree_move_children(left, left->count + 1, right, 0, right->count + 1);
    left->count += right->count + 1;
    drop(parent->at[BTREE_MOST + i + 1]);
    btree_close_gap(parent, i);
    return left;
}

/* Child i, or what it was merged into: it has more keys than it must have. */
static BTreeNode *btree_filled_child(BTreeNode *parent, size_t i)
{
    BTreeNode *node = btree_child(parent, i);
    if (node->count > BTREE_LEAST)
        return node;
    if (i > 0 && btree_child(parent, i - 1)->count > BTREE_LEAST)
        btree_take_from_left(parent, i);
    else if (i < parent->count && btree_child(parent, i + 1)->count > BTREE_LEAST)
        btree_take_from_right(parent, i);
    else
        return btree_merge(parent, i > 0 ? i - 1 : i);
    return node;
}

/* The value of the last key below a node with more keys than it must have, owned by the caller; the key is stored. */
static void *btree_remove_last(BTreeNode *node, uint64_t *key)
{
    while (!btree_is_leaf(node))
        node = btree_filled_child(node, node->count);
    node->count--;
    *key = node->keys[node->count];
    return give(node->at[node->count]);
}

static void *btree_remove_below(BTreeNode *node, uint64_t key)
{
    for (;;) {
        size_t place = btree_place(node, key);
        bool found = btree_has_at(node, place, key);
        if (!found && btree_is_leaf(node))
            return NULL;
        if (found && (btree_is_leaf(node) || btree_child(node, place)->count > BTREE_LEAST)) {
            void *value = give(node->at[place]);
            if (btree_is_leaf(node))
                btree_close_gap(node, place);
            else
                put(node->at[place], btree_remove_last(btree_child(node, place), &node->keys[place]));
            return value;
        }
        BTreeNode *filled = btree_filled_child(node, place); /* which may have moved the key down into it */
        if (!found)
            node = filled;
    }
}

/* The key's value, owned by the caller and no longer in the tree; NULL when it has no such key. */
static inline void *btree_remove(BTree *tree, uint64_t key)
{
    if (!tree->root)
        return NULL;
    void *value = btree_remove_below(tree->root, key);
    if (tree->root->count == 0) {
        local(BTreeNode) old = give(tree->root);
        put(tree->root, btree_is_leaf(old) ? NULL : give(old->at[BTREE_MOST]));
    }
    return value;
}

#endif
