"""Twin of workloads/generators.c: `yield from` for every node, or a list."""

from chance import MASK
from command import answer

WALKS = 10


class Tree:
    def __init__(self, left, number, right):
        self.left, self.number, self.right = left, number, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.number
        if self.right:
            yield from self.right

    def append_to(self, numbers):
        if self.left:
            self.left.append_to(numbers)
        numbers.append(self.number)
        if self.right:
            self.right.append_to(numbers)


def tree_of(numbers):
    if not numbers:
        return None
    middle = len(numbers) // 2
    return Tree(tree_of(numbers[:middle]), numbers[middle], tree_of(numbers[middle + 1:]))


def listed(tree):
    numbers = []
    tree.append_to(numbers)
    return numbers


def walked(in_order):
    def checksum(n, seed, given):
        tree, total = tree_of(range(n)), 0
        for _ in range(WALKS):
            for number in in_order(tree):
                total = (total * 31 + number) & MASK
        return total
    return checksum


answer({"generator": walked(iter), "list": walked(listed)})
