"""A run on several machines, made up: whose blocks they are, how fast and how noisy each is, and on which of them a strategy
does otherwise is said; everything else is drawn by the number of the host and its blocks, whatever it is called.

hosts.py FOLDER [HOST=BLOCKS[,kind=K][,slow=TIMES][,noise=TIMES][,planted=TIMES]] …

Hosts run a block each in turn, as long as they have some. `slow` is what all of a host's times are multiplied by, `noise` how far
they scatter beyond the usual 2%, `planted` what the strategy `planted` takes in graph. A host without a name is said as `=6`.
"""
import csv
import json
import math
import os
import random
import sys

WORKLOADS = {"graph": "classic", "lines": "real", "lists": "micro", "maps": "micro", "queue": "technique", "sets": "technique",
             "text": "real", "trees": "classic"}
STRATEGIES = {"base": 1, "twice": 2, "planted": 1.2, "near": 1.001}
SIZES = [1000, 10000]

folder, *asked = sys.argv[1:]
os.makedirs(folder)
with open("tests/data/summary/trials.csv", newline="") as file:
    columns = next(csv.reader(file))


class Host:
    def __init__(self, number, said):
        self.name, _, rest = said.partition("=")
        blocks, *more = rest.split(",")
        more = dict(option.split("=") for option in more)
        self.number, self.blocks, self.kind = number, int(blocks), more.get("kind", "a")
        self.slow, self.noise = float(more.get("slow", 1)), float(more.get("noise", 1))
        self.planted = float(more.get("planted", 1))

    def work_s(self, chance, strategy, workload, size):
        usual = 0.02 * size / 1000 * STRATEGIES[strategy] * self.slow
        usual *= self.planted if (strategy, workload) == ("planted", "graph") else 1
        return usual * math.exp(chance.gauss(0, 0.02 * self.noise))

    def trials(self, block, turn):
        chance = random.Random(self.number * 10000 + turn)
        cells = [(s, w, n, c) for w in WORKLOADS for n in SIZES for s in STRATEGIES for c in [0, 1][:1 + (s == "base")]]
        for position, (strategy, workload, size, control) in enumerate(cells, 1):
            work = self.work_s(chance, strategy, workload, size)
            yield dict(
                block=block, position=position, strategy=strategy, workload=workload, variant="main", size=size, seed=1,
                allocator="libc", control=control, status="ok", checksum=7, operations=size, wall_s=f"{work + .001:.9f}",
                user_s=f"{work:.9f}", system_s=0.001, repeats=1, work_s=f"{work:.9f}", work_cpu_s=f"{work * .99:.9f}",
                teardown_s=0.001, peak_rss_kib=2000 + size * (2 if strategy == "twice" else 1), figures="found=3",
                started_s=block * 100 + position, teardown_cpu_s=0.001, collect_s=f"{work / 5:.9f}", involuntary=3, steal_s=0,
                load=1, host=self.name)


hosts = [Host(number, said) for number, said in enumerate(asked)]
with open(f"{folder}/trials.csv", "w", newline="") as file:
    rows = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    rows.writeheader()
    block = 0
    for turn in range(max(host.blocks for host in hosts)):
        for host in hosts:
            if turn < host.blocks:
                block += 1
                rows.writerows(host.trials(block, turn))

said = {host.name: {"kind": {"cpu": host.kind}, "fingerprint": f"{ord(host.kind[0]):012x}"} for host in hosts if host.name}
manifest = {"run": "made up", "classes": WORKLOADS, "started": "2026-01-02T03:04:05Z", "commit": "0123456789abcdef",
            "parameters": {"mode": "full", "strategies": list(STRATEGIES), "workloads": list(WORKLOADS), "baseline": "base",
                           "inputs": {}, "seed": 1, "blocks": block, "time_limit_s": 20, "memory_limit_mib": 4096}}
with open(f"{folder}/manifest.json", "w") as file:
    json.dump(manifest | ({"hosts": said} if said else {}), file, indent=2)
