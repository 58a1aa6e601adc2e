/* Binary trees: short-lived trees beside one that lives throughout.
 * Stresses birth and death of small objects, alike in size.
 * After the GCBench of Ellis, Kovac and Boehm (gcbench.c), in the form of the Benchmarks Game's binary-trees, whose n is 21;
 * the game rejects arenas, this suite shows them. The answer is the Game's, the number of nodes. A leaf holds nothing, so that
 * it does not see two leaves that are one, or one in place of another, until they die.
 * Not good for: mutation, sharing or cycles; nothing here is ever updated. */
#include "workload.h"

typedef struct Tree Tree;
struct Tree { Tree *left, *right; };
refs(Tree, left, right);

static Tree *grow(uint64_t depth)
{
    local(Tree) tree = new(Tree);
    if (depth > 0) {
        put(tree->left, grow(depth - 1));
        put(tree->right, grow(depth - 1));
    }
    return give(tree);
}

static uint64_t count(Tree *tree)
{
    return tree ? 1 + count(tree->left) + count(tree->right) : 0;
}

static uint64_t standard(uint64_t n)
{
    local(Tree) old = grow(n);
    uint64_t nodes = 0;
    for (uint64_t depth = 4; depth <= n; depth += 4)
        for (uint64_t i = 0; i < UINT64_C(1) << (n - depth + 4); i++)
            region {
                local(Tree) young = grow(depth);
                nodes += count(young);
            }
    nodes += count(old);
    operations += nodes;
    return nodes;
}

/* A tree of depth d has 2^(d+1) - 1 nodes. */
static uint64_t nodes_by_formula(uint64_t n)
{
    uint64_t nodes = (UINT64_C(2) << n) - 1;
    for (uint64_t depth = 4; depth <= n; depth += 4)
        nodes += (UINT64_C(1) << (n - depth + 4)) * ((UINT64_C(2) << depth) - 1);
    return nodes;
}

WORKLOAD(binary_trees, CLASSIC, DEPTHS(15, 17, 21), "short-lived trees beside a long-lived one",
    VARIANT(standard));
REFERENCE(nodes_by_formula);
LARGEST(40);
