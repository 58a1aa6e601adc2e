/* GCBench: trees of many sizes beside a tree and an array that live on. top_down builds them from the root, writing into older
 * nodes; bottom_up from the leaves, writing into new ones only.
 * Stresses births and deaths beside a live heap.
 * After the GCBench of Ellis, Kovac and Boehm, which does both in one run: first a tree of depth 18 that is dropped at once, to
 * stretch the heap; then a long-lived one of depth n = 16, 500,000 doubles, and trees of depth 4, 6, …, n, of each depth as
 * many as have the nodes of two stretching ones. Here they are walked as well.
 * Not good for: a model of any program, as its authors say; sharing, cycles, and objects of many sizes. */
#include "workload.h"

typedef struct Node Node;
struct Node {
    Node *left, *right;
    uint64_t height;
};
refs(Node, left, right);

typedef struct Doubles {
    size_t length;
    double at[];
} Doubles;
leaf_of(Doubles);

typedef Node *Build(uint64_t height);

static Node *new_node(uint64_t height)
{
    Node *node = new(Node);
    node->height = height;
    return node;
}

static void populate(Node *node)
{
    if (node->height > 0) {
        put(node->left, new_node(node->height - 1));
        put(node->right, new_node(node->height - 1));
        populate(node->left);
        populate(node->right);
    }
}

static Node *from_root(uint64_t height)
{
    local(Node) root = new_node(height);
    populate(root);
    return give(root);
}

static Node *from_leaves(uint64_t height)
{
    local(Node) left = height > 0 ? from_leaves(height - 1) : NULL;
    local(Node) right = height > 0 ? from_leaves(height - 1) : NULL;
    Node *root = new_node(height);
    put(root->left, give(left));
    put(root->right, give(right));
    return root;
}

/* Left and right count for different sums. */
static uint64_t fold_heights(const Node *tree)
{
    return tree ? tree->height + 3 * fold_heights(tree->left) + 5 * fold_heights(tree->right) : 0;
}

static uint64_t build_and_drop(Build *build, uint64_t height)
{
    uint64_t sum = 0;
    region {
        local(Node) tree = build(height);
        sum = fold_heights(tree);
    }
    return sum;
}

/* As many as there are for each node of the long-lived tree where n is 16. */
static size_t doubles_for(uint64_t n)
{
    return (UINT64_C(500000) << n) >> 16;
}

static Doubles *reciprocals(size_t length)
{
    Doubles *doubles = new_of(Doubles, length);
    for (size_t i = 0; i < length; i++)
        doubles->at[i] = 1 / (double)(i + 1);
    return doubles;
}

static uint64_t count_reciprocals(const Doubles *doubles)
{
    uint64_t count = 0;
    for (size_t i = 0; i < doubles->length; i++)
        count += doubles->at[i] == 1 / (double)(i + 1);
    return count;
}

static uint64_t nodes_of(uint64_t height)
{
    return (UINT64_C(2) << height) - 1;
}

static uint64_t trees_of(uint64_t height, uint64_t n)
{
    return 2 * nodes_of(n + 2) / nodes_of(height);
}

static uint64_t bench(uint64_t n, Build *build)
{
    uint64_t sum = build_and_drop(from_leaves, n + 2);
    local(Node) old = from_root(n);
    local(Doubles) doubles = reciprocals(doubles_for(n));
    for (uint64_t height = 4; height <= n; height += 2) {
        for (uint64_t i = 0; i < trees_of(height, n); i++)
            sum += build_and_drop(build, height);
        operations += trees_of(height, n) * nodes_of(height);
    }
    operations += nodes_of(n + 2) + nodes_of(n);
    return sum + fold_heights(old) + count_reciprocals(doubles);
}

static uint64_t top_down(uint64_t n)
{
    return bench(n, from_root);
}

static uint64_t bottom_up(uint64_t n)
{
    return bench(n, from_leaves);
}

static uint64_t heights_of(uint64_t height)
{
    uint64_t heights = 0;
    for (uint64_t h = 1; h <= height; h++)
        heights = h + (3 + 5) * heights;
    return heights;
}

static uint64_t sum_by_formula(uint64_t n)
{
    uint64_t sum = heights_of(n + 2) + heights_of(n) + doubles_for(n);
    for (uint64_t height = 4; height <= n; height += 2)
        sum += trees_of(height, n) * heights_of(height);
    return sum;
}

WORKLOAD(gcbench, CLASSIC, DEPTHS(14, 16, 16), "trees built both ways beside a long-lived tree and an array",
    VARIANT(top_down, REPEATED(3)),
    VARIANT(bottom_up, REPEATED(3)));
REFERENCE(sum_by_formula);
LARGEST(40);
