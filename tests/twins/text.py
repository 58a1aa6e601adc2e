"""Twin of workloads/text.c: a new text for each piece, += and ''.join."""

from zlib import adler32

from command import answer


def checksum_of(text):
    return len(text) << 32 | adler32(text.encode())


def concatenate(n, seed, given):
    text = ""
    for i in range(n):
        before = text  # which holds it, too, so that CPython cannot add to it in place
        text = before + str(i)
    return checksum_of(text)


def append(n, seed, given):
    text = ""
    for i in range(n):
        text += str(i)
    return checksum_of(text)


def join(n, seed, given):
    return checksum_of("".join([str(i) for i in range(n)]))


answer({"concatenate": concatenate, "append": append, "join": join})
