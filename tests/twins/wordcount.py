"""Twin of workloads/wordcount.c."""

import re
from functools import reduce

from command import answer

USUAL_INPUT = "/usr/share/unicode/NamesList.txt"
WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")


def count(words):
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def checksum(counts):
    return sum(reduce(lambda total, byte: total * 31 + byte, word, 0) * times**2 for word, times in counts.items())


def rounds(count_once):
    def variant(n, seed, given):
        with open(given or USUAL_INPUT, "rb") as file:
            text = file.read()
        answers = 0
        for _ in range(n):
            answers = answers * 31 + checksum(count_once(text)) % 2**64
        return answers % 2**64

    return variant


def whole(text):
    return count([word.lower() for word in WORD.findall(text)])


def streamed(text):
    return count(found.group().lower() for found in WORD.finditer(text))


answer({"whole": rounds(whole), "streamed": rounds(streamed)})
