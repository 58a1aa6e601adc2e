#!/usr/bin/env python3
"""A made-up run for the tests of its page: every text in every file that the page reads tries to break out of where it stands.

made_up.py FOLDER [PROGRAMS]: PROGRAMS workloads under five strategies; default 8.
"""
import csv
import json
import os
import random
import sys

HOSTILE = ("\"><script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\">'&amp;<!-- ,\n"
           "javascript:alert(1)//%s%n")
PICTURE = 'a "quoted" <picture> & more?#.svg'
TABLE = "javascript:alert(1)"
STRATEGIES = ["never", "refcount", "arena", "boehm", "<script>window.hacked = 2</script>"]
CLASSES = ["technique", "real", "classic", "stress", "micro"]
QUESTION, READING = "How <long> & wide?", "Left is less, and right is more."
# Of its 400 pixels the title takes the first 30, its reading help 20 more, in two lines.
SVG = ('<svg width="800" height="400"\n viewBox="0 0 800 400" xmlns="http://www.w3.org/2000/svg">\n'
       '<rect width="800" height="50" fill="#f00"/>\n' + "".join(
           f'<g transform="translate(16.00,{y})">\n<text>{text}</text>\n</g>\n' for y, text in (
               ("30.00", "How &lt;long&gt; &amp; wide?"), ("40.00", "Left is less,"), ("50.00", "and right is more."),
               ("380.00", "another text"), ("390.00", "more"))) + '</svg>\n')

folder, programs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 8
chance = random.Random(7)
os.makedirs(f"{folder}/charts", exist_ok=True)


