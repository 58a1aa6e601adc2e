"""Twin of workloads/lookup.c: the same questions, asked with `in`."""

from chance import MASK, Random
from command import answer

QUESTIONS = 40000


def element(i, seed):
    return (seed + i * 0xD1342543DE82EF95) & MASK


def generated(n, seed):
    return (element(i, seed) for i in range(n))


def hits(elements_of):
    def worth(n, seed, given):
        random, elements = Random(seed, 0), elements_of(n, seed)
        drawn = (random.below(n) for _ in range(QUESTIONS))
        return sum(i + 1 for i in drawn if element(i, seed) in elements())
    return worth


def misses(elements_of):
    def worth(n, seed, given):
        random, elements = Random(seed, 0), elements_of(n, seed)
        drawn = (random.below(n) for _ in range(QUESTIONS))
        return sum(i + 1 for i in drawn if element(n + i, seed) not in elements())
    return worth


def kept_in(container):
    """The elements are made once, and kept."""
    def elements_of(n, seed):
        elements = container(generated(n, seed))
        return lambda: elements
    return elements_of


def made_anew(n, seed):
    return lambda: generated(n, seed)


answer({
    "list_hits": hits(kept_in(list)), "list_misses": misses(kept_in(list)),
    "set_hits": hits(kept_in(set)), "set_misses": misses(kept_in(set)),
    "dict_hits": hits(kept_in(dict.fromkeys)), "dict_misses": misses(kept_in(dict.fromkeys)),
    "generator_hits": hits(made_anew), "generator_misses": misses(made_anew),
})
