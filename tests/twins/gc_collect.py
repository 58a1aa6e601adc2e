"""Twin of workloads/gc_collect.c."""

import gc
from time import perf_counter_ns

from chance import MASK
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


def walk(checksum, first):
    checksum = checksum * 31 + first.number
    node = first.next
    while node is not first:
        checksum = checksum * 31 + node.number
        node = node.next
    node = first.prev
    while node is not first:
        checksum = checksum * 31 + node.number
        node = node.prev
    return checksum & MASK


def build_and_drop(checksum, number):
    """Without a comprehension or an iterator: to the collector they are births, too, and a round is three short of a third
    collection of the youngest."""
    rings = []
    for i in range(RINGS):
        rings.append(ring(number + i * (LINKS + 1)))
    for i in range(RINGS):
        checksum = walk(checksum, rings[i])
    return checksum


def rounds(n, seed, given):
    checksum = found = collect_ns = 0
    for number in range(n):
        checksum = build_and_drop(checksum, number)
        begun = perf_counter_ns()
        found += gc.collect()
        collect_ns += perf_counter_ns() - begun
    figure("found_objects", found)
    figure("collect_ns", collect_ns)
    return checksum


answer({"rounds": rounds})
