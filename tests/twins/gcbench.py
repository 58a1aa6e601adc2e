"""Twin of workloads/gcbench.c."""

from array import array

from command import answer


class Node:
    __slots__ = ("left", "right", "height")

    def __init__(self, height, left=None, right=None):
        self.height, self.left, self.right = height, left, right


def populate(node):
    if node.height:
        node.left = Node(node.height - 1)
        node.right = Node(node.height - 1)
        populate(node.left)
        populate(node.right)


def from_root(height):
    root = Node(height)
    populate(root)
    return root


def from_leaves(height):
    if not height:
        return Node(0)
    return Node(height, from_leaves(height - 1), from_leaves(height - 1))


def fold_heights(node):
    return node.height + 3 * fold_heights(node.left) + 5 * fold_heights(node.right) if node else 0


def nodes_of(height):
    return (2 << height) - 1


def bench(build):
    def checksum(n, seed, given):
        total = fold_heights(from_leaves(n + 2))
        old = from_root(n)
        doubles = array("d", (1 / (i + 1) for i in range((500000 << n) >> 16)))
        for height in range(4, n + 1, 2):
            for _ in range(2 * nodes_of(n + 2) // nodes_of(height)):
                total += fold_heights(build(height))
        return total + fold_heights(old) + sum(x == 1 / (i + 1) for i, x in enumerate(doubles))
    return checksum


answer({"top_down": bench(from_root), "bottom_up": bench(from_leaves)})
