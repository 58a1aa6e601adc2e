"""Twin of workloads/binary_trees.c. Its trees are no tuples, for CPython keeps those that die, and takes the next from there:
to its collector that is no birth."""

from command import answer


class Tree:
    __slots__ = ("left", "right")

    def __init__(self, depth):
        self.left = Tree(depth - 1) if depth else None
        self.right = Tree(depth - 1) if depth else None


def count(tree):
    return 1 + count(tree.left) + count(tree.right) if tree else 0


def standard(n, seed, given):
    old = Tree(n)
    nodes = 0
    for depth in range(4, n + 1, 4):
        for _ in range(1 << (n - depth + 4)):
            nodes += count(Tree(depth))
    return nodes + count(old)


answer({"standard": standard})
