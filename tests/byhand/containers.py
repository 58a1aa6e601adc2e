"""CPython's own set and list at the work of tests/ratios/containers.c: containers.py hit|equal|append|capacities N.

Prints ns for each key or item, the least of several rounds, less what an empty loop takes; or the capacities of a list.
"""

import sys
import time

TOUCHED = 1 << 22
POINTER = 8
which, n = sys.argv[1], int(sys.argv[2])


def spent_in(work):
    begun = time.process_time_ns()
    work()
    return time.process_time_ns() - begun


def least_difference(work, empty):
    """In turn, so that both have the quiet moments of the machine."""
    turns = [(spent_in(work), spent_in(empty)) for _ in range(max(5, TOUCHED // n))]
    return min(turn[0] for turn in turns) - min(turn[1] for turn in turns)


def walk(items):
    for item in items:
        pass


def ask(members, questions):
    for item in questions:
        item in members


def append(items):
    appended = []
    add = appended.append
    for item in items:
        add(item)


def spaced(i):
    return i * 2654435761 & (1 << 30) - 1


def at_random(i):
    return spaced(spaced(i) ^ spaced(i) >> 15)


def keys_of(value):
    return [value(i) for i in range(n)]


def capacities():
    items, last = [], sys.getsizeof([])
    empty = last
    for _ in range(n):
        items.append(1)
        if sys.getsizeof(items) != last:
            last = sys.getsizeof(items)
            print((last - empty) // POINTER)


if which == "capacities":
    capacities()
else:
    keys = keys_of(spaced if which != "equal" else at_random)
    if which != "append":
        equals = keys if which == "hit" else keys_of(at_random)
        questions = [equals[i * 40503 & n - 1] for i in range(n)]
        members = set(keys)
        spent = least_difference(lambda: ask(members, questions), lambda: walk(questions))
    else:
        spent = least_difference(lambda: append(keys), lambda: walk(keys))
    print(f"{spent / n:.4f}")
