#!/usr/bin/python3
"""Runs the Python twins of tests/twins/ and their workloads side by side, and says where the C model of Python's memory
management agrees with Python's: make twins.

    twins.py BUILD FOLDER [--twins FOLDER] [--rounds N] [--scale X] [WORKLOAD ...]
    twins.py --table FOLDER

Writes twins.csv, a row for each workload, variant, size and side (a strategy, or `python`), and agreement.csv, a row for each
question, and prints the tables of docs/twins.md, which --table makes of an earlier run. Ends with 1 if an answer is wrong or a
twin fails; that C and Python behave otherwise is a result.
"""

import argparse
import csv
import itertools
import math
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict

MODELS = ["refcount_cycle", "cpython"]
PYTHON = "python"
SEED = 1
TIE = 1.05             # times and memories closer than this are in no order
SLOPE = 0.1            # the most by which two slopes agree
LEAST_S = 0.001        # less time than this is nothing to compare
LEAST_KIB = 1024       # less memory than this is noise: pages, the C library's buffers, an interpreter's free lists
LIMIT_S = 600          # no run takes longer
COUNTS = 0.01          # the most by which two counts agree, as a part; one more or less always does
COLUMNS = ["workload", "variant", "strategy", "size", "seed", "status", "reason", "checksum", "operations", "work_cpu_s",
           "start_rss_kib", "peak_rss_kib", "memory_kib", "collections", "collected", "figures", "python"]
TOO_SMALL = "too small"
VERDICTS = ["agrees", "disagrees", TOO_SMALL]
QUESTIONS = ["workload", "variant", "strategy", "question", "python", "c", "verdict"]

failures = []


def fail(sentence):
    failures.append(sentence)
    print(f"twins: {sentence}", file=sys.stderr)


# ---- Running ------------------------------------------------------------------------------------------------------------


def output(*command):
    """What a command printed, or None and a failure that names it."""
    command = [str(word) for word in command]
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=LIMIT_S)
    except (OSError, UnicodeError, subprocess.TimeoutExpired) as error:
        return fail(f"{' '.join(command)}: {error}")
    if done.returncode == 0:
        return done.stdout
    last = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
    return fail(f"{' '.join(command)}: exit status {done.returncode}: {last}")


def table(text):
    return list(csv.DictReader(text.splitlines()))


def measured(text, who):
    """The row of a run, or None and a failure: what is no row of figures is not believed."""
    try:
        row = table(text)[0]
        float(row["work_cpu_s"]), int(row["checksum"]), int(row["peak_rss_kib"])
        return row
    except (IndexError, KeyError, TypeError, ValueError, csv.Error):
        return fail(f"{who} printed no row of a run: {text[:80]!r}")


def described(cell):
    """The variants of a cell, each once, under the usual allocator."""
    rows = {}
    for row in table(output(cell, "--describe") or ""):
        rows.setdefault(row["variant"], row)
    return rows


def run_cell(cell, variant, size):
    header = output(cell, "--header")
    row = header and output(cell, "-v", variant, "-n", size, "-s", SEED, "-r", 1)
    return row and measured(header + row, cell)


def run_twin(twin, variant, size, given):
    row = output(sys.executable, "-B", twin, "--measure", variant, size, SEED, *([given] if given else []))
    return row and measured(row, twin)


def best(runs):
    """The run that took the least time, and the least peak of any; None if one failed."""
    if not all(runs):
        return None
    quickest = min(runs, key=lambda run: float(run["work_cpu_s"]))
    return quickest | {"peak_rss_kib": min(int(run["peak_rss_kib"]) for run in runs)}


def census(build, strategy, workload, variant, size):
    with tempfile.TemporaryDirectory() as folder:
        if not output(f"{build}/counted/{strategy}/{workload}", "-v", variant, "-n", size, "-s", SEED, "--profile", folder):
            return None
        with open(f"{folder}/census.csv") as file:
            return next(csv.DictReader(file))


def counts(build, strategy, workload, variant, size):
    """Collections of the work, and how many objects the collector freed: those that counting alone leaves alive, and it not."""
    collecting = census(build, strategy, workload, variant, size)
    counting = collecting and census(build, "refcount", workload, variant, size)
    if not counting:
        return {}
    return {"collections": collecting["collections"],
            "collected": int(counting["live_objects"]) - int(collecting["live_objects"])}


# ---- Sizes --------------------------------------------------------------------------------------------------------------


def sizes(quick, depth, scale):
    """Three, of which each has about twice the operations of the one before."""
    if depth:
        first = max(4, quick + round(math.log2(scale)))
        return [first, first + 1, first + 2]
    first = max(1, int(quick * scale))
    return [first, 2 * first, 4 * first]


# ---- Measuring ----------------------------------------------------------------------------------------------------------


