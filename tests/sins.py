#!/usr/bin/env python3
"""sins.py BUILD RUN: the run is free of the sins below, and each is found when it is planted in a copy of the run's rows.

A check is given the run's rows and returns what is wrong, or None. Prints `ok - …` or `not ok - …` for each."""
import copy
import csv
import itertools
import json
import os
import shutil
import subprocess
import sys

CLOCK_READS_NS = 10 * 20      # nothing shorter is reported; one reading takes some 20 ns
PARENT_BYTES = 400 << 20
TYPES = {"ok", "wrong", "crash", "timeout", "oom", "unsupported"}


def rows_of(file):
    with open(file, newline="") as opened:
        return list(csv.DictReader(opened))


def cell(row):
    return tuple(row[c] for c in ("strategy", "workload", "variant", "allocator", "settings", "size", "control"))


def described(build, parameters):
    """What every cell of the run says that it has: strategy, workload, variant, allocator."""
    there = set()
    for strategy, workload in itertools.product(parameters["strategies"], parameters["workloads"]):
        said = subprocess.run([f"{build}/{strategy}/{workload}", "--describe"], capture_output=True, text=True, check=True)
        rows = csv.DictReader(said.stdout.splitlines())
        there |= {(r["strategy"], r["workload"], r["variant"], r["allocator"]) for r in rows}
    return there


# ---- The checks ------------------------------------------------------------------------------------------------------------


def hidden_losers(run):
    """Every strategy x workload x variant is in every block and in the summary, ok or with a reason of a known type."""
    blocks = {}
    for trial in run["trials"]:
        blocks.setdefault(trial["block"], set()).add(cell(trial))
        if trial["status"] not in TYPES or (trial["status"] != "ok") != bool(trial["reason"]):
            return f"{cell(trial)}: {trial['status']} for the reason '{trial['reason']}'"
    blocks["summary"] = {cell(row) for row in run["summary"]}
    everywhere = set.union(*blocks.values())
    for name, there in blocks.items():
        for missing in (everywhere - there) or (run["described"] - {c[:4] for c in there}):
            return f"{name} has no {missing}"
    return None


def fixed_order(run):
    """Of two cells each comes first in about half of the blocks: between any two blocks a quarter of all pairs or more, and
    three at most, stand in the same order."""
    orders = {}
    for trial in run["trials"]:
        orders.setdefault(trial["block"], {})[cell(trial)] = int(trial["position"])
    for a, b in itertools.combinations(orders.values(), 2):
        pairs = list(itertools.combinations(a, 2))
        same = sum((a[x] < a[y]) == (b[x] < b[y]) for x, y in pairs) / len(pairs)
        if not 0.25 < same < 0.75:
            return f"{same:.0%} of the pairs of cells are in the same order in two blocks"
    return None


def different_work(run):
    """All that is ok and has the same to do has the same answer and the same operations."""
    done = {}
    for t in run["trials"]:
        if t["status"] == "ok":
            done.setdefault((t["workload"], t["size"], t["seed"], t["input"]), set()).add((t["checksum"], t["operations"]))
    return next((f"{work}: {ways}" for work, ways in done.items() if len(ways) > 1), None)


def below_the_clock(run):
    """What was timed took at least ten readings of the clock."""
    for t in run["trials"]:
        if t["status"] == "ok" and float(t["work_s"]) * int(t["repeats"]) * 1e9 < CLOCK_READS_NS:
            return f"{cell(t)}: the work took {t['work_s']} s"
    return None


def free_teardown(run):
    """Each row that is ok has what giving back took, by the wall and of the processor's time."""
    for t in run["trials"]:
        if t["status"] == "ok" and "NA" in (t["teardown_s"], t["teardown_cpu_s"]):
            return f"{cell(t)}: its teardown is not known"
    return None


# ---- The sins --------------------------------------------------------------------------------------------------------------


def first(rows, **wanted):
    return next(row for row in rows if all(row[c] == value for c, value in wanted.items()))


def lose_in_a_block(run):
    run["trials"].remove(first(run["trials"], strategy="boehm", block="2"))


def lose_everywhere(run):
    run["trials"] = [t for t in run["trials"] if t["strategy"] != "boehm" or t["variant"] != "objects"]


