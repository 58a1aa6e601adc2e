"""A run of 100,000 trials made up, with every column, and what summarising it costs.

large.py FOLDER [BUILD]: makes the run; with BUILD it is summarised there, within the bars below, and a line says so.
"""
import json
import math
import os
import random
import resource
import subprocess
import sys

MOST_CPU_S = 7  # of the 10 for summarising and drawing; it takes 3.5, and 5 where vectors are short (no AVX2)
MOST_MIB = 200

BLOCKS, VARIANTS = 90, 85
SERIES = [(f"strategy_{i}", "") for i in range(11)] + [("strategy_0", "threshold=2000")]
CLASSES = ["technique", "real", "classic", "stress", "micro"]
CELL = "block position strategy workload variant size seed input settings allocator control"
PLAN = f"{CELL} expected expected_operations unsupported"
TRIALS = f"""{CELL} status reason checksum operations wall_s user_s system_s repeats work_s work_cpu_s teardown_s peak_rss_kib
    figures started_s teardown_cpu_s collect_s involuntary steal_s load"""

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
                  f"{work / 7:.6f},{work / 5:.9f},3,0,1", file=trials)

json.dump({
    "run": "large", "classes": {f"workload_{i // 2}": CLASSES[i % 5] for i in range(VARIANTS)}, "host_kind": "made up",
    "started": "2026-01-02T03:04:05Z", "commit": "0123456789abcdef",
    "parameters": {"mode": "full", "strategies": sorted({s for s, _ in SERIES}), "workloads": [], "baseline": "strategy_0",
                   "inputs": {}, "seed": 1, "blocks": BLOCKS, "time_limit_s": 20, "memory_limit_mib": 4096},
}, open(f"{folder}/manifest.json", "w"), indent=2)

if len(sys.argv) > 2:
    failed = subprocess.run([f"{sys.argv[2]}/reclaim", "summarise", folder]).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, mib = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    well = not failed and cpu <= MOST_CPU_S and mib <= MOST_MIB
    print("ok" if well else "not ok", f"- {BLOCKS * len(cells)} trials are summarised in {cpu:.1f} of {MOST_CPU_S} s of "
          f"processor time and {mib:.0f} of {MOST_MIB} MiB")
    sys.exit(not well)