class Bench:
    def __init__(self, options):
        self.options = options
        self.build = options.build
        idle = {s: run_cell(self.cell(s, "sequence"), "generator", 1) for s in MODELS if self.runs(s, "sequence", "generator")}
        if not all(idle.values()) or not idle:
            sys.exit("twins: without sequence, of which each cell's memory is measured, nothing can be compared")
        self.start = {s: int(row["peak_rss_kib"]) for s, row in idle.items()}

    def cell(self, strategy, workload):
        return f"{self.build}/{strategy}/{workload}"

    def runs(self, strategy, workload, variant):
        about = described(self.cell(strategy, workload)).get(variant)
        return about is not None and about["status"] != "unsupported"

    def measure_variant(self, workload, about):
        """The rows of one variant, size by size."""
        variant, given = about["variant"], about["input"]
        models = [s for s in MODELS if self.runs(s, workload, variant)]
        three = sizes(int(about["quick"]), about["depth"] == "1", self.options.scale)
        for size in three:
            runs = defaultdict(list)
            for _ in range(self.options.rounds):
                runs[PYTHON].append(run_twin(f"{self.options.twins}/{workload}.py", variant, size, given))
                for s in models:
                    runs[s].append(run_cell(self.cell(s, workload), variant, size))
            sides = {side: best(some) for side, some in runs.items()}
            for side, row in sides.items():
                yield self.complete(row, sides[models[0]], workload, variant, side, size) | (
                    counts(self.build, side, workload, variant, size) if row and side in models and size == three[-1] else {})

    def complete(self, row, right, workload, variant, side, size):
        names = {"workload": workload, "variant": variant, "strategy": side, "size": size, "seed": SEED}
        if row is None:
            return names | {"status": "crash"}
        expected = right["checksum"] if right else "nothing"
        status = "ok" if row["checksum"] == expected else "wrong"
        if status == "wrong":
            fail(f"{workload}, {variant} of {size}: {side} answers {row['checksum']}, and the cell {expected}")
        more = {} if side == PYTHON else {"python": "NA"}
        start = int(row["start_rss_kib"]) if side == PYTHON else self.start[side]
        memory = {"start_rss_kib": start, "memory_kib": max(0, row["peak_rss_kib"] - start)}
        return row | more | names | memory | {"status": status}

    def measure(self, workload):
        for about in described(self.cell(MODELS[0], workload)).values():
            if about["status"] == "unsupported":
                yield {"workload": workload, "variant": about["variant"], "strategy": MODELS[0], "status": "unsupported",
                       "reason": about["reason"]}
            else:
                yield from self.measure_variant(workload, about)


# ---- Comparing ----------------------------------------------------------------------------------------------------------


def slope(rows, column):
    """Of the logarithm of a column over that of the operations, by least squares; over the size's, where all sizes have as many
    operations. None where there are no three sizes."""
    points = [(math.log(work), math.log(value)) for work, value in figures_of(rows, column)]
    if len(points) < 3:
        return None
    x, y = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    return sum((p[0] - x) * (p[1] - y) for p in points) / sum((p[0] - x) ** 2 for p in points)


def figures_of(rows, column):
    least = LEAST_KIB if column == "memory_kib" else 1e-6
    work = "operations" if len({row["operations"] for row in rows}) == len(rows) else "size"
    return [(int(row[work]), max(least, float(row[column]))) for row in rows if row["operations"] != "NA"]


def growth(workload, variant, model, python, cells):
    for column, what in (("work_cpu_s", "slope of time"), ("memory_kib", "slope of memory")):
        a, b = slope(python, column), slope(cells, column)
        if a is not None and b is not None:
            begins = column == "memory_kib" and (begins_in_noise(python) or begins_in_noise(cells))
            yield question(workload, variant, model, what, f"{a:.2f}", f"{b:.2f}",
                           TOO_SMALL if begins else verdict(abs(a - b) <= SLOPE, column, python[0], cells[0]))


def begins_in_noise(rows):
    """Its memory grows to what can be compared from what cannot: its slope depends on where that ends."""
    return int(rows[0]["memory_kib"]) < LEAST_KIB <= int(rows[-1]["memory_kib"])


def at_one_size(*sides):
    """The row of each side at the largest size at which none has failed; none where there is no such size."""
    common = set.intersection(*({row["size"] for row in rows} for rows in sides))
    return [next(row for row in rows if row["size"] == max(common)) for rows in sides] if common else []


def collected(workload, variant, model, python, cells):
    rows = at_one_size(python, cells)
    for column in ("collections", "collected"):
        values = [row.get(column, "NA") for row in rows]
        if rows and "NA" not in values:
            a, b = map(int, values)
            yield question(workload, variant, model, column, a, b, verdict(abs(a - b) <= max(1, COUNTS * max(a, b))))


