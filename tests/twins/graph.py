"""Twin of workloads/graph.c: breadth first through objects; from edges, sets of numbers united in arrays of numbers."""

from array import array
from collections import deque

from chance import MASK, Random
from command import answer

ROUNDS = 10


class Vertex:
    def __init__(self):
        self.neighbours = []
        self.reached = False


def edges(n, seed, round_):
    random = Random(seed, round_)
    for _ in range(n):
        start = random.below(n)
        yield start, random.below(n)


def sizes_by_walking(n, seed, round_):
    vertices = [Vertex() for _ in range(n)]
    for i, j in edges(n, seed, round_):
        vertices[i].neighbours.append(vertices[j])
        vertices[j].neighbours.append(vertices[i])
    for first in vertices:
        if not first.reached:
            yield walk(first)


def walk(first):
    first.reached = True
    ahead = deque([first])
    size = 0
    while ahead:
        size += 1
        for vertex in ahead.popleft().neighbours:
            if not vertex.reached:
                vertex.reached = True
                ahead.append(vertex)
    return size


def root(parents, i):
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


def sizes_by_uniting(n, seed, round_):
    parents, sizes = array("Q", range(n)), array("Q", [1]) * n
    for i, j in edges(n, seed, round_):
        smaller, larger = root(parents, i), root(parents, j)
        if sizes[smaller] > sizes[larger]:
            smaller, larger = larger, smaller
        if smaller != larger:
            parents[smaller] = larger
            sizes[larger] += sizes[smaller]
    return [sizes[i] for i in range(n) if parents[i] == i]


def connected_pairs(sizes_of_round):
    def variant(n, seed, given):
        return sum(size * size for round_ in range(ROUNDS) for size in sizes_of_round(n, seed, round_)) & MASK
    return variant


answer({"objects": connected_pairs(sizes_by_walking), "edges": connected_pairs(sizes_by_uniting)})