def write(name, header, rows):
    with open(f"{folder}/{name}", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def workload(i):
    return f"<i>w{i}</i>" if i == 0 else f"w{i}"


def with_interval(value):
    return [round(value, 6), round(value * 0.97, 6), round(value * 1.03, 6)]


def cells():
    for i in range(programs):
        for strategy in STRATEGIES:
            for control in [0, 1] if strategy == "refcount" else [0]:
                failed = strategy == "boehm" and i % 3 == 0
                yield i, strategy, control, "crash" if failed else "ok", HOSTILE if failed else ""


def summary_rows():
    for i, strategy, control, status, reason in cells():
        for metric, unit in ("work_cpu_s", 1), ("total_cpu_s", 1), ("peak_rss_kib", 4096):
            ratio = chance.uniform(0.3, 3)
            numbers = [0] + ["NA"] * 9 if status != "ok" else \
                [3, *with_interval(ratio * unit), *with_interval(ratio), 0.08, 0, "less" if ratio < 1 else "more"]
            yield [strategy, workload(i), "<b>v</b>", 1000, "", "", "glibc", control, status, reason, metric, *numbers]


with open(f"{folder}/manifest.json", "w") as out:
    json.dump({
        "run": "name" + HOSTILE, "command": ["bench", "--run", "it's", HOSTILE], "started": "2026-01-02T03:04:05Z",
        "host_kind": HOSTILE, "commit": "0123456789abcdef", "dirty": True, "compiler": HOSTILE, "machine": {HOSTILE: HOSTILE},
        "stress": {"seed": 7, "quick": True, "minutes": 0.5, "commit": HOSTILE, "modes": [HOSTILE], "strategies": [HOSTILE],
                   "workloads": [HOSTILE]},
        "parameters": {"mode": HOSTILE, "seed": 7, "blocks": 3},
        "classes": {workload(i): CLASSES[i % 5] for i in range(programs)},
    }, out)
write("summary.csv", "strategy,workload,variant,size,input,settings,allocator,control,status,reason,metric,n,median,lo,hi,"
      "ratio,ratio_lo,ratio_hi,detectable,outliers,verdict", summary_rows())
write("trials.csv", "strategy,workload,variant,size,input,settings,allocator,control,status,reason,block",
      ([s, workload(i), "<b>v</b>", 1000, "", "", "glibc", c, status, reason, b]
       for b in (1, 2, 3) for i, s, c, status, reason in cells()))
write("census.csv", "strategy,settings,allocator,workload,variant,size,seed,input,status,reason",
      ([s, "", "glibc", workload(i), "<b>v</b>", 10, 1, "", "timeout" if i == 1 and s == "arena" else "ok",
        HOSTILE if i == 1 and s == "arena" else ""] for i, s, c, _, _ in cells() if c == 0))
write("noise.csv", "metric,controls,band,worst,told_apart",
      [["work_cpu_s", programs, 1.114, 1.2, programs], ["peak_rss_kib", programs, 1.01, 1.02, 0], [HOSTILE, 1, 1, 1, "NA"]])
SPREAD = ["NA", "NA", "NA", "NA"]
NOTHING = ["", "", *SPREAD, "", "", "NA", "NA", "NA", "NA", ""]
write("findings.csv", "kind,about,strategy,settings,allocator,metric,value,lo,hi,n,verdict,place,programs,"
      "least,most,less_in,more_in,needs,next,"
      "next_value,next_lo,next_hi,band,as_good,sentence", [
    ["noise", "", "", "", "", HOSTILE, 1.1, "NA", "NA", "NA", "NA", *NOTHING, HOSTILE],
    ["strategy", HOSTILE, "arena", "", "glibc", "", "NA", "NA", "NA", "NA", "NA", *NOTHING, HOSTILE],
    ["choice", HOSTILE, "arena", "", "glibc", "total_cpu_s", *with_interval(0.5), 3, "less", "", "a b, c d", 0.3, 1.7, 1, 1,
     HOSTILE, HOSTILE,
     *with_interval(1.6), 1.05, "", HOSTILE],
    ["choice", HOSTILE, STRATEGIES[4], "", "glibc", "peak_rss_kib", *with_interval(1.001), 3, "cannot tell", "", HOSTILE, *SPREAD, "",
     "boehm", *with_interval(1.01), 1.2, "boehm", HOSTILE],
    *(["choice", f"{kind} {HOSTILE}", "boehm", "", "glibc", "total_cpu_s", *with_interval(0.9), 3, "same", "", "w1 v", *SPREAD, "",
       HOSTILE, *with_interval(1.01), "NA", ", ".join(STRATEGIES * 2), HOSTILE] for kind in range(9)),
    ["choice", "stops", "boehm", HOSTILE, HOSTILE, "pause_longest_ns", 12345, 12345, 12345, 1, "NA", HOSTILE, "", *SPREAD, "", "",
     "NA", "NA", "NA", 542502, "", "It stops for a short time."],
    ["caution", "most time", "refcount", "", "glibc", "total_cpu_s", *with_interval(7), 3, "NA", HOSTILE, *NOTHING[1:],
     HOSTILE],
    ["caution", HOSTILE, "refcount", "", "glibc", "live_bytes", 54525952, "NA", "NA", 1, "NA", *NOTHING, HOSTILE]])
VERDICTS = HOSTILE, "holds", "holds when", "does not hold", "not measured", "holds"
write("claims.csv", "claim,said,strategy,settings,allocator,verdict,condition,figure,size,expected,met,value,lo,hi,unit,n,"
      "sentence",
      ([claim, HOSTILE, strategy, "", "glibc", verdict, *[HOSTILE] * 5, *with_interval(-0.5), HOSTILE, 3, HOSTILE]
       for claim in (1, HOSTILE) for strategy, verdict in zip(["", *STRATEGIES], VERDICTS)))
write("lower_bounds.csv", "strategy,settings,allocator,workload,variant,size,input,by,n,overhead,lo,hi,cheapest",
      ([strategy, "", "glibc", c, "mean", 8, "", by, 3, *with_interval(1.5), HOSTILE]
       for by in ("total_cpu_s", "instructions") for strategy in STRATEGIES for c in CLASSES + ["<u>class</u>"]))
write("growth.csv", "strategy,settings,allocator,workload,variant,input,metric,sizes,from,to,n,slope,lo,hi",
      ([s, "", "glibc", workload(0), HOSTILE, "", HOSTILE, 4, 10, 10000, 3, -0.02, -0.05, 0.01] for s in STRATEGIES))
write("stress.csv", "mode,strategy,subject,condition,size,tries,broken,outcome,figure,value,lo,hi,unit,sentence,again",
      ([mode, STRATEGIES[i % 4], HOSTILE, HOSTILE, 1000, 1, broken, outcome, HOSTILE if value != "NA" else "", value, lo, hi, unit,
        HOSTILE, HOSTILE]
       for mode in ("depth", "leaks") for i, (broken, outcome, value, lo, hi, unit) in enumerate([
           (0, "kept", 120, 110, 130, "ns"), (0, "kept", 9.5, 9, 10, "x"), (0, "kept", 23456789, "NA", "NA", "bytes"),
           (1, "broken", "NA", "NA", "NA", ""), (0, "kept", 1000, "NA", "NA", "ns")])))
write("charts/charts.csv", "number,file,script,view,question,reading,alt,data,missing,workloads", [
    [1, PICTURE, "time_memory.gp", "", "How long?" + HOSTILE, HOSTILE, HOSTILE, TABLE, "", HOSTILE],
    [1, "real.svg", "time_memory.gp", "real", QUESTION, READING, "dots: " + HOSTILE, "", "", ""],
    [2, "", "pauses.gp", "", "How long can it stop me?", "", "", "", HOSTILE, ""],
    [3, "gone.svg", "gone.gp", "", "What is gone?", "", "a picture", "data:text/html,x", "", ""]])
for name in PICTURE, "real.svg":
    with open(f"{folder}/charts/{name}", "w") as out:
        out.write(SVG)
with open(f"{folder}/charts/{TABLE}", "w") as out:
    out.write("a\tb\n")
