"""Twin of workloads/binary_trees.c: trees are pairs."""

from command import answer


def grow(depth):
    return (grow(depth - 1), grow(depth - 1)) if depth else (None, None)


def count(tree):
    left, right = tree
    return 1 + (count(left) + count(right) if left else 0)


def standard(n, seed, given):
    old = grow(n)
    nodes = 0
    for depth in range(4, n + 1, 4):
        for _ in range(1 << (n - depth + 4)):
            nodes += count(grow(depth))
    return nodes + count(old)


answer({"standard": standard})
