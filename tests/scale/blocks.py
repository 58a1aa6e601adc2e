#!/usr/bin/env python3
"""A run on several machines, made up of the cells of results/sample: plan.csv, manifest.json and blocks/, as they are left by
`reclaim bench --pilot` and `--shard`, for `reclaim merge`.

blocks.py FOLDER [--hosts N] [--blocks-per-host K] [--workloads "a b"] [--seed n]

1,000 hosts of 5 blocks are 10 million rows: 6 GB with what merge makes of them. Host n1 has the blocks 1, N + 1, 2N + 1 and so
on. The times of a row are those of one of the sample's trials of its cell, a twentieth more or less, times how fast its host is;
there are SPEEDS of that and VARIANTS of a cell's trials, for what is formatted a million times takes minutes.
"""
import argparse
import csv
import hashlib
import json
import math
import os
import random

SAMPLE = "results/sample"
SPEEDS, VARIANTS = 5, 4
TIMES = ["wall_s", "user_s", "system_s", "work_s", "work_cpu_s", "teardown_s", "teardown_cpu_s", "collect_s"]
HICCUPS = "moment,started_s,spun_s,hiccups,lost_s,p99_ns,worst_ns,host"

options = argparse.ArgumentParser()
options.add_argument("folder")
options.add_argument("--hosts", type=int, default=3)
options.add_argument("--blocks-per-host", type=int, default=2)
options.add_argument("--workloads", default="")
options.add_argument("--seed", type=int, default=1)
asked = options.parse_args()
chance = random.Random(asked.seed)
blocks = asked.hosts * asked.blocks_per_host


def rows(name):
    with open(f"{SAMPLE}/{name}", newline="") as file:
        header, *lines = csv.reader(file)
    return header, [dict(zip(header, line)) for line in lines]


def written(values):
    """A line of CSV, without its end."""
    quoted = [f'"{v}"' if set(v) & set(',"\n') else v for v in (value.replace('"', '""') for value in values)]
    return ",".join(quoted)


def slowed(trial, times):
    """What a row has behind its cell, but for its host."""
    return written(f"{float(trial[name]) * times:.10g}" if name in TIMES and trial[name] != "NA" else trial[name]
                   for name in tail_columns)


plan_header, planned = rows("plan.csv")
trial_header, trials = rows("trials.csv")
cell_columns = [name for name in plan_header if name in trial_header][2:]
tail_columns = [name for name in trial_header if name not in plan_header and name != "host"]
wanted = asked.workloads.split()
cells = {}
for row in planned:
    if row["block"] == "1" and (not wanted or row["workload"] in wanted):
        key = written(row[name] for name in cell_columns)
        cells[key] = (written(row[name] for name in plan_header if name not in trial_header), [])
for trial in trials:
    key = written(trial[name] for name in cell_columns)
    if key in cells:
        cells[key][1].append(trial)


def tails_of(seen):
    """By speed, and then by variant: the noise is the same at all speeds, so hosts are of one mind about ratios."""
    noisy = [(chance.choice(seen), math.exp(chance.gauss(0, 0.05))) for _ in range(VARIANTS)]
    return [[slowed(trial, noise * (1 + 0.1 * speed)) for trial, noise in noisy] for speed in range(SPEEDS)]


made = [(key, expected, tails_of(seen)) for key, (expected, seen) in cells.items()]

os.makedirs(f"{asked.folder}/blocks")
digest = hashlib.sha256()
with open(f"{asked.folder}/plan.csv", "w") as plan:
    def tell(lines):
        plan.write(lines)
        digest.update(lines.encode())

    tell(",".join(plan_header) + "\n")
    for block in range(1, blocks + 1):
        host = (block - 1) % asked.hosts + 1
        speed = host % SPEEDS
        folder = f"{asked.folder}/blocks/{block:04}"
        os.mkdir(folder)
        chance.shuffle(made)
        tell("".join(f"{block},{position},{key},{expected}\n" for position, (key, expected, _) in enumerate(made, 1)))
        with open(f"{folder}/trials.csv", "w") as out:
            variant = chance.randrange(VARIANTS)
            out.write(",".join(trial_header) + "\n")
            out.write("".join(f"{block},{position},{key},{tails[speed][(variant + position) % VARIANTS]},n{host}\n"
                              for position, (key, _, tails) in enumerate(made, 1)))
        with open(f"{folder}/hiccups.csv", "w") as out:
            print(HICCUPS, f"before,{block},2,100,0.001,5000,20000,n{host}", f"after,{block + 1},2,100,0.001,5000,20000,n{host}",
                  sep="\n", file=out)

with open(f"{SAMPLE}/manifest.json") as file:
    manifest = json.load(file)
manifest["run"] = os.path.basename(asked.folder)
manifest["plan_sha256"] = digest.hexdigest()
manifest["parameters"]["blocks"] = blocks
manifest["parameters"]["workloads"] = wanted or manifest["parameters"]["workloads"]
manifest["ended"] = None
with open(f"{asked.folder}/manifest.json", "w") as file:
    json.dump(manifest, file, indent=2)

of_host = ["host_kind", "commit", "dirty", "compiler", "flags", "pinned", "tools", "machine", "cells_sha256", "plan_sha256"]
for block in range(1, blocks + 1):
    host = (block - 1) % asked.hosts + 1
    facts = {"host": f"n{host}", "attempt": f"{chance.getrandbits(64):016x}", "block": block,
             "started": f"2026-11-22T{block // 3600 % 24:02}:{block // 60 % 60:02}:{block % 60:02}Z",
             "ended": f"2026-11-22T{(block + 60) // 3600 % 24:02}:{(block + 60) // 60 % 60:02}:{block % 60:02}Z",
             **{name: manifest[name] for name in of_host},
             "kind": {"cpu": "made up", "speed": host % SPEEDS}, "fingerprint": "0123456789ab", "clock_offset_s": 0.25,
             "load": [0.5, 0.5, 0.5], "load_at_end": [1, 1, 1], "steal_s": 0, "steal_s_at_end": 0}
    facts["machine"] = {**facts["machine"], "kernel": f"Linux {host % SPEEDS}"}
    with open(f"{asked.folder}/blocks/{block:04}/host.json", "w") as file:
        json.dump(facts, file, indent=2)
