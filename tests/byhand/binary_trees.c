/* Binary trees as one would write them by hand, without the words: what the cells are held against. One of
 *   -DBY_MALLOC        malloc and free
 *   -DBY_GC            libgc, as its README begins: GC_INIT and GC_MALLOC
 *   -DBY_BUMP          a bump pointer that is put back when a short-lived tree is done
 *   -DBY_OBSTACK       glibc's obstack, which is freed down to where a short-lived tree began
 *   -DBY_APR           a pool of the Apache Portable Runtime, cleared after each short-lived tree
 *   -DBY_TALLOC        talloc: a context for each short-lived tree, which is freed whole
 *   -DBY_TALLOC_POOL   the same, the context being a pool that has room for the tree
 * Same work, same answer as workloads/binary_trees.c: binary_trees SIZE prints the nodes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Tree Tree;
struct Tree {
    Tree *left, *right;
};

/* Each defines make() and, where it needs them: OPEN() before the work; MARK(nodes) before, and DONE(tree) after a short-lived
 * tree of so many nodes; CLOSE(tree) after the long-lived one. */
#define OPEN() ((void)0)
#define MARK(nodes) ((void)(nodes))
#define CLOSE(tree) ((void)(tree))

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
#define DONE(tree) destroy(tree)
#undef CLOSE
#define CLOSE(tree) destroy(tree)
#elif defined(BY_GC)
#include <gc.h>
static Tree *make(void) { return GC_MALLOC(sizeof(Tree)); }
#undef OPEN
#define OPEN() GC_INIT()
#define DONE(tree) ((void)0)
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
#undef OPEN
#define OPEN() (next = malloc((size_t)1 << 30), end = next + ((size_t)1 << 30))
#undef MARK
#define MARK(nodes) char *mark = next
#define DONE(tree) (next = mark)
#elif defined(BY_OBSTACK)
#include <obstack.h>
#define obstack_chunk_alloc malloc
#define obstack_chunk_free free
static struct obstack trees;
static Tree *make(void) { return obstack_alloc(&trees, sizeof(Tree)); }
#undef OPEN
#define OPEN() (obstack_init(&trees), obstack_chunk_size(&trees) = 1 << 20)
#define DONE(tree) obstack_free(&trees, tree)
#elif defined(BY_APR)
#include <apr_pools.h>
static apr_pool_t *whole, *young_trees, *here;
static Tree *make(void) { return apr_palloc(here, sizeof(Tree)); }
static void open_pools(void)
{
    apr_initialize();
    apr_pool_create(&whole, NULL);
    apr_pool_create(&young_trees, whole);
    here = whole;
}
#undef OPEN
#define OPEN() open_pools()
#undef MARK
#define MARK(nodes) (here = young_trees)
#define DONE(tree) (apr_pool_clear(young_trees), here = whole)
#elif defined(BY_TALLOC) || defined(BY_TALLOC_POOL)
#include <talloc.h>
enum { TALLOC_ROOM = 128 }; /* bytes that one node takes in a pool; its head has 96 */
static void *here;
static Tree *make(void) { return talloc_size(here, sizeof(Tree)); }
static void *context_for(uint64_t nodes)
{
#ifdef BY_TALLOC_POOL
    return talloc_pool(NULL, (nodes + 1) * TALLOC_ROOM);
#else
    (void)nodes;
    return talloc_new(NULL);
#endif
}
#undef MARK
#define MARK(nodes) (here = context_for(nodes))
#define DONE(tree) talloc_free(here)
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
            MARK(UINT64_C(2) << depth);
            Tree *young = grow(depth);
            nodes += count(young);
            DONE(young);
        }
    nodes += count(old);
    CLOSE(old);
    printf("%llu\n", (unsigned long long)nodes);
    return 0;
}
