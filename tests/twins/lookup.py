"""Twin of workloads/lookup.c: the same questions, asked with `in`."""

from chance import MASK, Random
from command import answer


def element(i, seed):
    return (seed + i * 0xD1342543DE82EF95) & MASK


def elements(n, seed):
    return (element(i, seed) for i in range(n))


def questions(n, seed):
    random = Random(seed, 0)
    return (element(random.below(2 * n), seed) for _ in range(n))


def in_list(n, seed, given):
    known = list(elements(n, seed))
    return sum(wanted in known for wanted in questions(n, seed))


def in_set(n, seed, given):
    known = set(elements(n, seed))
    return sum(wanted in known for wanted in questions(n, seed))


def in_generator(n, seed, given):
    return sum(wanted in elements(n, seed) for wanted in questions(n, seed))


answer({"list": in_list, "set": in_set, "generator": in_generator})
