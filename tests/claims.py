"""What a run says to the claims of the articles, of runs that are made up here so that everybody knows what is true in them.

claims.py BUILD, from the project's root. Prints `ok - …` or `not ok - …`.
"""
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile

build = sys.argv[1]
BLOCKS = 12
failed = 0


def check(what, holds, found=""):
    global failed
    failed += not holds
    print(f"ok - {what}" if holds else f"not ok - {what}: {found}")


def columns(source, *tables):
    """The names of columns, in their order, from the tables in which the program has them."""
    text = open(source).read()
    return [name for table in tables for name in
            re.findall(r'\{ "(\w+)"', re.search(rf"{table}.*?(?=\n\n|\n\}};)", text, re.S).group())]


TRIAL = open("tests/data/summary/trials.csv").readline().strip().split(",")
IDENTITY = columns("harness/rows/cell_columns.h", "SERIES_COLUMNS", "COUNTED_COLUMNS")
CENSUS = IDENTITY + ["status", "reason"] + columns("harness/rows/count_rows.c", "OBJECT_COLUMNS", "TOTAL_COLUMNS")
RUNS = IDENTITY + ["run"] + columns("harness/rows/count_rows.c", "TOTAL_COLUMNS")
WAIT = IDENTITY + columns("harness/rows/count_rows.c", "latency_columns")
LEAK = IDENTITY + columns("harness/rows/count_rows.c", "LEAK_COLUMNS")
STOPS = IDENTITY + columns("harness/counts/pause_summary.c", r"Column columns\[\]")
CELL = dict(seed=1, input="", settings="", allocator="glibc")


class Run:
    """Trials of a baseline `refcount`, which is run twice, and of whatever else is added."""

    def __init__(self, noise=0.01, apart=1):
        """`apart`: what the baseline's second run takes by its first, which sets the A/A band."""
        self.random, self.noise, self.apart = random.Random(7), noise, apart
        self.trials, self.census, self.leaks, self.runs, self.waits, self.stops, self.position = [], [], [], [], [], [], 0

    def cell(self, strategy, workload, variant, size, time=1.0, memory=4000.0, figures="", status="ok", noise=None):
        for control in ("0", "1") if strategy == "refcount" else ("0",):
            by = self.apart if control == "1" else 1
            for block in range(1, BLOCKS + 1):
                self.position += 1
                s = by * time * self.random.lognormvariate(0, noise or self.noise)
                row = dict(CELL, block=block, position=self.position, strategy=strategy, workload=workload, variant=variant,
                           size=size, control=control, status=status, reason="" if status == "ok" else "it broke",
                           checksum="NA", operations="NA", figures="")
                if status == "ok":
                    kib = by * memory * self.random.lognormvariate(0, self.noise / 10)
                    row.update(checksum=1, operations=1000, repeats=1, wall_s=s, user_s=s, system_s=0, work_s=s, work_cpu_s=s,
                               teardown_s=0, teardown_cpu_s=0, peak_rss_kib=kib, figures=figures, started_s=self.position)
                self.trials.append(row)
        return self

    def count(self, strategy, workload, variant, size, leaks=(), pauses_ns=(), **counted):
        self.census.append(dict(CELL, strategy=strategy, workload=workload, variant=variant, size=size, status="ok", reason="",
                                **counted))
        for kind, line, size_ in leaks:
            self.leaks.append(dict(CELL, strategy=strategy, workload=workload, variant=variant, size=size, type=kind,
                                   file="a.c", line=line, objects=1, bytes=size_))
        for run, ns in enumerate(pauses_ns, 1):
            self.runs.append(dict(CELL, strategy=strategy, workload=workload, variant=variant, size=size, run=run,
                                  pause_longest_ns=ns))
        return self

    def write(self, folder):
        for name, header, rows in (("trials", TRIAL, self.trials), ("census", CENSUS, self.census),
                                   ("leaks", LEAK, self.leaks), ("pause_runs", RUNS, self.runs), ("latency", WAIT, self.waits),
                                   ("pause_summary", STOPS, self.stops)):
            with open(f"{folder}/{name}.csv", "w", newline="") as file:
                out = csv.DictWriter(file, header, restval="NA", lineterminator="\n", extrasaction="ignore")
                out.writeheader()
                out.writerows(rows)
        classes = {row["workload"]: "classic" for row in self.trials}
        json.dump({"classes": classes}, open(f"{folder}/manifest.json", "w"))

    def say(self):
        with tempfile.TemporaryDirectory() as folder:
            self.write(folder)
            for command in ("summarise", "claims"):
                subprocess.run([f"{build}/reclaim", command, folder], check=True)
            self.table = subprocess.run([f"{build}/reclaim", "table", folder], capture_output=True, text=True).stdout
            return [list(csv.DictReader(open(f"{folder}/{name}.csv", newline=""))) for name in ("claims", "findings")]


