"""A summary.csv worked out again from its trials.csv in another way than harness/summary/ does: by what docs/files.md says, and
with every resample there is instead of 10,000 drawn ones.

summary.py RUN_FOLDER BASELINE, for runs of at most 5 blocks. Prints what differs, and exits 1 if anything does.
"""
import csv
import itertools
import math
import statistics
import sys

folder, baseline = sys.argv[1:]
COLUMNS = {"cpu_s": ["user_s", "system_s"]}  # of other metrics the one of their own name
STUDENT_95 = {2: 12.7062, 3: 4.3027, 4: 3.1824, 5: 2.7764}  # from a printed table, by blocks: one degree of freedom less

ERRORS_80 = {2: 16.334, 3: 5.6535, 4: 4.2559, 5: 3.7611}  # standard errors to an effect that is told in 80%


def read(name):
    with open(f"{folder}/{name}", newline="") as file:
        return list(csv.DictReader(file))


def cell(row, strategy=None, control=None):
    return (row["workload"], row["variant"], row["size"], row["input"], strategy or row["strategy"], row["settings"],
            row["allocator"], control or row["control"])


def middle(values):
    """The median between order statistics that hold it in 95%; of fewer than 6 values, their range stretched."""
    n, ordered = len(values), sorted(values)
    if n < 2:
        return [ordered[0] if n else math.nan, math.nan, math.nan]
    if n > 5:
        sys.exit("summary.py knows no interval of more than 5 values")
    found, times = statistics.median(values), {2: 12.73, 3: 4.29, 4: 1.66, 5: 1.10}[n]

    def stretched(end):
        return found * (end / found) ** times if found > 0 and end > 0 else max(0, found + times * (end - found))
    return [found, stretched(ordered[0]), stretched(ordered[-1])]


def geometric(ratios):
    """With the range that either end of the interval lies in: the percentiles of all the ways in which as many blocks can be
    drawn are those of 10,000 but for their chance."""
    n = len(ratios)
    if n < 2:
        return [math.prod(ratios) if n else math.nan, math.nan, math.nan]
    logs = [math.log(ratio) for ratio in ratios]
    mean = math.fsum(logs) / n
    drawn = sorted(math.fsum(d) / n - mean for d in itertools.product(logs, repeat=n))
    times = STUDENT_95[n] / 1.959964 * math.sqrt(n / (n - 1))

    def end(share):
        return math.exp(mean + times * drawn[min(len(drawn) - 1, int(share * len(drawn)))])
    return [math.exp(mean), (end(0.020), end(0.030)), (end(0.970), end(0.980))]


def logs(trials, metric, cells):
    """The logarithms of the ratios to the baseline, of the blocks that have one."""
    ours = measured(trials, metric)
    theirs = measured(cells.get(cell(trials[0], baseline, "0"), []), metric)
    return [math.log(ours[b] / theirs[b]) for b in ours if ours[b] > 0 and theirs.get(b, 0) > 0]


def detectable(ratios, band):
    """How far the ratio would have to be from 1."""
    n = len(ratios)
    if n < 2:
        return math.nan
    error = statistics.stdev(ratios) / math.sqrt(n)
    return max(math.expm1(ERRORS_80[n] * error), band - 1)


def outliers(values):
    if not values or min(values) == 0:
        return "NA"
    if len(values) < 5:
        return "0"
    logs = [math.log(value) for value in values]
    lower, _, upper = statistics.quantiles(logs, n=4, method="inclusive")
    reach = max(3 * (upper - lower), math.log(1.01))
    return str(sum(not lower - reach <= x <= upper + reach for x in logs))


def bands(rows):
    """Of fewer than 20 controls: the one that is farthest from its cell, or further, by Student's t; and the former."""
    away = {}
    for row in rows:
        if row["control"] == "1" and row["ratio"] != "NA":
            away.setdefault(row["metric"], []).append(abs(math.log(float(row["ratio"]))))
    return ({metric: math.exp(max(max(x), STUDENT_95[len(x) + 1] * math.sqrt(statistics.fmean(d * d for d in x))))
             for metric, x in away.items()}, {metric: math.exp(max(x)) for metric, x in away.items()})


def verdict(row, blocks, band):
    ratio, lo, hi = (float(row[name].replace("NA", "nan")) for name in ("ratio", "ratio_lo", "ratio_hi"))
    if math.isnan(ratio):
        return "NA"
    if blocks < 3 or math.isnan(band):
        return "cannot tell"
    band *= 1 + 1e-9  # what sets the band lies within, however it was rounded
    if not lo <= 1 <= hi and not 1 / band <= ratio <= band:
        return "less" if ratio < 1 else "more"
    near = min(band, 1.05)
    return "same" if 1 / near <= lo and hi <= near else "cannot tell"


def figures(trial):
    return dict(f.split("=") for f in trial["figures"].split(";") if f)


def measured(trials, metric):
    """By block, what the trials that were ok measured."""
    trials = [t for t in trials if t["status"] == "ok"]
    if metric == "operation_ns":
        return {t["block"]: 1e9 * float(t["work_cpu_s"]) / int(t["operations"]) for t in trials}
    if metric == "total_cpu_s":
        return {t["block"]: float(t["work_cpu_s"]) + float(t["teardown_cpu_s"]) / int(t["repeats"]) for t in trials}
    if metric.startswith("figure_"):
        told = {t["block"]: figures(t).get(metric[len("figure_"):]) for t in trials}
        return {block: float(value) for block, value in told.items() if value is not None}
    columns = COLUMNS.get(metric, [metric])
    return {t["block"]: sum(float(t[column]) for column in columns) for t in trials if t[columns[0]] != "NA"}