def lose_in_the_summary(run):
    run["summary"] = [s for s in run["summary"] if s["strategy"] != "stream" or s["status"] == "ok"]


def lose_the_reason(run):
    first(run["trials"], status="unsupported")["reason"] = ""


def order_by_name(run):
    for block in {t["block"] for t in run["trials"]}:
        ordered = sorted((t for t in run["trials"] if t["block"] == block), key=cell)
        for position, trial in enumerate(ordered):
            trial["position"] = str(position + 1)


def do_less(run):
    trial = first(run["trials"], status="ok", strategy="boehm")
    trial["operations"] = str(int(trial["operations"]) - 1)


def answer_otherwise(run):
    first(run["trials"], status="ok", strategy="boehm")["checksum"] = "1"


def take_no_time(run):
    first(run["trials"], status="ok", repeats="1")["work_s"] = "1.5e-07"


def forget_teardown(run):
    first(run["trials"], status="ok", strategy="boehm")["teardown_cpu_s"] = "NA"


SINS = [
    ("hidden losers", hidden_losers, [lose_in_a_block, lose_everywhere, lose_in_the_summary, lose_the_reason]),
    ("fixed order", fixed_order, [order_by_name]),
    ("different work", different_work, [do_less, answer_otherwise]),
    ("timing below the clock", below_the_clock, [take_no_time]),
    ("free teardown", free_teardown, [forget_teardown]),
]


def say(holds, name, what=None):
    print(f"ok - {name}" if holds else f"not ok - {name}: {what}")


def look_for_sins(run):
    for name, check, plants in SINS:
        complaint = check(run)
        say(complaint is None, f"{name}: the run is free of it", complaint)
        for plant in plants:
            sinner = copy.deepcopy(run)
            plant(sinner)
            say(check(sinner), f"{name}: found where it is planted ({plant.__name__})", "it is not found")


def look_at_refusal(build, folder):
    """The program does not believe such rows, either."""
    sinner = folder + ".sinner"
    for name, plant in [("different work", do_less), ("free teardown", forget_teardown)]:
        shutil.rmtree(sinner, ignore_errors=True)
        shutil.copytree(folder, sinner)
        run = {"trials": rows_of(f"{sinner}/trials.csv")}
        plant(run)
        with open(f"{sinner}/trials.csv", "w", newline="") as out:
            writer = csv.DictWriter(out, run["trials"][0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(run["trials"])
        said = subprocess.run([f"{build}/reclaim", "summarise", sinner], capture_output=True, text=True)
        say(said.returncode == 2 and "trials.csv:" in said.stderr, f"{name}: such a trials.csv is refused", said.stderr)


def look_at_large_parent(build):
    """A process begins with the peak of its parent where the kernel counts it, and a cell must not tell that as its own."""
    ballast = bytearray(PARENT_BYTES)
    ballast[::4096] = b"\1" * len(ballast[::4096])
    reader, writer = os.pipe()
    command = [f"{build}/never/sequence", "-v", "generator", "-n", "1000"]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writer, 1)])
    usage = os.wait4(child, 0)[2]
    header = subprocess.run([command[0], "--header"], capture_output=True, text=True, check=True).stdout
    row = dict(zip(header.strip().split(","), os.read(reader, 4096).decode().strip().split(",")))
    peak_kib, charged_kib, parent_kib = int(row["peak_rss_kib"]), usage.ru_maxrss, len(ballast) >> 10
    say(charged_kib > parent_kib, "the parent's memory: the kernel charges a child of 400 MiB with it", f"{charged_kib} KiB")
    say(0 < peak_kib < parent_kib // 8, "the parent's memory: the cell's row does not have it", f"{peak_kib} KiB")


def main():
    build, folder = sys.argv[1:]
    with open(f"{folder}/manifest.json") as manifest:
        parameters = json.load(manifest)["parameters"]
    run = {"trials": rows_of(f"{folder}/trials.csv"), "summary": rows_of(f"{folder}/summary.csv"),
           "described": described(build, parameters)}
    look_for_sins(run)
    look_at_refusal(build, folder)
    look_at_large_parent(build)


main()
