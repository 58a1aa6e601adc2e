/* Red-black trees: points come and go, the oldest first, and are kept in two red-black trees, by x and by y; n points at a
 * time, 2 n in all. At last both trees are walked in order.
 * Stresses references between objects that are far apart, whatever their order in memory: those near in one tree are not in the
 * other. What leaves is acyclic, but its neighbours each lose an owner, which is what trial deletion suspects; the trees are
 * dropped as cycles.
 * After T. Veldhuizen's tvbench, in Julia's GCBenchmarks as rb_tree: 8 * 2^20 keys at the full size.
 * Not good for: the cost of death; most of the time is comparing keys on the way down. */
#include "workload.h"

#include "objects/array.h"
#include "objects/rb_tree.h"

typedef struct Point {
    uint64_t x, y;
} Point;
leaf(Point);

static uint64_t fold(uint64_t checksum, const Point *point)
{
    return (checksum * 31 + point->x) * 31 + point->y;
}

static uint64_t fold_removed(uint64_t checksum, RbTree *tree, uint64_t key)
{
    local(Point) removed = rb_remove(tree, key);
    return fold(checksum, removed);
}

static uint64_t fold_in_order(uint64_t checksum, const RbTree *tree)
{
    for (RbNode *node = rb_first(tree); node; node = rb_next(node))
        checksum = fold(checksum, node->item);
    return checksum;
}

static uint64_t points(uint64_t n)
{
    local(RbTree) by_x = new(RbTree);
    local(RbTree) by_y = new(RbTree);
    local(Array) there = new_of(Array, n); /* the points that there are, by their number modulo n */
    Random xs = random_salted(0), ys = random_salted(1); /* none comes twice: splitmix64 is a permutation */
    uint64_t checksum = 0;
    for (uint64_t i = 0; i < 2 * n; i++) {
        local(Point) point = new(Point);
        *point = (Point){ .x = random_next(&xs), .y = random_next(&ys) };
        rb_insert(by_x, point->x, share(point));
        rb_insert(by_y, point->y, share(point));
        const Point *oldest = there->at[i % n];
        if (i >= n)
            checksum = fold_removed(fold_removed(checksum, by_x, oldest->x), by_y, oldest->y);
        put(there->at[i % n], give(point));
    }
    operations += 6 * n;
    return fold_in_order(fold_in_order(checksum, by_x), by_y);
}

WORKLOAD(rb_tree, CLASSIC, SIZES(5000, 43000, 2 << 20), "points that come and go in two red-black trees",
    VARIANT(points, CYCLIC | SUPERLINEAR));