def of(rows, claim, strategy="refcount"):
    return [row for row in rows if row["claim"] == str(claim) and row["strategy"] == strategy]


def verdict(run, claim, strategy="refcount"):
    row = of(run.say()[0], claim, strategy)[0]
    return f"{row['verdict']} {row['condition']}".strip()


def memory_of_generators(*ratios, noise=0.01, strategy="refcount", run=None, workloads=("sequence",)):
    """At sizes 10, 100, …, where a generator takes that much of a list's memory."""
    run = run or Run(noise)
    for workload in workloads:
        for i, ratio in enumerate(ratios):
            run.cell(strategy, workload, "list", 10 ** (i + 1), memory=4000)
            run.cell(strategy, workload, "generator", 10 ** (i + 1), memory=4000 * ratio)
    return run


def met_in(run, claim, strategy="refcount"):
    return [row["met"] for row in of(run.say()[0], claim, strategy) if row["expected"]]


ALL_OF_CLAIM_1 = "sequence", "lines", "generators"


# ---- One claim, in runs in which the truth is known ------------------------------------------------------------------------

for what, ratios, expected in (
        ("what holds at all sizes is said of its case", (0.5, 0.5, 0.5), "holds when sequence"),
        ("what holds at none does not hold", (1.5, 1.5, 1.5), "does not hold"),
        ("the same on both sides is no gain", (1, 1, 1), "does not hold"),
        ("what holds from a size on says from which", (1, 1, 0.5), "holds when sequence from n = 1000 on"),
        ("and up to which", (0.5, 1, 1), "holds when sequence up to n = 10"),
        ("and when it comes and goes", (0.5, 1, 0.5), "holds when sequence at some of 3 sizes"),
):
    found = verdict(memory_of_generators(*ratios), 1)
    rest = f"{'; ' if 'when' in expected else ' '}not measured: lines, generators"
    check(what, found == expected + rest, found)

found = verdict(memory_of_generators(0.97, noise=3), 1)
check("what noise hides is not measured", found.startswith("not measured the differences are too small"), found)
found = verdict(Run().cell("refcount", "graph", "objects", 10), 1)
check("and so is what was not run", found == "not measured", found)
found = of(Run().cell("refcount", "graph", "objects", 10).say()[0], 1)[0]["sentence"]
check("which says what to run", 'make bench WORKLOADS="sequence lines generators"' in found, found)
found = verdict(Run().cell("refcount", "sequence", "list", 10).cell("refcount", "sequence", "generator", 10, status="crash"), 1)
check("a variant that fails is no evidence", found == "not measured not measured: sequence (crash), lines, generators", found)

one = Run(0.001)
one.cell("refcount", "json", "tree", 10).cell("arena", "json", "tree", 10)
one.count("refcount", "json", "tree", 10, cascades=1)
found = verdict(one, 9)
check("what is at most a tenth more is light", found == "holds when json; not measured: binary_trees, gcbench, shuffled, "
      "json: time by that of never at n = 10", found)
