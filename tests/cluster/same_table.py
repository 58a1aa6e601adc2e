#!/usr/bin/env python3
"""same_table.py RUN RUN: whether two runs of one plan come to the same table, but for noise that their pages declare. A sentence
for each way in which they do not; exit status 1 if there is one."""
import csv
import math
import sys

CELL = ("strategy", "workload", "variant", "size", "input", "settings", "allocator", "control")
TRIED = ("block", "position", "seed", *CELL, "status", "checksum", "operations")
METRICS = ("work_cpu_s", "wall_s", "peak_rss_kib")
BEYOND = 0.05  # of the variants may lie farther apart than the bands allow, as of each run's own controls,
CHANCE = 0.001  # and more of them by chance so seldom


def rows_of(file):
    with open(file, newline="") as opened:
        return list(csv.DictReader(opened))


class Run:
    def __init__(self, folder):
        self.tried = [tuple(row[c] for c in TRIED) for row in rows_of(f"{folder}/trials.csv")]
        self.row = {(row["metric"], *(row[c] for c in CELL)): row for row in rows_of(f"{folder}/summary.csv")}
        self.band = {row["metric"]: float(row["band"]) for row in rows_of(f"{folder}/noise.csv") if row["band"] != "NA"}

    def ratios(self, metric):
        return {key: row for key, row in self.row.items() if key[0] == metric and "NA" not in (row["ratio"], row["ratio_lo"])
                and not row["ratio"] == row["ratio_lo"] == row["ratio_hi"]}  # as the baseline's to itself


def are_opposite(one, other):
    return {one["verdict"], other["verdict"]} == {"less", "more"}


def are_apart(one, other, allowed):
    """By more than both bands together, and not only by what either of them says that it does not know."""
    overlap = float(one["ratio_lo"]) <= float(other["ratio_hi"]) and float(other["ratio_lo"]) <= float(one["ratio_hi"])
    return not overlap and abs(math.log(float(one["ratio"]) / float(other["ratio"]))) > allowed


def variants_of(keys):
    """What disturbs a variant under a strategy does so at all of its sizes: they count once."""
    return {key[:1 + CELL.index("size")] + key[2 + CELL.index("size"):] for key in keys}


def most_by_chance(variants):
    """More than that many are beyond their bands in CHANCE of all cases."""
    most, within = 0, (1 - BEYOND) ** variants
    while 1 - within > CHANCE:
        most += 1
        within += math.comb(variants, most) * BEYOND ** most * (1 - BEYOND) ** (variants - most)
    return most


def differences(one, other):
    if one.tried != other.tried:
        yield f"not the same trials, or not the same answers: {len(set(one.tried) ^ set(other.tried))} rows differ"
    if one.row.keys() != other.row.keys():
        yield f"not the same rows of a table: {len(one.row.keys() ^ other.row.keys())} are in one only"
    for metric in METRICS:
        ours, theirs = one.ratios(metric), other.ratios(metric)
        both = ours.keys() & theirs.keys()
        if not both:
            yield f"{metric}: no ratio to compare"
            continue
        allowed = math.log(one.band[metric]) + math.log(other.band[metric])
        apart = variants_of(key for key in both if are_apart(ours[key], theirs[key], allowed))
        variants, most = len(variants_of(both)), most_by_chance(len(variants_of(both)))
        if len(apart) > most:
            yield f"{metric}: of {variants} variants {len(apart)} lie apart by more than both bands, not {most}: {sorted(apart)[:3]}"
        for key in both:
            if are_opposite(ours[key], theirs[key]):
                yield f"{metric}: opposite verdicts on {key}"


def main():
    found = list(differences(*(Run(folder) for folder in sys.argv[1:3])))
    print("\n".join(found))
    sys.exit(bool(found))


main()
