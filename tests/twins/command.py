"""A twin's command line: twin.py VARIANT N SEED [INPUT] prints the checksum that the cell of the same name prints.

With --measure before VARIANT it prints one row of CSV instead, and its header before it.
"""

import gc
import sys
from time import process_time

COLUMNS = "checksum,work_cpu_s,start_rss_kib,peak_rss_kib,collections,collected,figures,python"

figures = {}


def figure(name, value):
    """Like figure() of a workload: what this run found out besides its answer."""
    figures[name] = value


def peak_rss_kib():
    """VmHWM of this process. What getrusage tells begins at what the parent had."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def collector(count):
    """The sum of what gc.get_stats tells of each generation: collections, or collected."""
    return sum(generation[count] for generation in gc.get_stats())


def measured(variant, *arguments):
    """A row. The collector begins with nothing young, as in a cell, and looks once more at the end, as in a census."""
    gc.collect()
    collections, collected = collector("collections"), collector("collected")
    start = peak_rss_kib()
    begun = process_time()
    checksum = variant(*arguments)
    took = process_time() - begun
    peak = peak_rss_kib()
    collections = collector("collections") - collections
    gc.collect()
    collected = collector("collected") - collected
    found = ";".join(f"{name}={value}" for name, value in figures.items())
    return f"{COLUMNS}\n{checksum},{took:.6f},{start},{peak},{collections},{collected},{found},{sys.version.split()[0]}"


def answer(variants):
    """variants: by name, functions of (n, seed, input or None) that return a checksum."""
    words = sys.argv[1:]
    measure = words[:1] == ["--measure"]
    words = words[measure:]
    if len(words) not in (3, 4) or words[0] not in variants:
        sys.exit(f"usage: {sys.argv[0]} [--measure] {'|'.join(variants)} N SEED [INPUT]")
    arguments = int(words[1]), int(words[2]), words[3] if len(words) == 4 else None
    print(measured(variants[words[0]], *arguments) if measure else variants[words[0]](*arguments))