BLOCKS = 2
two = Run(0.001)
two.cell("refcount", "json", "tree", 10).cell("arena", "json", "tree", 10)
two.count("refcount", "json", "tree", 10, cascades=1)
check("two blocks say nothing", verdict(two, 9).startswith("not measured"), verdict(two, 9))
two = Run().cell("refcount", "json", "tree", 10).cell("arena", "json", "tree", 10)
two.count("refcount", "json", "tree", 10, frees=9, cascades=1)
row = next(row for row in two.say()[1] if row["kind"] == "choice")
check("nor how much is noise", row["band"] == "NA", row)
BLOCKS = 12

still = Run().cell("boehm", "gcbench", "top_down", 10).count("boehm", "gcbench", "top_down", 10, collections=5)
for median, lo, hi, expected in ((0.3, 0.2, 0.4, ["no"]), (0.02, 0.009, 0.03, ["cannot tell"]), (0.005, 0.004, 0.006, ["yes"]),
                                 ("NA", "NA", "NA", [])):
    still.stops = [dict(CELL, strategy="boehm", workload="gcbench", variant="top_down", size=10, n=3,
                        metric="collections_share", median=median, lo=lo, hi=hi)]
    found = met_in(still, 5, "boehm")
    check(f"a program that waits {median} of its time for the collector has it in the background: {expected}",
          found == expected, found)
still.census[0]["collections"] = 0
still.count("boehm", "gc_collect", "rounds", 10, collections=1)
found = verdict(still, 5, "boehm")
check("a program in which nothing is collected is not asked", found == "not measured", found)

# ---- What the run has no answer to -----------------------------------------------------------------------------------------

found = verdict(memory_of_generators(0.5, 0.5, workloads=ALL_OF_CLAIM_1), 1)
check("what holds in all cases, at all sizes, holds", found == "holds", found)
for what, cells, expected in (
        ("evidence that crashes is missed, be it for the claim", (("lines", 0.5, "ok"), ("generators", 0.5, "crash")),
         "holds when sequence, lines; not measured: generators (crash)"),
        ("or against it", (("lines", 2, "crash"), ("generators", 0.5, "ok")),
         "holds when sequence, generators; not measured: lines (crash)"),
        ("and beside what does not hold", (("lines", 2, "ok"), ("generators", 2, "oom")),
         "holds when sequence; not measured: generators (oom)"),
        ("also what a strategy cannot run", (("lines", 0.5, "unsupported"), ("generators", 0.5, "unsupported")),
         "holds when sequence; not measured: lines (unsupported), generators (unsupported)"),
):
    run = memory_of_generators(0.5)
    for workload, ratio, status in cells:
        run.cell("refcount", workload, "list", 10)
        run.cell("refcount", workload, "generator", 10, memory=4000 * ratio, status=status)
    rows = of(run.say()[0], 1)
    found = f"{rows[0]['verdict']} {rows[0]['condition']}"
    check(what, found == expected, found)
    check("the sentence says so too", rows[0]["sentence"].endswith(f"N{expected.split('; n')[1]}."), rows[0]["sentence"])
part = memory_of_generators(0.5, 0.5, workloads=ALL_OF_CLAIM_1)
part.cell("refcount", "lines", "list", 1000).cell("refcount", "lines", "generator", 1000, status="timeout")
found = verdict(part, 1)
check("one size that fails is named", found == "holds when sequence, lines, generators; not measured: lines: peak memory of "
      "generator by that of list at n = 1000 (timeout)", found)

# ---- What noise hides ------------------------------------------------------------------------------------------------------

# One control, or two, tell little of the noise: the band is several times what they differ by.
for ratio, expected in (0.8, "cannot tell"), (1.2, "cannot tell"), (1, "no"), (1.02, "no"), (20, "no"), (0.05, "yes"):
    found = met_in(memory_of_generators(ratio, run=Run(apart=1.5)), 1)
    check(f"where a program differs from itself by a half, {ratio} is below 1: {expected}", found == [expected], found)
for ratio, expected in (0.8, "cannot tell"), (1.2, "cannot tell"), (1.02, "yes"), (20, "no"), (0.05, "yes"):
    run = Run(apart=1.5).cell("refcount", "cache", "bounded", 10)
    run.cell("refcount", "cache", "forgotten", 10, memory=4000 * ratio)
    found = met_in(run.count("refcount", "cache", "forgotten", 10, collections=1), 8)
    check(f"and {ratio} is not above 1: {expected}", found == [expected], found)
