"""A run of 100,000 trials made up, with every column, and what it costs to derive from it all that is derived.

large.py FOLDER [BUILD]: makes the run; with BUILD its summary, claims, charts and page are made there, within the bars below,
and a line says so.
"""
import json
import math
import os
import random
import resource
import subprocess
import sys
from time import monotonic

# All within 10 s on a machine that does nothing else. On one that does, the time of the processors is no less than that would
# be.
MOST_S = 10
MOST_MIB = 200
TRIES = 3
AT_ONCE = 3  # processes: one, and two of gnuplot. None is larger than the largest, which is all that the system tells

BLOCKS, VARIANTS = 90, 85
SERIES = [(f"strategy_{i}", "") for i in range(11)] + [("strategy_0", "threshold=2000")]
CLASSES = ["technique", "real", "classic", "stress", "micro"]
CELL = "block position strategy workload variant size seed input settings allocator control"
PLAN = f"{CELL} expected expected_operations unsupported"
TRIALS = f"""{CELL} status reason checksum operations wall_s user_s system_s repeats work_s work_cpu_s teardown_s peak_rss_kib
    figures started_s teardown_cpu_s collect_s involuntary steal_s load host"""

folder = sys.argv[1]
os.makedirs(folder)
chance = random.Random(1)
cells = []
for i in range(VARIANTS):
    usual = 0.05 * (i + 1) ** 0.5
    for strategy, settings in SERIES + [("strategy_0", "control")]:
        control = settings == "control"
        time = usual * (1 if strategy == "strategy_0" else chance.uniform(0.5, 3))
        cells.append((strategy, f"workload_{i // 2}", f"variant_{i % 2}", 1000 * (i + 1), "" if control else settings,
                      int(control), time))

with open(f"{folder}/plan.csv", "w") as plan, open(f"{folder}/trials.csv", "w") as trials:
    print(*PLAN.split(), sep=",", file=plan)
    print(*TRIALS.split(), sep=",", file=trials)
    started = 0.0
    for block in range(1, BLOCKS + 1):
        chance.shuffle(cells)
        for position, (strategy, workload, variant, size, settings, control, time) in enumerate(cells, 1):
            cell = f"{block},{position},{strategy},{workload},{variant},{size},1,,{settings},glibc,{control}"
            print(f"{cell},{size * 7},{size},", file=plan)
            work = time * math.exp(chance.gauss(0, 0.05))
            started += work
            print(f"{cell},ok,,{size * 7},{size},{work + 0.001:.9f},{work:.6f},{work / 9:.6f},1,{work:.9f},{work * 0.99:.6f},"
                  f"{work / 7:.9f},{chance.randrange(2000, 90000)},longest_ns={int(work * 1e6)};found={size},{started:.6f},"
                  f"{work / 7:.6f},{work / 5:.9f},3,0,1,", file=trials)

json.dump({
    "run": "large", "classes": {f"workload_{i // 2}": CLASSES[i % 5] for i in range(VARIANTS)}, "host_kind": "made up",
    "started": "2026-01-02T03:04:05Z", "commit": "0123456789abcdef",
    "parameters": {"mode": "full", "strategies": sorted({s for s, _ in SERIES}), "workloads": [], "baseline": "strategy_0",
                   "inputs": {}, "seed": 1, "blocks": BLOCKS, "time_limit_s": 20, "memory_limit_mib": 4096},
}, open(f"{folder}/manifest.json", "w"), indent=2)



def cpu_of_children_s():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def derive(build):
    """Whether it went well, and how long it took: by the clock, and by that of the processors."""
    begun, cpu_begun = monotonic(), cpu_of_children_s()
    failed = subprocess.run([f"{build}/reclaim", "report", folder], stdout=subprocess.DEVNULL).returncode
    return not failed, monotonic() - begun, cpu_of_children_s() - cpu_begun


if len(sys.argv) > 2:
    for _ in range(TRIES):
        well, wall_s, cpu_s = derive(sys.argv[2])
        if not well or min(wall_s, cpu_s) <= MOST_S:
            break
    pictures = sum(name.endswith(".svg") for name in os.listdir(f"{folder}/charts")) if well else 0
    mib = AT_ONCE * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    well = well and min(wall_s, cpu_s) <= MOST_S and mib <= MOST_MIB
    print("ok" if well else "not ok", f"- {BLOCKS * len(cells)} trials are summarised and drawn, {pictures} pictures, in "
          f"{wall_s:.1f} s, {cpu_s:.1f} of a processor, of {MOST_S}, and at most {mib:.0f} of {MOST_MIB} MiB")
    sys.exit(not well)
