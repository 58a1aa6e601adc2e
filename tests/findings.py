#!/usr/bin/python3
"""README's caption and its five findings say what the committed run says: each text is a form that is filled in from the run's
files, to two digits, and has to stand in README word for word.

    findings.py            checks README.md against results/sample
    findings.py --print    prints the texts as they should be
"""

import csv
import json
import math
import re
import sys
import textwrap

SAMPLE = "results/sample"
MIB = 1024
STRATEGIES = ("arena", "boehm", "cpython", "mark_sweep", "never", "refcount", "refcount_cycle", "refcount_malloc",
              "refcount_trial", "stream")


def rows(name):
    with open(f"{SAMPLE}/{name}", newline="") as file:
        return list(csv.DictReader(file))


def digits(value, count=2):
    """A number as people write it: with so many significant digits, whole if it has more before the point."""
    places = count - 1 - math.floor(math.log10(abs(value)))
    return f"{value:.{max(0, places)}f}"


class Summary:
    """The cells of summary.csv, at their usual settings and largest size."""

    def __init__(self):
        self.cells = {}
        for row in rows("summary.csv"):
            if row["control"] == "1" or row["settings"] or row["status"] != "ok":
                continue
            key = (row["workload"], row["variant"], row["strategy"], row["allocator"])
            self.cells.setdefault(key, {}).setdefault(int(row["size"]), {})[row["metric"]] = row

    def row(self, program, strategy, metric, allocator="glibc"):
        sizes = self.cells[(*program.split(), strategy, allocator)]
        return sizes[max(sizes)][metric]

    def time(self, program, strategy, allocator="glibc"):
        """As a multiple of pure counting's, paired within blocks."""
        return float(self.row(program, strategy, "work_cpu_s", allocator)["ratio"])

    def seconds(self, program, strategy):
        return float(self.row(program, strategy, "work_cpu_s")["median"])

    def memory(self, program, strategy):
        return float(self.row(program, strategy, "peak_rss_kib")["ratio"])

    def mib(self, program, strategy):
        return float(self.row(program, strategy, "peak_rss_kib")["median"]) / MIB

    def times_of_class(self, programs, leaving_out):
        """Of each program and configuration that is not left out, in order."""
        return sorted(float(sizes[max(sizes)]["work_cpu_s"]["ratio"])
                      for (workload, variant, strategy, _), sizes in self.cells.items()
                      if f"{workload} {variant}" in programs and strategy not in leaving_out)


def caption():
    with open(f"{SAMPLE}/manifest.json") as file:
        manifest = json.load(file)
    noise = next(row for row in rows("noise.csv") if row["metric"] == "work_cpu_s")
    band, worst = (100 * (float(noise[column]) - 1) for column in ("band", "worst"))
    blocks = max(int(row["block"]) for row in rows("trials.csv"))
    return (f"From a default run of `make bench` ({manifest['host_kind']}), {manifest['started'][:10]}, {blocks} blocks, "
            f"commit {manifest['commit'][:12]}; it is in [results/sample](results/sample), but for its pauses and timelines. "
            f"Of {noise['controls']} programs run against themselves there, 95 in 100 differed by less than {digits(band)}%, "
            f"the worst by {digits(worst)}%: read nothing into less.")


def quoted(figure):
    """The figure of a program and whatever else it takes, as a text of two digits."""
    return lambda *words: digits(figure(*words))


def findings(s):
    time, memory, mib = quoted(s.time), quoted(s.memory), quoted(s.mib)
    graph, trees = "graph objects", "binary_trees standard"
    numbers, stream = "sequence list", "sequence generator"
    whole_s = s.seconds(numbers, "refcount")
    hit_s = {way: s.seconds(f"lookup {way}_hits", "refcount") for way in ("list", "generator", "set")}
    real = ["wordcount whole", "wordcount streamed", "index inverted", "json tree", "packages objects"]
    others = s.times_of_class(real, {"cpython", "refcount", "stream"})
    python = s.times_of_class(real, set(STRATEGIES) - {"cpython"})
    python_by_cycle = s.time(trees, "cpython") / s.time(trees, "refcount_cycle")
    return [
        f"**Counting is cheap until there are cycles.** Of ten random graphs that are built and dropped in turn, pure counting "
        f"keeps every one: {mib(graph, 'refcount')} MiB. Trial deletion needs {mib(graph, 'refcount_trial')} and takes "
        f"{time(graph, 'refcount_trial')} times as long, CPython's generations {mib(graph, 'refcount_cycle')} and "
        f"{time(graph, 'refcount_cycle')} times; a precise tracing collector {mib(graph, 'mark_sweep')} and "
        f"{time(graph, 'mark_sweep')} times, Boehm {mib(graph, 'boehm')} and {time(graph, 'boehm')} times; an arena "
        f"{mib(graph, 'arena')} and {time(graph, 'arena')} of the time, if the program can say where a round ends.",
        f"**An arena is fast where lives are nested, and wasteful where they are not.** Trees that die together take "
        f"{time(trees, 'arena')} of counting's time and {memory(trees, 'arena')} of its memory. A stream of eight million "
        f"items, each of which could die at once, takes {time(stream, 'arena')} times as long as under counting and "
        f"{memory(stream, 'arena')} times the memory, for nobody told the arena.",
        f"**A generator saves memory where what is dropped is freed, and time where an item is cheaper to make than to keep.** "
        f"Eight million numbers under counting: {mib(numbers, 'refcount')} MiB as a list, {mib(stream, 'refcount')} as a "
        f"generator, in {digits(s.seconds(stream, 'refcount') / whole_s)} of the time; under `stream`, which makes an item in "
        f"the memory of the last, in {digits(s.seconds(stream, 'stream') / whole_s)}. But asked for one of 1000 numbers that "
        f"are there, a generator takes {digits(hit_s['generator'] / hit_s['list'])} times as long as a list, and a set "
        f"{digits(hit_s['set'] / hit_s['list'], 1)}.",
        f"**How memory is managed matters less than how well.** The same counting takes {time(trees, 'refcount_malloc')} times "
        f"as long over glibc's `malloc` as over a pool that knows sizes (trees), and there counting with the same generations "
        f"takes {digits(python_by_cycle)} times as long on CPython's own heap as on one made for it.",
        f"**Programs that do something with their memory differ less.** Counting words, indexing a text, reading JSON or a "
        f"package list takes between {digits(others[0])} and {digits(others[-1])} of counting's time under everything but "
        f"CPython's heap, which needs up to {digits(python[-1])} times.",
    ]


def words(text):
    return re.sub(r"\s+", " ", text)


def main():
    texts = [("the caption", caption())]
    texts += [(f"finding {i}", text) for i, text in enumerate(findings(Summary()), 1)]
    if "--print" in sys.argv[1:]:
        for name, text in texts:
            print(textwrap.fill(text, 126, break_long_words=False, break_on_hyphens=False), end="\n\n")
        return
    with open("README.md") as file:
        readme = words(file.read())
    missing = [name for name, text in texts if words(text) not in readme]
    for name, _ in texts:
        print(f"{'not ok' if name in missing else 'ok'} - README: {name} is what {SAMPLE} says")
    print(f"{len(texts) - len(missing)} passed, {len(missing)} failed")
    sys.exit(bool(missing))


main()
