/* Tree update: ten times, a tree of depth n is succeeded by one that reuses a fifth of its subtrees, drawn at random, and then
 * has a tenth of its nodes replaced by copies; five trees, one after the other.
 * Stresses mutation and sharing without cycles: a tree is soon a graph, in which a subtree has many owners.
 * After the gcbench of the Memory Pool System (width 2, depth 20, reuse 0.2, update 0.1, 5 iterations of 10 passes). The nodes
 * have numbers here, of which a walk takes the sum.
 * Not good for: locality; what has many owners is visited once for each of them. */
#include "workload.h"

#include "objects/tree.h"

enum { TREES = 5, PASSES = 10 };

/* A tree of that depth, of which the old one's subtrees are a part. */
static Tree *successor(Tree *old, uint64_t level, uint64_t depth, Random *random)
{
    if (depth == 0)
        return NULL;
    if (random_below(random, 5) == 0)
        return share(tree_random_part(old, level, random));
    local(Tree) tree = tree_node(random_next(random));
    put(tree->left, successor(old, level + 1, depth - 1, random));
    put(tree->right, successor(old, level + 1, depth - 1, random));
    return give(tree);
}

/* The tree in the slot, or a copy of it in its place, comes to have updated subtrees. */
static void update(Tree **slot, Random *random)
{
    if (*slot) {
        if (random_below(random, 10) == 0)
            put(*slot, tree_copy(*slot));
        update(&(*slot)->left, random);
        update(&(*slot)->right, random);
    }
}

static uint64_t passes(uint64_t n)
{
    Random random = random_salted(0);
    uint64_t checksum = 0;
    for (uint64_t i = 0; i < TREES; i++)
        region {
            local(Tree) tree = tree_random(n, &random);
            for (uint64_t pass = 0; pass < PASSES; pass++) {
                put(tree, successor(tree, 0, n, &random));
                update(&tree, &random);
            }
            checksum = checksum * 31 + tree_checksum(tree);
        }
    operations += TREES * PASSES * ((UINT64_C(1) << n) - 1);
    return checksum;
}

WORKLOAD(tree_update, CLASSIC, DEPTHS(14, 17, 20), "trees that share, and change in part",
    VARIANT(passes, REPEATED(2)));
LARGEST(40);
