/* Binary trees as one would write them by hand, without the words: what the cells are held against.
 * -DBY_MALLOC: malloc and free. -DBY_BUMP: a bump pointer that is put back when a short-lived tree is done.
 * -DBY_GC: libgc. Same work, same answer as workloads/binary_trees.c: binary_trees SIZE prints the nodes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Tree Tree;
struct Tree {
    Tree *left, *right;
};

#if defined(BY_MALLOC)
static Tree *make(void) { return malloc(sizeof(Tree)); }
static void destroy(Tree *tree)
{
    if (!tree)
        return;
    destroy(tree->left);
    destroy(tree->right);
    free(tree);
}
#define OPEN() ((void)0)
#define MARK() ((void)0)
#define DONE(tree) destroy(tree)
#elif defined(BY_BUMP)
static char *next, *end;
static Tree *make(void)
{
    if ((size_t)(end - next) < sizeof(Tree)) {
        fputs("the heap is full\n", stderr);
        exit(1);
    }
    Tree *tree = (Tree *)next;
    next += sizeof(Tree);
    return tree;
}
#define OPEN() (next = malloc((size_t)1 << 30), end = next + ((size_t)1 << 30))
#define MARK() char *mark = next
#define DONE(tree) (next = mark)
#elif defined(BY_GC)
#include <gc.h>
static Tree *make(void) { return GC_MALLOC(sizeof(Tree)); }
#define OPEN() GC_INIT()
#define MARK() ((void)0)
#define DONE(tree) ((void)0)
#endif

static Tree *grow(int depth)
{
    Tree *tree = make();
    tree->left = depth > 0 ? grow(depth - 1) : NULL;
    tree->right = depth > 0 ? grow(depth - 1) : NULL;
    return tree;
}

static uint64_t count(const Tree *tree)
{
    return tree ? 1 + count(tree->left) + count(tree->right) : 0;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 16;
    OPEN();
    Tree *old = grow(n);
    uint64_t nodes = 0;
    for (int depth = 4; depth <= n; depth += 4)
        for (uint64_t i = 0; i < UINT64_C(1) << (n - depth + 4); i++) {
            MARK();
            Tree *young = grow(depth);
            nodes += count(young);
            DONE(young);
        }
    nodes += count(old);
#ifdef BY_MALLOC
    destroy(old);
#endif
    printf("%llu\n", (unsigned long long)nodes);
    return 0;
}
