"""Twin of workloads/graph.c: breadth first through objects; from edges, sets merged, the smaller into the larger."""

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


def sizes_by_merging(n, seed, round_):
    members = [{i} for i in range(n)]
    for i, j in edges(n, seed, round_):
        if members[i] is not members[j]:
            smaller, larger = sorted((members[i], members[j]), key=len)
            larger |= smaller
            for k in smaller:
                members[k] = larger
    return [len(component) for component in {id(m): m for m in members}.values()]


def connected_pairs(sizes_of_round):
    def variant(n, seed, given):
        return sum(size * size for round_ in range(ROUNDS) for size in sizes_of_round(n, seed, round_)) & MASK
    return variant


answer({"objects": connected_pairs(sizes_by_walking), "edges": connected_pairs(sizes_by_merging)})
