"""Twin of workloads/rb_tree.c. Its trees have the same references and are not balanced, which random keys do not need. It
collects more often: to Python a birth is a birth, and a cell does not count those of points, for they have no references."""

from collections import deque

from chance import MASK, Random
from command import answer


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Node:
    __slots__ = ("parent", "left", "right", "item", "key")

    def __init__(self, parent, key, item):
        self.parent = parent
        self.left = self.right = None
        self.key = key
        self.item = item


def leftmost(node):
    while node.left:
        node = node.left
    return node


class Tree:
    def __init__(self):
        self.root = None

    def insert(self, key, item):
        parent, below = None, self.root
        while below:
            parent, below = below, below.left if key < below.key else below.right
        node = Node(parent, key, item)
        if not parent:
            self.root = node
        elif key < parent.key:
            parent.left = node
        else:
            parent.right = node

    def remove(self, key):
        node = self.root
        while node.key != key:
            node = node.left if key < node.key else node.right
        item = node.item
        if node.left and node.right:
            following = leftmost(node.right)
            node.key, node.item = following.key, following.item
            node = following
        self.unlink(node, node.left or node.right)
        return item

    def unlink(self, node, child):
        parent = node.parent
        if not parent:
            self.root = child
        elif parent.left is node:
            parent.left = child
        else:
            parent.right = child
        if child:
            child.parent = parent

    def __iter__(self):
        node = leftmost(self.root)
        while node:
            yield node.item
            if node.right:
                node = leftmost(node.right)
            else:
                while node.parent and node is node.parent.right:
                    node = node.parent
                node = node.parent


def fold(checksum, point):
    return ((checksum * 31 + point.x) * 31 + point.y) & MASK


def points(n, seed, given):
    by_x, by_y, there = Tree(), Tree(), deque()
    xs, ys = Random(seed, 0), Random(seed, 1)
    checksum = 0
    for i in range(2 * n):
        point = Point(xs.next(), ys.next())
        by_x.insert(point.x, point)
        by_y.insert(point.y, point)
        if i >= n:
            oldest = there.popleft()
            checksum = fold(checksum, by_x.remove(oldest.x))
            checksum = fold(checksum, by_y.remove(oldest.y))
        there.append(point)
    for tree in by_x, by_y:
        for point in tree:
            checksum = fold(checksum, point)
    return checksum


answer({"points": points})