def wanted(trials, metric, cells):
    ours = measured(trials, metric)
    theirs = measured(cells.get(cell(trials[0], baseline, "0"), []), metric)
    ratios = [ours[b] / theirs[b] for b in ours if ours[b] > 0 and theirs.get(b, 0) > 0]
    failed = [t for t in trials if t["status"] != "ok"]
    telling = (failed or trials)[0]
    words = [telling["status"], telling["reason"], str(len(ours))]
    return words, middle(list(ours.values())) + geometric(ratios)


def close(x, y):
    if isinstance(x, tuple):
        return x[0] * (1 - 1e-3) <= y <= x[1] * (1 + 1e-3)  # as far as the printed table goes
    return math.isclose(x, y, rel_tol=1e-6) or (math.isnan(x) and math.isnan(y))


def found(row):
    numbers = [row[name] for name in ("median", "lo", "hi", "ratio", "ratio_lo", "ratio_hi")]
    return [row["status"], row["reason"], row["n"]], [math.nan if x == "NA" else float(x) for x in numbers]


def bare_of(trials):
    """By block, what of the work cannot be attributed to memory management."""
    cpu, wall, collect = (measured(trials, metric) for metric in ("work_cpu_s", "work_s", "collect_s"))
    share = {b: collect[b] / max(wall[b], cpu[b]) for b in collect}  # of several threads, cpu is more
    return {b: cpu[b] * (1 - share[b] if share.get(b, 1) < 1 else 1) for b in cpu}


def mean_in(values, blocks):
    return math.exp(statistics.fmean(math.log(values[b]) for b in blocks))


def bounds(work, cells):
    """By strategy: its overhead, how many blocks that is of, and which strategy is the cheapest."""
    ours = {c: trials for c, trials in cells.items() if c[:4] == work and c[-1] == "0"}
    whole = {c[4]: measured(trials, "total_cpu_s") for c, trials in ours.items()}
    blocks = max(whole.values(), key=len).keys()  # of those with as many the first
    taking_part = {c[4]: trials for c, trials in ours.items() if blocks <= whole[c[4]].keys()}
    bare = {s: mean_in(bare_of(trials), blocks) for s, trials in taking_part.items()}
    cheapest = min(bare, key=bare.get)
    return {s: (mean_in(whole[s], blocks) / bare[cheapest], len(blocks), cheapest) if s in taking_part
            else (math.nan, 0, "") for s in whole}


cells = {}
for trial in sorted(read("trials.csv"), key=lambda t: int(t["block"])):
    cells.setdefault(cell(trial), []).append(trial)

rows = read("summary.csv")
band, worst = bands(rows)
metrics = ["wall_s", "cpu_s", "work_s", "work_cpu_s", "teardown_s", "peak_rss_kib", "operation_ns",
           "total_cpu_s", "teardown_cpu_s", "collect_s"]
told = {}  # the names of a work's figures
for c, trials in cells.items():
    told.setdefault(c[:4], set()).update(f"figure_{name}" for t in trials for name in figures(t))
expected = sorted((*c, metric) for c in cells for metric in metrics + list(told[c[:4]]))
wrong = sorted((*cell(r), r["metric"]) for r in rows) != expected
if wrong:
    print("not one row for each cell and metric")
for row in rows:
    want, have = wanted(cells[cell(row)], row["metric"], cells), found(row)
    if want[0] != have[0] or not all(map(close, want[1], have[1])):
        wrong = True
        print(*cell(row), row["metric"], "is", *have, "and should be", *want)
for row in rows:
    trials, metric = cells[cell(row)], row["metric"]
    ratios, its_band = logs(trials, metric, cells), band.get(metric, math.nan)
    want = [outliers(list(measured(trials, metric).values())), verdict(row, len(ratios), its_band)]
    least, told = detectable(ratios, its_band), float(row["detectable"].replace("NA", "nan"))
    if want != [row["outliers"], row["verdict"]] or not (math.isclose(least, told, rel_tol=1e-3) or math.isnan(least + told)):
        wrong = True
        print(*cell(row), metric, "is", told, row["outliers"], row["verdict"], "and should be", least, *want)
noise = {row["metric"]: row for row in read("noise.csv")}
for metric, widest in band.items():
    said = [float(noise[metric][name]) for name in ("band", "worst")]
    if not math.isclose(said[0], widest, rel_tol=1e-3) or not close(said[1], worst[metric]):
        wrong = True
        print("the band of", metric, "is", *said, "and should be", widest, worst[metric])
for row in read("lower_bounds.csv"):
    if row["by"] != "total_cpu_s" or row["variant"] == "mean":
        continue
    overhead, blocks, cheapest = bounds(cell(row | {"control": "0"})[:4], dict(sorted(cells.items())))[row["strategy"]]
    told, lo, hi = (float(row[name].replace("NA", "nan")) for name in ("overhead", "lo", "hi"))
    if not close(told, overhead) or row["n"] != str(blocks) or row["cheapest"] != cheapest or told < lo or told > hi or lo < 1:
        wrong = True
        print("the bound of", *row.values(), "should be", overhead, blocks, cheapest)
sys.exit(wrong)
