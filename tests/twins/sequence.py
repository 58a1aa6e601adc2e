"""Twin of workloads/sequence.c: the two idioms that it is about."""

from chance import MASK
from command import answer


def as_list(n, seed, given):
    return sum([i * i for i in range(n)]) & MASK


def as_generator(n, seed, given):
    return sum(i * i for i in range(n)) & MASK


answer({"list": as_list, "generator": as_generator})
