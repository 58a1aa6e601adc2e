/* Red-black trees: points come and go, the oldest first, and are kept in two red-black trees, by x and by y; n points at a
 * time, 2 n in all. At last both trees are walked in order.
 * Stresses references between objects that are far apart, whatever their order in memory: those near in one tree are not in the
 * other. What leaves is acyclic, but its neighbours each lose an owner, which is what trial deletion suspects; the trees are
 * dropped as cycles. After T. Veldhuizen's tvbench, in Julia's GCBenchmarks as rb_tree: 8 * 2^20 keys at the full size.
 * Not good for: the cost of death; most of the time is comparing keys on the way down. */
#include "workload.h"

#include "objects/array.h"
#include "objects/rb_tree.h"

typedef struct Point {
    uint64_t x, y;
} Point;
leaf(Point);

typedef struct Index {
    RbTree *by_x, *by_y;
    Array *queue;  /* of the points that there are, by their number modulo n */
} Index;
refs(Index, by_x, by_y, queue);

static Index *index_for(uint64_t n)
{
    local(Index) made = new(Index);
    put(made->by_x, new(RbTree));
    put(made->by_y, new(RbTree));
    put(made->queue, new_of(Array, n));
    return give(made);
}

/* No x comes twice, and no y: splitmix64 is a permutation. */
static Point random_point(Random *xs, Random *ys)
{
    uint64_t x = random_next(xs);
    return (Point){ x, random_next(ys) };
}

static void insert(Index *index, Point *point)
{
    rb_insert(index->by_x, point->x, share(point));
    rb_insert(index->by_y, point->y, share(point));
}

static uint64_t fold(uint64_t checksum, const Point *point)
{
    return (checksum * 31 + point->x) * 31 + point->y;
}

/* Each tree gives the point back by its own key. */
static uint64_t remove_from(Index *index, const Point *point, uint64_t checksum)
{
    local(Point) by_x = rb_remove(index->by_x, point->x);
    local(Point) by_y = rb_remove(index->by_y, point->y);
    return fold(fold(checksum, by_x), by_y);
}

static uint64_t fold_in_order(const RbTree *tree, uint64_t checksum)
{
    for (RbNode *node = rb_first(tree); node; node = rb_next(node))
        checksum = fold(checksum, node->item);
    return checksum;
}

static uint64_t points(uint64_t n)
{
    local(Index) index = index_for(n);
    Random xs = random_salted(0), ys = random_salted(1);
    uint64_t checksum = 0;
    for (uint64_t i = 0; i < 2 * n; i++) {
        local(Point) point = new(Point);
        *point = random_point(&xs, &ys);
        insert(index, point);
        if (i >= n)
            checksum = remove_from(index, index->queue->at[i % n], checksum);
        put(index->queue->at[i % n], give(point));
    }
    operations += 6 * n;
    return fold_in_order(index->by_y, fold_in_order(index->by_x, checksum));
}

/* ---- Another way: the points in an array, which is sorted at last ----------------------------------------------- */

static int compare(uint64_t a, uint64_t b) { return (a > b) - (a < b); }
static int compare_x(const void *a, const void *b) { return compare(((const Point *)a)->x, ((const Point *)b)->x); }
static int compare_y(const void *a, const void *b) { return compare(((const Point *)a)->y, ((const Point *)b)->y); }

static uint64_t fold_all(const Point *points, uint64_t n, int times, uint64_t checksum)
{
    for (uint64_t i = 0; i < n; i++)
        for (int k = 0; k < times; k++)
            checksum = fold(checksum, &points[i]);
    return checksum;
}

static uint64_t by_sorting(uint64_t n)
{
    size_t bytes = size_with_elements(0, 2 * sizeof(Point), n);
    Point *points = malloc(bytes), *last = points + n;
    if (!points)
        out_of_memory(bytes);
    Random xs = random_salted(0), ys = random_salted(1);
    for (uint64_t i = 0; i < 2 * n; i++)
        points[i] = random_point(&xs, &ys);
    uint64_t checksum = fold_all(points, n, 2, 0);
    qsort(last, n, sizeof *last, compare_x);
    checksum = fold_all(last, n, 1, checksum);
    qsort(last, n, sizeof *last, compare_y);
    checksum = fold_all(last, n, 1, checksum);
    free(points);
    return checksum;
}

WORKLOAD(rb_tree, CLASSIC, SIZES(5000, 40000, 2 << 20), "points that come and go in two red-black trees",
    VARIANT(points, CYCLIC | SUPERLINEAR));
REFERENCE(by_sorting);
