#!/usr/bin/env python3
"""stress_table.py RUN: the table of docs/stress.md, strategy by mode, from the run's stress.csv: how often each was tried, and what
broke. stress_table.py RUN --test says whether it is what the document has."""
import csv
import json
import sys

DOCUMENT = "docs/stress.md"
MARKS = "<!-- table -->\n", "<!-- end of table -->\n"
TRYING = "mode strategy subject condition size".split()


def rows_of(run):
    with open(f"{run}/stress.csv", newline="") as opened:
        return list(csv.DictReader(opened))


def number(count):
    return f"{count:,}".replace(",", " ")


def standing(rows):
    """Figures of one trying repeat its tries, which are counted once."""
    tryings = {tuple(row[c] for c in TRYING): row for row in rows}.values()
    tries, broken = (sum(int(row[c]) for row in tryings) for c in ("tries", "broken"))
    outcomes = {row["outcome"] for row in tryings}
    if not outcomes:
        return ""
    if broken:
        return f"**{number(broken)} of {number(tries)} broke**"
    if "kept" in outcomes:
        return number(tries) + (" *" if "untried" in outcomes else "")
    return "cannot" if "unsupported" in outcomes else "untried"


def table(run):
    rows = rows_of(run)
    modes = list(dict.fromkeys(row["mode"] for row in rows))
    strategies = sorted({row["strategy"] for row in rows}, key=lambda name: (name == "runner", name))
    yield "| | " + " | ".join(modes) + " |\n"
    yield "|---|" + "---:|" * len(modes) + "\n"
    for strategy in strategies:
        cells = (standing([row for row in rows if (row["mode"], row["strategy"]) == (mode, strategy)]) for mode in modes)
        yield f"| `{strategy}` | " + " | ".join(cells) + " |\n"
    with open(f"{run}/manifest.json") as opened:
        manifest = json.load(opened)
    stress = manifest["stress"]
    yield (f"\n{manifest['host_kind']}, {manifest['started'][:10]}, commit {stress['commit'][:12]}, seed {stress['seed']}, "
           f"{stress['minutes']:g} minutes for oracle and for soak. \\*: something was not tried; `cannot`: there is nothing to try.\n")


def main():
    run = sys.argv[1]
    if sys.argv[2:] != ["--test"]:
        sys.stdout.writelines(table(run))
        return
    with open(DOCUMENT) as opened:
        document = opened.read()
    said = document.partition(MARKS[0])[2].partition(MARKS[1])[0]
    if said == "".join(table(run)):
        print(f"ok - {DOCUMENT} has the table of {run}")
    else:
        print(f"not ok - {DOCUMENT} has another table than {run}; tests/stress_table.py {run} prints it")
        sys.exit(1)


main()
