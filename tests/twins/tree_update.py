"""Twin of workloads/tree_update.c."""

from chance import MASK, Random
from command import answer

TREES, PASSES = 5, 10


class Node:
    __slots__ = ("left", "right", "number")

    def __init__(self, number, left=None, right=None):
        self.number, self.left, self.right = number, left, right


def tree_of(depth, random):
    if depth == 0:
        return None
    tree = Node(random.next())
    tree.left = tree_of(depth - 1, random)
    tree.right = tree_of(depth - 1, random)
    return tree


def random_subtree(tree, levels, random):
    for _ in range(levels):
        tree = tree.left if random.below(2) else tree.right
    return tree


def successor(old, level, depth, random):
    if depth == 0:
        return None
    if random.below(5) == 0:
        return random_subtree(old, level, random)
    tree = Node(random.next())
    tree.left = successor(old, level + 1, depth - 1, random)
    tree.right = successor(old, level + 1, depth - 1, random)
    return tree


def updated(tree, random):
    if tree is None:
        return None
    if random.below(10) == 0:
        tree = Node(tree.number, tree.left, tree.right)
    tree.left = updated(tree.left, random)
    tree.right = updated(tree.right, random)
    return tree


def checksum(tree):
    return tree.number + 3 * checksum(tree.left) + 5 * checksum(tree.right) if tree else 0


def passes(n, seed, given):
    random = Random(seed, 0)
    folded = 0
    for _ in range(TREES):
        tree = tree_of(n, random)
        for _ in range(PASSES):
            tree = updated(successor(tree, 0, n, random), random)
        folded = (folded * 31 + checksum(tree)) & MASK
    return folded


answer({"passes": passes})