for ratio, apart, expected in ((1, 1.5, "cannot tell"), (1.45, 1.5, "cannot tell"), (0.001, 1.5, "yes"), (1000, 1.5, "no"),
                               (1, 1, "yes"), (1.1, 1, "cannot tell"), (1.2, 1, "no")):
    run = Run(apart=apart).cell("refcount", "json", "tree", 10, time=ratio).cell("arena", "json", "tree", 10)
    found = met_in(run.count("refcount", "json", "tree", 10, cascades=1), 9)
    check(f"where a program is {apart} of itself, {ratio} is at most 1.1: {expected}", found == [expected], found)
hidden = Run().cell("refcount", "json", "tree", 10).cell("never", "json", "tree", 10, time=5)
hidden.cell("arena", "json", "tree", 10, noise=3).count("refcount", "json", "tree", 10, cascades=1)
found = met_in(hidden, 9), verdict(hidden, 9)
check("without one answer against it nothing does not hold", found[0] == ["cannot tell", "yes"] and
      found[1].startswith("not measured the differences are too small"), found)

# What is said of the noise is what verdicts are held to. Student's t of one degree of freedom is 12.706.
def percent(ratio):
    return f"{100 * (ratio - 1):.2g}%" if ratio < 1.1 else f"{100 * (ratio - 1):.0f}%"


for controls, begin in (1, "One program run against itself differed by"), (
        5, "Of 5 programs run against themselves the worst differed by"), (
        21, "Of 21 programs run against themselves 95 in 100 differed by at most"):
    apart = Run(apart=1.009)
    for i in range(controls):
        apart.cell("refcount", "json", f"v{i}", 10, noise=0.0001 * (i + 1))
    row = next(row for row in apart.say()[1] if row["kind"] == "noise" and row["metric"] == "total_cpu_s")
    band, worst = percent(float(row["value"])), percent(float(row["hi"]))
    end = (f"{begin} {band} in time, the worst by {worst}" if controls > 20 else
           f"{begin} {worst} in time; another would in 95 of 100 cases differ by at most {band}")
    check(f"of {controls} controls it is said what is noise, and not more",
          row["sentence"] == f"{end}: read nothing into less.", row)
    check("in the table, too", f"{end}: read nothing into less\n".replace("in time", "in CPU time") in
          apart.table.replace("\n", " ", 1), apart.table[:300])
    if controls == 1:
        check("which is 12.7 times what a single one differs by",
              abs(float(row["hi"]) ** 12.706 / float(row["value"]) - 1) < 1e-3, row)

# ---- All strategies together -----------------------------------------------------------------------------------------------

both = memory_of_generators(0.5, 0.5)
memory_of_generators(1, 0.5, strategy="boehm", run=both)
memory_of_generators(2, 2, strategy="arena", run=both)
both.cell("never", "sequence", "list", 10, status="crash")
found = verdict(both, 1, "")
check("the first row speaks of all strategies",
      found == "holds when in part under boehm, refcount; not under arena; not measured under never", found)

# ---- Figures and the sentences that are made of them -----------------------------------------------------------------------

rows = of(memory_of_generators(1, 0.5).say()[0], 1)
figures = [row for row in rows if row["expected"]]
check("each size is a row with an interval around its value, in order",
      [row["size"] for row in figures] == ["10", "100"] and
      all(float(row["lo"]) <= float(row["value"]) <= float(row["hi"]) and row["n"] == str(BLOCKS) for row in figures), figures)
check("which says whether it is as expected", [row["met"] for row in figures] == ["no", "yes"], figures)
check("the interval holds what is true", float(figures[1]["lo"]) <= 0.5 <= float(figures[1]["hi"]), figures)
told = [float(number) for number in re.findall(r"\d+\.\d+", rows[0]["sentence"])]
known = [float(row[column]) for row in rows for column in ("value", "lo", "hi")]
check("a sentence has no number that is not in the rows",
      told and all(any(abs(t - k) <= 0.0051 * k for k in known) for t in told), rows[0]["sentence"])

