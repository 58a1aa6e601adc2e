"""Twin of workloads/mistakes.c. Python itself cannot make these mistakes: each of its names owns. An extension in C can, and
ctypes is one: an address is a borrowed reference, and Py_IncRef an owner more, which none but Py_DecRef lets go."""

import gc
from ctypes import c_void_p, pythonapi

from command import answer, figure

MORTALS = 1024

own, let_go = pythonapi.Py_IncRef, pythonapi.Py_DecRef
own.argtypes = let_go.argtypes = [c_void_p]
own.restype = let_go.restype = None

last_dead = [0] * MORTALS


class Mortal(int):
    """A leaf, like the cell's: without fields of its own an instance is nothing to the collector."""
    __slots__ = ()

    def __del__(self):
        last_dead[self % MORTALS] = self + 1


def is_dead(number):
    return last_dead[number % MORTALS] == number + 1


def borrow(first, addresses):
    owner = [Mortal(number) for number in range(first, first + MORTALS)]
    addresses.extend(map(id, owner))
    return sum(owner)


def own_twice(first, addresses):
    total = 0
    for number in range(first, first + MORTALS):
        mortal = Mortal(number)
        own(id(mortal))
        addresses.append(id(mortal))
        total += mortal
    return total


def count_dead(first, addresses):
    return sum(map(is_dead, range(first, first + MORTALS)))


def let_all_go(first, addresses):
    alive = [i for i in range(MORTALS) if not is_dead(first + i)]
    for i in alive:
        let_go(addresses[i])
    return len(alive)


def rounds(mistake, victims, per_mille):
    def variant(n, seed, given):
        total = found = 0
        for first in range(0, n * MORTALS, MORTALS):
            addresses = []
            total += mistake(first, addresses)
            gc.collect()
            found += victims(first, addresses)
        figure(per_mille, found * 1000 // (n * MORTALS))
        return total
    return variant


answer({
    "borrowed": rounds(borrow, count_dead, "used_after_free_per_mille"),
    "surplus": rounds(own_twice, let_all_go, "leaked_per_mille"),
})
