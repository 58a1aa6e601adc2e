"""Twin of workloads/index.c."""

import re
from functools import reduce

from chance import Random
from command import answer

USUAL_INPUT = "/usr/share/unicode/NamesList.txt"
QUESTIONS = 100
WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]+")


def words(line):
    return [word.lower() for word in WORD.findall(line)]


def index_of(lines):
    """Each word, with the numbers of its lines."""
    occurrences = {}
    for number, line in enumerate(lines, start=1):
        for word in words(line):
            numbers = occurrences.setdefault(word, [])
            if not numbers or numbers[-1] != number:
                numbers.append(number)
    return occurrences


def lines_with(occurrences, asked):
    """The numbers of the lines that have all these words, in order."""
    return sorted(set.intersection(*(set(occurrences[word]) for word in asked))) if asked else []


def one_round(text, seed):
    lines = re.findall(rb"[^\n]*\n|[^\n]+", text)
    occurrences = index_of(lines)
    checksum = len(occurrences)
    random = Random(seed, 0)
    for _ in range(QUESTIONS):
        for found in lines_with(occurrences, words(lines[random.below(len(lines))])):
            content = reduce(lambda total, byte: total * 31 + byte, lines[found - 1], 0)
            checksum = (checksum * 31 + content + found) % 2**64
    return checksum


def inverted(n, seed, given):
    with open(given or USUAL_INPUT, "rb") as file:
        text = file.read()
    answers = 0
    for _ in range(n):
        answers = answers * 31 + one_round(text, seed)
    return answers % 2**64


answer({"inverted": inverted})