# ---- What is counted -------------------------------------------------------------------------------------------------------

counted = Run().cell("refcount", "graph", "objects", 10).cell("refcount_cycle", "graph", "objects", 10)
counted.count("refcount", "graph", "objects", 10, cascades=3, collections=0, frees=1, allocated_bytes=1000, live_bytes=900,
              live_objects=9, leaks=[("Node", 5, 900)])
counted.count("refcount_cycle", "graph", "objects", 10, cascades=3, collections=2, frees=1, allocated_bytes=1000, live_bytes=0)
check("counting alone keeps cycles", met_in(counted, 7) == ["yes"], met_in(counted, 7))
check("and a collector does not", met_in(counted, 7, "refcount_cycle") == ["yes"], met_in(counted, 7, "refcount_cycle"))
check("a profile that names all that is left has found the leak", met_in(counted, 4) == ["yes"], met_in(counted, 4))
check("where nothing is left there is none to find", "cycles" not in verdict(counted, 4, "refcount_cycle"),
      verdict(counted, 4, "refcount_cycle"))
counted.census[1]["live_bytes"] = 8
check("one byte that a collector leaves is seen", met_in(counted, 7, "refcount_cycle") == ["no"])
counted.leaks[0]["bytes"] = 400
check("and a profile that names half of a leak", met_in(counted, 4) == ["no"])
counted.census[0]["live_bytes"] = 0
check("and a count that keeps no cycles", met_in(counted, 7) == ["no"])

late = Run()
late.cell("refcount", "resources", "finalizer", 10, figures="delay_mean_births=0;never_released=0")
late.cell("refcount", "resources", "finalizer_in_cycle", 10, figures="delay_mean_births=9;never_released=10")
check("a figure at its limit is met, one above is not", verdict(late, 6) == "holds when no cycle", verdict(late, 6))

# ---- Findings --------------------------------------------------------------------------------------------------------------

