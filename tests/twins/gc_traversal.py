"""Twin of workloads/gc_traversal.c."""

import gc
from time import perf_counter_ns

from command import answer, figure

LEVELS = 1000


def levels():
    level = []
    for i in range(1, LEVELS):
        level = [level] * i
    return level


def read(level):
    total = 0
    while level:
        total += sum(map(len, level))
        level = level[0]
    return total


def collections(n, seed, given):
    top = levels()
    total = found = collect_ns = 0
    for _ in range(n):
        begun = perf_counter_ns()
        found += gc.collect()
        collect_ns += perf_counter_ns() - begun
        total += read(top)
    figure("found_objects", found)
    figure("collect_ns", collect_ns)
    return total


answer({"collections": collections})
