/* Generators: a balanced tree of n numbers is walked in order, ten times: by a generator for every node, each of which hands
 * on what those of its subtrees yield; or by way of a list of all the numbers, whose length is known.
 * Stresses frames that hold frames: n are born and die in each walk, and a number goes through as many as its node is deep.
 * After pyperformance's generators (a tree of 100,000, `yield from` its left and its right subtree). Neither variant streams:
 * the tree is the whole input, and both hold it. Not good for: advice against generators; one that keeps a stack of its own
 * needs no frame for every node. */
#include "workload.h"

#include "objects/array.h"
#include "objects/number.h"

enum { WALKS = 10 };

typedef struct Tree Tree;
struct Tree {
    Tree *left, *right;
    Number *number;
};
refs(Tree, left, right, number);

/* The numbers from `from` to `to` - 1; the middle one on top. */
static Tree *tree_of(uint64_t from, uint64_t to)
{
    if (from == to)
        return NULL;
    uint64_t middle = from + (to - from) / 2;
    local(Tree) tree = new(Tree);
    put(tree->left, tree_of(from, middle));
    put(tree->number, number_of(middle));
    put(tree->right, tree_of(middle + 1, to));
    return give(tree);
}

GENERATOR_HOLDING(InOrder, Number, (below), const Tree *tree; struct InOrder *below; Number *next)
{
    start;
    if (self->tree->left) {
        put(self->below, new_frame(InOrder, .tree = self->tree->left));
        while ((self->next = InOrder_next(self->below)))
            yield(self->next);
    }
    yield(self->tree->number);
    if (self->tree->right) {
        put(self->below, new_frame(InOrder, .tree = self->tree->right));
        while ((self->next = InOrder_next(self->below)))
            yield(self->next);
    }
    finish;
}

/* Fills the places from i on, and returns the next. */
static size_t fill_in_order(Array *numbers, size_t i, const Tree *tree)
{
    if (!tree)
        return i;
    i = fill_in_order(numbers, i, tree->left);
    set(numbers->at[i], tree->number);
    return fill_in_order(numbers, i + 1, tree->right);
}

static uint64_t generator(uint64_t n)
{
    local(Tree) tree = tree_of(0, n);
    uint64_t checksum = 0;
    for (unsigned walk = 0; walk < WALKS; walk++)
        region {
            each (Number, number, InOrder, .tree = tree)
                checksum = checksum * 31 + number->value;
        }
    operations += WALKS * n;
    return checksum;
}

static uint64_t list(uint64_t n)
{
    local(Tree) tree = tree_of(0, n);
    uint64_t checksum = 0;
    for (unsigned walk = 0; walk < WALKS; walk++)
        region {
            local(Array) numbers = new_of(Array, n);
            fill_in_order(numbers, 0, tree);
            for (size_t i = 0; i < n; i++)
                checksum = checksum * 31 + ((Number *)numbers->at[i])->value;
        }
    operations += WALKS * n;
    return checksum;
}

static uint64_t without_a_tree(uint64_t n)
{
    uint64_t checksum = 0;
    for (unsigned walk = 0; walk < WALKS; walk++)
        for (uint64_t i = 0; i < n; i++)
            checksum = checksum * 31 + i;
    return checksum;
}

WORKLOAD(generators, CLASSIC, SIZES(10000, 100000, 100000), "a tree walked in order by recursive generators",
    VARIANT(generator, SUPERLINEAR),
    VARIANT(list));
REFERENCE(without_a_tree);
