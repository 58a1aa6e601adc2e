"""Twin of workloads/gc_collect.c."""

import gc
from time import perf_counter_ns

from command import answer, figure

RINGS, LINKS = 100, 20


class Node:
    def __init__(self, number):
        self.next = self.prev = None
        self.number = number

    def link_next(self, following):
        self.next = following
        following.prev = self


def ring(first_number):
    first = last = Node(first_number)
    for number in range(first_number + 1, first_number + LINKS + 1):
        node = Node(number)
        last.link_next(node)
        last = node
    last.link_next(first)
    return first


def walk(first):
    total = 2 * first.number
    node = first.next
    while node is not first:
        total += node.number
        node = node.next
    node = first.prev
    while node is not first:
        total += node.number
        node = node.prev
    return total


def build_and_drop(number):
    """Without a comprehension or an iterator: to the collector they are births, too, and a round is three short of a third
    collection of the youngest."""
    rings = []
    for i in range(RINGS):
        rings.append(ring(number + i * (LINKS + 1)))
    total = 0
    for i in range(RINGS):
        total += walk(rings[i])
    return total


def rounds(n, seed, given):
    total = found = collect_ns = 0
    for number in range(n):
        total += build_and_drop(number)
        begun = perf_counter_ns()
        found += gc.collect()
        collect_ns += perf_counter_ns() - begun
    figure("found_objects", found)
    figure("collect_ns", collect_ns)
    return total


answer({"rounds": rounds})
