#!/usr/bin/env python3
"""Runs that nobody made: trials of cells of results/sample, with noise like theirs and effects that are known.

compare.py FOLDER SEED BLOCKS [--cells N] [--drift RATIO] [--slower STRATEGY=RATIO] [--noise TIMES]

A cell of few milliseconds scatters by other shares than one of many: each gets residuals of the sample's cells that scatter
about as much as it does there. Blocks have a level of their own, and the run, too (--drift). Everything follows from SEED.
"""
import argparse
import collections
import csv
import json
import math
import os
import random
import statistics

GROUPS = 10  # of cells that scatter alike
BLOCK_SPREAD = 0.02
COLUMNS = ("block position strategy workload variant size seed input settings allocator control status reason checksum "
           "operations repeats work_cpu_s teardown_cpu_s peak_rss_kib").split()
FIGURES = ("work_cpu_s", "peak_rss_kib")


def read_cells():
    """The cells of the sample that were ok three times, in a fixed order: (its first row, {figure: logarithms})."""
    cells = collections.defaultdict(list)
    with open("results/sample/trials.csv", newline="") as file:
        for row in csv.DictReader(file):
            key = tuple(row[c] for c in COLUMNS[2:11])
            cells[key].append(row)
    whole = {key: rows for key, rows in cells.items() if len(rows) == 3 and all(r["status"] == "ok" for r in rows)}
    return [(whole[key][0], {f: [math.log(max(float(r[f]), 1e-7)) for r in whole[key]] for f in FIGURES})
            for key in sorted(whole)]


def grouped_residuals(cells, figure):
    """For each cell the residuals of the tenth of all cells that scatter as much; of three, they are too small by sqrt(2/3)."""
    order = sorted(range(len(cells)), key=lambda i: statistics.pstdev(cells[i][1][figure]))
    residuals = [None] * len(cells)
    for g in range(GROUPS):
        group = order[g * len(cells) // GROUPS:(g + 1) * len(cells) // GROUPS]
        pool = [(x - statistics.mean(cells[i][1][figure])) * math.sqrt(1.5) for i in group for x in cells[i][1][figure]]
        for i in group:
            residuals[i] = pool
    return residuals


def chosen(cells, wanted):
    """Whole works, until there are so many cells: what is compared stands together."""
    works = collections.defaultdict(list)
    for i, (row, _) in enumerate(cells):
        works[row["workload"], row["variant"], row["size"]].append(i)
    picked = []
    for key in sorted(works, key=lambda k: hash_of("/".join(k))):
        if len(picked) >= wanted:
            break
        picked += works[key]
    return sorted(picked)


def hash_of(text):
    return random.Random(text).random()


def trial(cell, block, noise, level, slower):
    row = {c: cell[0].get(c, "") for c in COLUMNS}
    factor = slower.get(row["strategy"], 1)
    time = math.exp(statistics.mean(cell[1]["work_cpu_s"]) + level + noise["work_cpu_s"]) * factor
    memory = math.exp(statistics.mean(cell[1]["peak_rss_kib"]) + noise["peak_rss_kib"])
    row.update(block=block, work_cpu_s="%.9f" % time, teardown_cpu_s="0.000001", peak_rss_kib=4 * round(memory / 4))
    return row


def make_trials(options):
    cells, slower = read_cells(), dict((s, float(r)) for s, r in (w.split("=") for w in options.slower))
    residuals = {f: grouped_residuals(cells, f) for f in FIGURES}
    rng, rows = random.Random(options.seed), []
    for block in range(1, options.blocks + 1):
        level, order = math.log(options.drift) + rng.gauss(0, BLOCK_SPREAD), chosen(cells, options.cells)
        rng.shuffle(order)
        for position, i in enumerate(order, 1):
            noise = {f: options.noise * rng.choice(residuals[f][i]) for f in FIGURES}
            rows.append(dict(trial(cells[i], block, noise, level, slower), position=position))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("seed", type=int)
    parser.add_argument("blocks", type=int)
    parser.add_argument("--cells", type=int, default=150)
    parser.add_argument("--drift", type=float, default=1)
    parser.add_argument("--noise", type=float, default=1)
    parser.add_argument("--slower", action="append", default=[])
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    with open(options.folder + "/trials.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(make_trials(options))
    with open("results/sample/manifest.json") as file:
        manifest = json.load(file)
    manifest["run"] = os.path.basename(options.folder)
    with open(options.folder + "/manifest.json", "w") as file:
        json.dump(manifest, file, indent=2)


if __name__ == "__main__":
    main()
