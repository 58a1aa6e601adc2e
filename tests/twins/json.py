"""Twin of workloads/json.c."""

import sys

# This file is named like Python's module, which is wanted here.
own_folder = sys.path.pop(0)
import json  # noqa: E402

sys.path.insert(0, own_folder)
from collections import Counter  # noqa: E402
from functools import reduce  # noqa: E402

from command import answer  # noqa: E402

USUAL_INPUT = "/usr/share/iso-codes/json/iso_639-3.json"
NUMBER, TEXT, LIST, DICT = 4, 5, 6, 7
CONSTANTS = {None: 1, False: 2, True: 3}


class Literal(str):
    """A number, as it is written."""


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def text_checksum(text):
    return reduce(lambda total, byte: (total * 31 + byte) % 2**64, text.encode(), 0)


def fingerprint(value, occurrences):
    if isinstance(value, dict):
        values = ((2 * text_checksum(name) + 1) * fingerprint(value[name], occurrences) for name in value)
        return (len(value) + sum(values)) * 31 + DICT
    if isinstance(value, list):
        return reduce(lambda total, item: (total * 31 + fingerprint(item, occurrences)) % 2**64, value, len(value)) * 31 + LIST
    if isinstance(value, Literal):
        return text_checksum(value) * 31 + NUMBER
    if isinstance(value, str):
        occurrences[value] += 1
        return text_checksum(value) * 31 + TEXT
    return CONSTANTS[value]


def one_round(text):
    document = json.loads(text, parse_int=Literal, parse_float=Literal, parse_constant=refuse)
    occurrences = Counter()
    checksum = fingerprint(document, occurrences)
    return checksum + sum(text_checksum(text) * times**2 for text, times in occurrences.items())


def tree(n, seed, given):
    with open(given or USUAL_INPUT, encoding="utf-8", newline="") as file:
        text = file.read()
    answers = 0
    for _ in range(n):
        answers = answers * 31 + one_round(text)
    return answers % 2**64


if __name__ == "__main__":
    answer({"tree": tree})
