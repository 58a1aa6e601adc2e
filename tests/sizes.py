#!/usr/bin/python3
"""The bar for default sizes: under its fastest strategy, each variant's trial is measured for 50 to 400 ms, all its
repetitions together. Reads the trials of a default run: a cell counts with the median of its trials, a variant with its
largest size. A machine is a tenth faster or slower from one hour to the next, and so much may be missing.

    sizes.py [FOLDER]      of a run; default: results/sample
"""

import csv
import statistics
import sys
from collections import defaultdict

LEAST_S, MOST_S = 0.050, 0.400
NOISE = 1.1

# Variants that miss it, and why.
# The committed run has them at a smaller size, where who frees nothing before the end, and so does it once, took 22 to 35 ms;
# at today's it takes 50 to 76. A run at today's sizes reaches the bar, and then fails here until this is gone.
SMALLER = "the committed run had it at a smaller size than today's"
EXEMPT = {
    ("old_trash", "young_trash"): SMALLER,
    ("old_trash", "slow_trash"): SMALLER,
    ("old_trash", "nepotism"): SMALLER,
    ("primitives", "birth"): SMALLER,
}


def ok(sentence):
    print(f"ok - {sentence}")


def miss(sentence):
    print(f"not ok - {sentence}")


def measured(folder):
    """Seconds of each trial that was ok, by variant, size and cell."""
    seconds = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    with open(f"{folder}/trials.csv") as file:
        for row in csv.DictReader(file):
            if row["status"] == "ok" and row["control"] == "0":
                cell = row["strategy"], row["settings"], row["allocator"]
                work_s = float(row["work_s"]) * int(row["repeats"])
                seconds[row["workload"], row["variant"]][int(row["size"])][cell].append(work_s)
    return seconds


def fastest(sizes):
    """Of the largest size: how long, and which cell."""
    return min((statistics.median(trials), cell) for cell, trials in sizes[max(sizes)].items())


def judge(variant, sizes):
    work_s, (strategy, *_) = fastest(sizes)
    said = f"{' '.join(variant)}: {work_s * 1000:.1f} ms under {strategy}"
    reached = LEAST_S / NOISE <= work_s <= MOST_S * NOISE
    if variant in EXEMPT:
        (miss if reached else ok)(f"{said}, exempt: {EXEMPT[variant]}")
    else:
        (ok if reached else miss)(said)
    return reached != (variant in EXEMPT)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "results/sample"
    judged = [judge(variant, sizes) for variant, sizes in sorted(measured(folder).items())]
    print(f"{sum(judged)} passed, {len(judged) - sum(judged)} failed")
    return 0 if judged and all(judged) else 1


sys.exit(main())
