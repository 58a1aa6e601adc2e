"""A twin's command line: twin.py VARIANT N SEED [INPUT] prints the checksum that the cell of the same name prints."""

import sys

figures = {}


def figure(name, value):
    """Like figure() of a workload: what this run found out besides its answer."""
    figures[name] = value


def answer(variants):
    """variants: by name, functions of (n, seed, input or None) that return a checksum."""
    if len(sys.argv) not in (4, 5) or sys.argv[1] not in variants:
        sys.exit(f"usage: {sys.argv[0]} {'|'.join(variants)} N SEED [INPUT]")
    given = sys.argv[4] if len(sys.argv) == 5 else None
    print(variants[sys.argv[1]](int(sys.argv[2]), int(sys.argv[3]), given))
