"""Twin of workloads/lifecycle.c. `del` unbinds a name: what it named dies, if nobody else holds it, as it would at the
function's end. gc.collect() returns how many objects it found."""

import gc

from chance import MASK
from command import answer, figure

ROUNDS = 10


class Link:
    __slots__ = "previous", "next", "number"

    def __init__(self, previous, number):
        self.previous, self.next, self.number = previous, None, number


def first_phase(squares, n, number):
    squares.extend(i * i for i in range(number, number + n))
    total = 0
    for square in squares:
        total = (total * 3 + square) & MASK
    return total


def second_phase(n, number):
    first = last = Link(None, number)
    for i in range(1, n // 2):
        last.next = Link(last, number + i)
        last = last.next
    total, link = 0, first
    while link:
        total = (total * 3 + link.number) & MASK
        link = link.next
    return total


def automatic(n, seed, given):
    def one_round(number):
        squares = []
        total = first_phase(squares, n, number)
        return total + second_phase(n, number)
    return sum(map(one_round, range(ROUNDS))) & MASK


def scope(n, seed, given):
    def first_alone(number):
        squares = []
        return first_phase(squares, n, number)

    def one_round(number):
        return first_alone(number) + second_phase(n, number)
    return sum(map(one_round, range(ROUNDS))) & MASK


def with_del(n, seed, given):
    def one_round(number):
        squares = []
        total = first_phase(squares, n, number)
        del squares
        return total + second_phase(n, number)
    return sum(map(one_round, range(ROUNDS))) & MASK


def with_collect(n, seed, given):
    def one_round(number):
        squares = []
        total = first_phase(squares, n, number)
        return total + second_phase(n, number)
    total = found = 0
    for number in range(ROUNDS):
        total += one_round(number)
        found += gc.collect()
    figure("found_objects", found)
    return total & MASK


answer({"automatic": automatic, "scope": scope, "del": with_del, "collect": with_collect})
