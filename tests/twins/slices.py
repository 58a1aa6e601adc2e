"""Twin of workloads/slices.c. A slice of bytes is a copy, like those of lists, tuples and strings; a slice of a memoryview is
another view, like those of numpy's arrays, and keeps all of the bytes."""

from time import perf_counter_ns

from chance import GOLDEN, MASK
from command import answer, figure

MESSAGE, NAME = 256 << 10, 16
LENGTHS = 16, 64, 256, 1024, 4096


def messages(n, seed):
    words = ((seed + i) * GOLDEN & MASK for i in range(n - 1 + MESSAGE // 8))
    stream = b"".join(word.to_bytes(8, "little") for word in words)
    for number in range(n):
        yield stream[8 * number:8 * number + MESSAGE]


def look_at(piece):
    return 256 * piece[0] + piece[-1]


def cut(message, length):
    total = 0
    for at in range(0, MESSAGE, length):
        total = (total * 3 + look_at(message[at:at + length])) & MASK
    return total


def receive(n, seed, as_pieces, as_name):
    names = []
    total = 0
    taken = dict.fromkeys(LENGTHS, 0)
    for message in messages(n, seed):
        for length in LENGTHS:
            begun = perf_counter_ns()
            total += cut(as_pieces(message), length)
            taken[length] += perf_counter_ns() - begun
        names.append(as_name(message)[:NAME])
    for name in names:
        total = total * 3 + look_at(name) & MASK
    for length in LENGTHS:
        figure(f"piece_{length}_ps", taken[length] * 1000 // (n * (MESSAGE // length)))
    return total & MASK


answer({
    "copy": lambda n, seed, given: receive(n, seed, bytes, bytes),
    "view": lambda n, seed, given: receive(n, seed, memoryview, bytes),
    "kept_view": lambda n, seed, given: receive(n, seed, memoryview, memoryview),
})