choice = Run()
for strategy, time, counts in (("refcount", 1, dict(frees=9, cascades=1, collections=0, live_bytes=900)),
                               ("boehm", 0.5, dict(frees=9, cascades=0, collections=1, live_bytes=0)),
                               ("refcount_cycle", 0.8, dict(frees=9, cascades=1, collections=1, live_bytes=0)),
                               ("never", 0.1, dict(frees=0, cascades=0, collections=0, live_bytes=1000)),
                               ("arena", 0.2, dict(frees=9, cascades=0, collections=0, resets=3, live_bytes=0))):
    choice.cell(strategy, "graph", "objects", 10, time=time)
    longest = {"boehm": 9000000, "refcount_cycle": 4000000}.get(strategy, 1000000)
    choice.count(strategy, "graph", "objects", 10, allocated_bytes=1000, pauses_ns=(longest, 5 * longest, longest // 2),
                 **counts)
found = choice.say()[1]
chosen = [row["strategy"] for row in found if row["kind"] == "choice" and row["metric"].endswith("cpu_s")]
check("of graphs with cycles who takes least is chosen, and who wants no regions: neither a leak nor who never frees",
      chosen == ["arena", "boehm"], chosen)
check("it says by how much the next is behind", any("takes 1.6" in row["sentence"] and "more than noise" in row["sentence"]
                                                    for row in found if row["strategy"] == "boehm"), found)
arena, boehm = [row for row in found if row["kind"] == "choice" and row["metric"].endswith("cpu_s")]
check("who wants regions says so, and the next stands beside it with its interval",
      (arena["needs"], boehm["needs"], arena["next"], boehm["next"]) == ("regions", "", "boehm", "refcount_cycle") and
      float(boehm["next_lo"]) < 1.6 < float(boehm["next_hi"]) and boehm["programs"] == "graph objects" and
      1 < float(boehm["band"]) < 1.1 and boehm["as_good"] == "", boehm)
uneven = Run(0.001)
for variant, times in dict(objects=0.5, edges=1.7, lists=1, rings=0.6).items():
    for strategy, time, census in (("refcount", 1, dict(cascades=1, collections=0, live_bytes=900)),
                                   ("boehm", times, dict(cascades=0, collections=1, live_bytes=0))):
        uneven.cell(strategy, "graph", variant, 10, time=time)
        uneven.count(strategy, "graph", variant, 10, frees=9, allocated_bytes=1000, **census)
row = next(row for row in uneven.say()[1] if row["kind"] == "choice" and row["metric"].endswith("cpu_s"))
check("beside a mean stand the least and the most of the programs, and in how many it is less",
      row["strategy"] == "boehm" and abs(float(row["least"]) - 0.5) < 0.01 and abs(float(row["most"]) - 1.7) < 0.01 and
      (row["less_in"], row["more_in"]) == ("2", "1") and
      re.search(r"\(single programs 0.\d+ to 1.\d+, less in 2 of 4, more in 1\)", row["sentence"]), row)
alike = Run(0.3)
for strategy in "refcount", "boehm", "refcount_cycle", "cpython", "never":
    alike.cell(strategy, "graph", "objects", 10, time=9 if strategy == "cpython" else 1)
    alike.count(strategy, "graph", "objects", 10, frees=0 if strategy == "never" else 9, cascades=int(strategy != "boehm"),
                collections=int(strategy != "refcount"), live_bytes=0, allocated_bytes=1000)
row = next(row for row in alike.say()[1] if row["kind"] == "choice" and row["metric"].endswith("cpu_s"))
check("those that noise does not tell from the choice are named, and no other",
      row["verdict"] in ("same", "cannot tell") and
      sorted([row["strategy"], *row["as_good"].split(", ")]) == ["boehm", "refcount", "refcount_cycle"], row)
chosen = {}
for other, left in ("boehm", 0), ("arena", 0), ("boehm", 900):
    few = Run()
    for strategy, time, counts in (("refcount", 1, dict(cascades=1, collections=0, live_bytes=900)),
                                   ("boehm", 2, dict(cascades=0, collections=1, live_bytes=left)),
                                   ("arena", 3, dict(cascades=0, collections=0, resets=3, live_bytes=0))):
        if strategy in ("refcount", other):
            few.cell(strategy, "graph", "objects", 10, time=time)
            few.count(strategy, "graph", "objects", 10, frees=9, allocated_bytes=1000, **counts)
    chosen[other, left] = {row["strategy"] for row in few.say()[1] if row["kind"] == "choice"}
check("in a run of few strategies who leaks cycles is chosen no more than among many",
      chosen == {("boehm", 0): {"boehm"}, ("arena", 0): {"arena"}, ("boehm", 900): {"refcount"}}, chosen)
does = {row["strategy"]: row["about"] for row in found if row["kind"] == "strategy"}
check("what a strategy does is told by its census, not by its name",
      "never cycles" in does["refcount"] and "looks for cycles" in does["refcount_cycle"] and "traces" in does["boehm"] and
      "region" in does["arena"] and does["never"] == "frees nothing", does)
stops = [(row["strategy"], row["value"], row["lo"], row["hi"], row["n"]) for row in found
         if row["kind"] == "choice" and row["metric"] == "pause_longest_ns"]
check("who stops programs the least is chosen by the median run, its range beside it",
      stops == [("arena", "1000000", "500000", "5000000", "3"),
                ("refcount_cycle", "4000000", "2000000", "20000000", "3")], stops)
said = {row["strategy"]: row["sentence"] for row in found if row["metric"] == "pause_longest_ns"}
check("it says that it is the median run's, and of one program not that it is longer than others",
      "stopped none for longer than 4 ms in the median run (2 to 20 in 3 runs)" in " ".join(
          row["sentence"] for row in found if row["kind"] == "choice") and "any other" not in said["boehm"], said)
said = {row["strategy"]: row["sentence"] for row in found if row["about"] == "most time"}
check("what takes the most takes so many times the baseline's", "times refcount's time" in said["boehm"], said)
answers = Run()
for strategy, ns in ("refcount", 5000), ("boehm", 90000), ("refcount_cycle", 5100), ("arena", 4000), ("never", 200):
    answers.cell(strategy, "ring", "window", 10)
    answers.count(strategy, "ring", "window", 10, frees=int(strategy != "never"), cascades=1, collections=1, live_bytes=0)
    answers.waits.append(dict(CELL, strategy=strategy, workload="ring", variant="window", size=10, percentile=99.9,
                              latency_ns=ns, service_ns=1, latency_lo_ns=ns - 100, latency_hi_ns=ns + 100, runs=3, requests=9,
                              period_ns=9, busy=0.5, saturated=int(strategy == "arena"), status="ok", reason=""))
row = next(row for row in answers.say()[1] if row["metric"] == "latency_999_ns")
check("whose requests wait the least is chosen, who is within its range named, and who cannot keep up is not asked",
      (row["strategy"], row["value"], row["as_good"], row["next"], row["verdict"]) ==
      ("refcount", "5000", "refcount_cycle", "refcount_cycle", "cannot tell"), row)
lame = Run().cell("refcount", "graph", "objects", 10).cell("stream", "graph", "objects", 10, status="unsupported")
found_lame = [row["sentence"] for row in lame.say()[1] if row["about"] == "cannot run"]
check("what a strategy cannot run is a caution", found_lame and "stream cannot run 1 of 1 programs" in found_lame[0],
      found_lame)
check("the noise comes first", found[0]["kind"] == "noise" and "against itself" in found[0]["sentence"], found[0])
check("a leak is a caution", any(row["about"] == "left alive" and row["strategy"] == "refcount" for row in found), found)
broken = Run().cell("refcount", "graph", "objects", 10).cell("boehm", "graph", "objects", 10, status="crash")
found = [row["sentence"] for row in broken.say()[1] if row["about"] == "failures"]
check("and so is a failure", found and f"{BLOCKS} of {BLOCKS} trials of boehm failed" in found[0], found)

# ---- Damage ----------------------------------------------------------------------------------------------------------------

with tempfile.TemporaryDirectory() as folder:
    counted.write(folder)
    subprocess.run([f"{build}/reclaim", "summarise", folder], check=True)
    text = open(f"{folder}/leaks.csv").read()
    open(f"{folder}/leaks.csv", "w").write(text.replace("a.c,5", "a.c,five"))
    said = subprocess.run([f"{build}/reclaim", "claims", folder], capture_output=True, text=True)
    check("a damaged file is named with its line and column",
          said.returncode == 2 and "leaks.csv:2" in said.stderr and "line" in said.stderr, said)

    open(f"{folder}/leaks.csv", "w").write(text[:-2])
    said = subprocess.run([f"{build}/reclaim", "claims", folder], capture_output=True, text=True)
    check("and one that was cut short",
          said.returncode == 2 and "leaks.csv:" in said.stderr and ": the last line has no end" in said.stderr, said)
    open(f"{folder}/leaks.csv", "w").write(text)
    for command, name in ("claims", "summary"), ("claims", "trials"), ("table", "summary"), ("table", "growth"):
        subprocess.run([f"{build}/reclaim", "summarise", folder], check=True)
        whole = open(f"{folder}/{name}.csv").read()
        written = open(f"{folder}/{name}.csv", "w")
        written.write(whole[:-1] if len(whole.splitlines()) > 1 else whole + "half")
        written.close()
        for file in "summary", "growth":
            os.utime(f"{folder}/{file}.csv", (2e9, 2e9))
        said = subprocess.run([f"{build}/reclaim", command, folder], capture_output=True, text=True)
        open(f"{folder}/{name}.csv", "w").write(whole)
        check(f"{command} refuses {name}.csv of which the last line is torn", said.returncode == 2 and
              re.search(rf"/{name}\.csv:\d+: the last line has no end$", said.stderr.strip()), said)

sys.exit(failed > 0)