def order(workload, model, python, cells):
    """Of each two variants, at the largest size, which one takes more."""
    for one, other in itertools.combinations(python, 2):
        rows = at_one_size(python[one], python[other], cells[one], cells[other])
        for column, what, form in (("work_cpu_s", "time", "{:.3f} s"), ("memory_kib", "memory", "{:.0f} KiB")) if rows else ():
            values = [max(1e-6, float(row[column])) for row in rows]
            a, b = values[:2], values[2:]
            yield question(workload, f"{one} / {other}", model, f"which needs more {what}",
                           " / ".join(map(form.format, a)), " / ".join(map(form.format, b)),
                           verdict(not opposed(a, b, column), column, *rows))


def opposed(a, b, column):
    """Each a pair of figures: the first two are in one order, the others in the other."""
    def sign(x, y):
        tied = max(x, y) < TIE * min(x, y) or column == "memory_kib" and abs(x - y) < LEAST_KIB
        return 0 if tied else 1 if x > y else -1
    return sign(*a) * sign(*b) < 0


def verdict(agrees, column=None, *rows):
    """A time that the clock hardly sees decides nothing."""
    if column == "work_cpu_s" and any(float(row[column]) < LEAST_S for row in rows):
        return TOO_SMALL
    return "agrees" if agrees else "disagrees"


def question(*values):
    return dict(zip(QUESTIONS, values))


def agreement(rows):
    """Every question about one workload."""
    sides = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["status"] == "ok":
            sides[row["strategy"]][row["variant"]].append(row)
    for row in rows:  # a twin counts no operations: they are the cell's
        if row["strategy"] == PYTHON and row["status"] == "ok":
            row["operations"] = next((r["operations"] for r in rows if r["strategy"] != PYTHON and r["status"] == "ok" and
                                      (r["variant"], r["size"]) == (row["variant"], row["size"])), "NA")
    python = sides[PYTHON]
    for model in MODELS:
        cells = {v: r for v, r in sides[model].items() if v in python}
        for v in cells:
            yield from growth(row["workload"], v, model, python[v], cells[v])
            yield from collected(row["workload"], v, model, python[v], cells[v])
        yield from order(row["workload"], model, {v: python[v] for v in cells}, cells)


# ---- Writing ------------------------------------------------------------------------------------------------------------


def write(path, columns, rows):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="NA", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def told(question):
    """What C came to, if it was asked."""
    return f"**{question['c']}**" if question.get("verdict") == "disagrees" else question.get("c", "")


def print_table(columns, rows):
    print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    print()


def show_verdicts(questions):
    """How many of each question came to which verdict."""
    counted = Counter((q["question"], q["verdict"]) for q in questions)
    print_table(["question", *VERDICTS],
                [[asked, *(counted[asked, v] for v in VERDICTS)] for asked in dict.fromkeys(q["question"] for q in questions)])


def show_disagreements(questions):
    """A row for each question on which a model disagrees, with what the other one came to."""
    asked = defaultdict(dict)
    for q in questions:
        asked[q["workload"], q["variant"], q["question"]][q["strategy"]] = q
    print_table(["workload", "variant", "question", "Python", *MODELS],
                [[*names, next(iter(models.values()))["python"], *(told(models.get(m, {})) for m in MODELS)]
                 for names, models in asked.items() if any(q["verdict"] == "disagrees" for q in models.values())])


def show(questions):
    show_verdicts(questions)
    print("What disagrees, in bold:\n")
    show_disagreements(questions)


def read(path):
    with open(path) as file:
        return list(csv.DictReader(file))


def main():
    parser = argparse.ArgumentParser(description="the Python twins against their workloads")
    parser.add_argument("build", nargs="?")
    parser.add_argument("folder", nargs="?")
    parser.add_argument("workloads", nargs="*")
    parser.add_argument("--twins", default="tests/twins")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, of which the least counts")
    parser.add_argument("--scale", type=float, default=1, help="of the sizes")
    parser.add_argument("--table", metavar="FOLDER", help="print the tables of a run that there is already")
    options = parser.parse_args()
    if options.table:
        show(read(f"{options.table}/agreement.csv"))
        return 0
    if not options.folder:
        parser.error("wants a build and a folder for the results")
    known = sorted(file[:-2] for file in os.listdir("workloads") if file.endswith(".c"))
    there = [w for w in options.workloads or known if os.path.exists(f"{options.twins}/{w}.py")]
    for workload in sorted({*options.workloads} - {*there}):
        print(f"twins: {workload} has no twin in {options.twins}", file=sys.stderr)
    bench = Bench(options)
    rows, questions = [], []
    for workload in there:
        print(f"twins: {workload}", file=sys.stderr)
        rows += (new := list(bench.measure(workload)))
        questions += agreement(new)
        os.makedirs(options.folder, exist_ok=True)
        write(f"{options.folder}/twins.csv", COLUMNS, rows)
        write(f"{options.folder}/agreement.csv", QUESTIONS, questions)
    show(questions)
    for sentence in failures:
        print(f"twins: {sentence}")
    return 1 if failures or not rows else 0


sys.exit(main())
