"""Twin of workloads/small_objects.c. Objects are bytes: 33 and what is in them, up to 512 from an arena, larger from malloc."""

import gc
from resource import getpagesize

from chance import MASK, Random
from command import answer, figure

ROUNDS, SIZES_IN_WORDS, PART = 4, 64, 8


def resident_kib():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * getpagesize() >> 10


def look(number, name):
    if number == 0:
        figure(name, resident_kib())


def random_words(random):
    length = random.below(SIZES_IN_WORDS)
    value = random.next()
    return value.to_bytes(8 * length, "little") if length else b""


def content(words):
    return len(words) // 8 + int.from_bytes(words[:8], "little")


def one_round(n, seed, number, scattered):
    random = Random(seed, number)
    objects = [random_words(random) for _ in range(n)]
    look(number, "resident_full_kib")
    total = 0
    for i in range(n):
        if i % PART > 0 if scattered else i >= n // PART:
            total += (i + 1) * content(objects[i])
            objects[i] = None  # dies
    gc.collect()
    look(number, "resident_eighth_kib")
    return total + sum((i + 1) * content(words) for i, words in enumerate(objects) if words is not None)


def rounds(n, seed, scattered):
    look(0, "resident_before_kib")
    checksum = 0
    for number in range(ROUNDS):
        checksum = (checksum * 3 + one_round(n, seed, number, scattered)) & MASK
        gc.collect()
        look(number, "resident_empty_kib")
    return checksum


answer({
    "scattered": lambda n, seed, given: rounds(n, seed, scattered=True),
    "clustered": lambda n, seed, given: rounds(n, seed, scattered=False),
})
