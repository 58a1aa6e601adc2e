/* Generators: a balanced tree of n numbers is walked in order, ten times: by a generator for every node, each of which hands on
 * what those of its subtrees yield; or by way of a list of all the numbers, whose length is known.
 * Stresses frames that hold frames: n are born and die in each walk, and a number goes through as many as its node is deep.
 * After pyperformance's generators (a tree of 100,000, `yield from` its left and its right subtree). Neither variant streams:
 * the tree is the whole input.
 * Not good for: advice against generators; one with a stack of its own needs one frame in all. */
#include "workload.h"

#include "objects/boxed_tree.h"

enum { WALKS = 10 };

GENERATOR_HOLDING(InOrder, Number, (below), const BoxedTree *tree; struct InOrder *below; Number *next)
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

static uint64_t generator(uint64_t n)
{
    local(BoxedTree) tree = boxed_tree_of(0, n);
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
    local(BoxedTree) tree = boxed_tree_of(0, n);
    uint64_t checksum = 0;
    for (unsigned walk = 0; walk < WALKS; walk++)
        region {
            local(Array) numbers = new_of(Array, n);
            boxed_tree_fill(numbers, 0, tree);
            for (size_t i = 0; i < n; i++)
                checksum = checksum * 31 + ((Number *)numbers->at[i])->value;
        }
    operations += WALKS * n;
    return checksum;
}

WORKLOAD(generators, CLASSIC, SIZES(8000, 75000, 100000), "a tree walked in order by recursive generators",
    VARIANT(generator, SUPERLINEAR),
    VARIANT(list, REPEATED(15)));
