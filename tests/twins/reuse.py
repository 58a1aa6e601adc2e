"""Twin of workloads/reuse.c: a new object for each reading, one of 256 that are shared, or one that is changed."""

from command import answer

VALUES = 256


class Number:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


def value_of(i, seed):
    return (seed + i * 167) % VALUES


def fresh(n, seed, given):
    total = 0
    for i in range(n):
        reading = Number(value_of(i, seed))
        total += reading.value
    return total


def interned(n, seed, given):
    values = [Number(value) for value in range(VALUES)]
    total = 0
    for i in range(n):
        reading = values[value_of(i, seed)]
        total += reading.value
    return total


def reused(n, seed, given):
    reading = Number(0)
    total = 0
    for i in range(n):
        reading.value = value_of(i, seed)
        total += reading.value
    return total


answer({"fresh": fresh, "interned": interned, "reused": reused})
