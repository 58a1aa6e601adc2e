#!/usr/bin/env python3
"""trust.py RUN RUN: rows of a table about two runs of the same: how often a difference is claimed where there is none, and
whether both claim the same. A difference is claimed when its interval excludes 1 and it lies outside of the A/A band; the band
is the other run's, for a run's own band has 95 in 100 of its own controls by its making."""
import csv
import math
import sys

KEY = ("strategy", "workload", "variant", "size", "input", "settings", "allocator", "control", "metric")
METRICS = ["work_cpu_s", "total_cpu_s", "wall_s", "peak_rss_kib"]


def rows_of(file):
    with open(file, newline="") as opened:
        return list(csv.DictReader(opened))


class Run:
    def __init__(self, folder):
        self.rows = {}
        for row in rows_of(f"{folder}/summary.csv"):
            key = tuple(row[c] for c in KEY)
            if "NA" not in (row["ratio"], row["ratio_lo"], row["ratio_hi"]):
                self.rows[key] = row
        self.band = {row["metric"]: float(row["band"]) for row in rows_of(f"{folder}/noise.csv") if row["band"] != "NA"}
        self.baseline = next(key[0] for key in self.rows if key[7] == "1")

    def controls(self, metric):
        return [row for key, row in self.rows.items() if key[7] == "1" and key[8] == metric]

    def others(self, metric):
        return {key: row for key, row in self.rows.items() if key[7] == "0" and key[8] == metric and key[0] != self.baseline}


def excludes_1(row):
    return float(row["ratio_lo"]) > 1 or float(row["ratio_hi"]) < 1


def is_claimed(row, band):
    return excludes_1(row) and abs(math.log(float(row["ratio"]))) > math.log(band)


def share(part, whole):
    return f"{part} of {whole}, {100 * part / whole:.1f}%" if whole else "NA"


def say(what, figure, wanted):
    print(f"| {what} | {figure} | {wanted} |")


def say_false_positives(runs, metric):
    pairs = [(row, other.band[metric]) for run, other in (runs, runs[::-1]) for row in run.controls(metric)]
    told_apart = sum(excludes_1(row) for row, _ in pairs)
    claimed = sum(is_claimed(row, band) for row, band in pairs)
    say(f"A/A, `{metric}`: a difference is claimed where there is none", share(claimed, len(pairs)), "at most 5%")
    say(f"A/A, `{metric}`: the interval alone excludes 1", share(told_apart, len(pairs)), "near 5%")
    say(f"A/A, `{metric}`: the band, of each run", " and ".join(f"{100 * (run.band[metric] - 1):.1f}%" for run in runs), "")


def say_agreement(runs, metric):
    first, second = (run.others(metric) for run in runs)
    verdicts = [(first[key]["verdict"], second[key]["verdict"]) for key in first if key in second]
    claimed = [pair for pair in verdicts if {"less", "more"} & set(pair)]
    agreed = sum(a == b for a, b in claimed)
    opposed = sum({a, b} == {"less", "more"} for a, b in claimed)
    twice = f"the same run twice, `{metric}`"
    say(f"{twice}: differences that both claim, of those that either claims", share(agreed, len(claimed)), "")
    say(f"{twice}: one claims the opposite of the other", share(opposed, len(claimed)), "0")


def main():
    runs = tuple(Run(folder) for folder in sys.argv[1:3])
    for metric in METRICS:
        say_false_positives(runs, metric)
    for metric in METRICS:
        say_agreement(runs, metric)


main()
