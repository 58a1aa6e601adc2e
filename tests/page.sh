#!/bin/bash
# The page of a run: what files hold cannot break it, damaged files are refused at their place, missing ones are named with the
# command that makes them; and, where there is a browser, that people can use it (tests/page/browser.py).
#
# page.sh BUILD, from the project's root. `make test` says that it skipped the browser where there is none.
set -u
build=$1
. tests/cells.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
run=$scratch/run

page() { "$build/reclaim" page "$@"; }

# ---- What stands in the files stays text ------------------------------------------------------------------------------

# Prints what is wrong: elements and attributes that the page does not write, and addresses that lead elsewhere.
foreign_markup() # page
{
    python3 - "$1" <<'PYTHON'
import html.parser
import re
import sys

ELEMENTS = set("""html head meta link title style body header footer nav main section article h1 h2 h3 p ul ol li dl dt dd div
span a code pre strong b em br table caption thead tbody tr th td details summary figure figcaption img form label input select
option button script""".split())
ATTRIBUTES = set("""lang charset name content rel href class id tabindex role scope rowspan src alt loading width height hidden
type value placeholder aria-label aria-labelledby aria-live data-column style""".split())
scripts = 0


class Reader(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        global scripts
        scripts += tag == "script"
        if tag not in ELEMENTS:
            print(f"an element {tag}")
        for name, value in attributes:
            if name not in ATTRIBUTES:
                print(f"an attribute {name}")
            if name in ("href", "src") and not value.startswith(("./", "#")) and not value.isascii():
                print(f"an address {value}")
            if name == "style" and not re.fullmatch(r"aspect-ratio: \d+ / \d+", value):
                print(f"a style {value}")
            if name in ("href", "src") and ":" in value.split("/")[0] and value != "data:,":
                print(f"an address {value}")


with open(sys.argv[1], encoding="utf-8") as page:
    Reader().feed(page.read())
if scripts != 1:
    print(f"{scripts} scripts")
PYTHON
}

python3 tests/page/made_up.py "$run" 30
if said=$(page "$run" 2>"$scratch/told") && [ "$said" = "The page is $run/index.html" ]; then
    pass "a run full of markup has a page, and its path is printed"
else
    miss "a run full of markup has no page: $said"
fi
[[ $(<"$scratch/told") = *"plots/gone.gp: No such file or directory;"* ]] &&
    pass "the one script that is not there is told" || miss "of a script that is not there is said: $(<"$scratch/told")"
wrong=$(foreign_markup "$run/index.html" 2>&1 | sort | uniq -c)
[ -z "$wrong" ] && pass "no text of its files became markup" || miss "text became markup: $wrong"
sed 's/<li>&quot;&gt;&lt;script&gt;/<li><u>/' "$run/index.html" >"$scratch/planted.html"
[ -n "$(foreign_markup "$scratch/planted.html")" ] && pass "a text that is not escaped is found" ||
    miss "nobody finds an element that is not the page's"
[ "$(grep -c 'style="aspect-ratio' "$run/index.html")" = 1 ] && pass "only what begins with its question is cut" ||
    miss "a picture is cut that does not begin with its question"
for script in time_memory style; do
    cmp -s "plots/$script.gp" "$run/charts/plots/$script.gp" && pass "$script.gp is beside the charts" ||
        miss "$script.gp is not beside the charts"
done
# The page of a run can be made anywhere; what it cannot have beside it there is said.
mkdir "$scratch/elsewhere" && rm -rf "$run/charts/plots"
reclaim=$(cd "$build" && pwd)/reclaim
said=$(cd "$scratch/elsewhere" && "$reclaim" page "$run" 2>&1 >"$scratch/out") &&
    [[ $said = *"plots/time_memory.gp: No such file or directory;"*"plots: No such file or directory;"* ]] &&
    pass "scripts that are not there are told" || miss "of missing scripts is said: $said"
page "$run" >"$scratch/out" 2>&1 || miss "the page cannot be made again: $(cat "$scratch/out")"

# ---- What is damaged, and what is missing -----------------------------------------------------------------------------

damaged() # file, what is wrong, words wanted; a program for sed
{
    rm -rf "$scratch/bad" && cp -r "$run" "$scratch/bad"
    sed -i "$4" "$scratch/bad/$1"
    refuses "$1: $2" "$1:$3" page "$scratch/bad"
    cmp -s "$run/index.html" "$scratch/bad/index.html" || miss "$1: $2: the page was written over"
}

# file number column: one that holds a number
while read -r file column; do
    damaged "$file" "foreign" "1: there is no column" '1s/.*/a,b,c/'
    damaged "$file" "a column is missing" "1: there is no column $column" "1s/\b$column\b/other/"
    damaged "$file" "a field too many" "2: " '2s/^/extra,/'
    # The last line, torn within its last field.
    rm -rf "$scratch/bad" && cp -r "$run" "$scratch/bad"
    truncate -s -1 "$scratch/bad/$file"
    refuses "$file: truncated" "$file:" page "$scratch/bad"
done <<'END'
summary.csv ratio_lo
trials.csv status
census.csv status
noise.csv band
findings.csv value
claims.csv n
lower_bounds.csv overhead
growth.csv slope
charts/charts.csv number
END
damaged summary.csv "no number" "2: column ratio: \`x\` is not a number or NA" '2s/,[^,]*\(,[^,]*,[^,]*,0.08,\)/,x\1/'
damaged noise.csv "no number" "2: column band: \`much\` is not a number or NA" '2s/1.114/much/'
damaged noise.csv "a minus where there cannot be one" "2: column worst" '2s/1.2,/-1.2,/'
damaged charts/charts.csv "a path out of the folder" "9: column script" 's/pauses\.gp/..\/pauses.gp/'
damaged manifest.json "no JSON" "" '1s/^{/[/'

refuses "no run" "there is no run in $scratch/nowhere" page "$scratch/nowhere"
mkdir "$scratch/bare" && echo '{"run": "bare"}' >"$scratch/bare/manifest.json"
page "$scratch/bare" >/dev/null || miss "a run without files has no page"
for file in findings.csv noise.csv trials.csv census.csv charts/charts.csv claims.csv lower_bounds.csv growth.csv summary.csv; do
    grep -q "no <code>$file</code>; <code>make [a-z]* RUN=bare</code> makes it" "$scratch/bare/index.html" &&
        pass "without $file the page says what makes it" || miss "without $file the page says nothing"
done

# How sure a choice is, stands there with its figures: who is next, by how much, what is noise, of how many blocks.
text_of() { python3 -c 'import html, re, sys
print(" ".join(html.unescape(re.sub("<[^>]*>", " ", open(sys.argv[1]).read())).split()))' "$1"; }
says() # words, what that is
{
    [[ $(text_of "$run/index.html") = *"$1"* ]] && pass "$2" || miss "$2: nowhere \`$1\`"
}
says '1 of 12 choices are sure.' "the page begins with how many choices are sure"
says '0.50 (0.48 to 0.52) of refcount' "a choice has its ratio with its interval"
says '0.30 to 1.70, less in 1 of 2 programs, more in 1' "and what the mean hides: the least and the most of its programs"
says '1.60 times as much (1.55 to 1.65) sure noise 5.0%, 3 blocks' "a sure one has its distance from the next, and the noise"
says 'not sure which noise unknown, 3 blocks' "and of noise that nobody knows it says so"
says 'or boehm 1.00 (0.97 to 1.03)' "who may be as good is named beside the choice"
says 'boehm: 1.01 times as much (0.98 to 1.04) not sure which noise 20.0%, 3 blocks' "which is not sure then, and says so"
says 'or any of 10 others' "many that may be as good are counted"
says 'Of 150 cells that ran, objects and pauses of 149 were counted, and of 1 could not be.' \
    "cells that could not be counted are told"
says '0.012 ms at most' "stops are told in ms"
cp -r "$run" "$scratch/coarse" && sed -i 's/,3,less,/,3,same,/' "$scratch/coarse/findings.csv" &&
    page "$scratch/coarse" >/dev/null &&
    [[ $(text_of "$scratch/coarse/index.html") = *"too noisy, to choose by: of its 12 choices none is sure."* ]] &&
    pass "a run of which no choice is sure is said not to be one to choose by" || miss "a run too noisy to choose by chooses"

# Without a choice the page says why there is none.
head -1 "$run/findings.csv" >"$scratch/bare/findings.csv"
page "$scratch/bare" >/dev/null && grep -q "<code>make profile RUN=bare</code> counts them" "$scratch/bare/index.html" &&
    pass "a run that was not counted chooses nothing, and says what counts it" || miss "nobody knows why there is no choice"
head -1 "$run/census.csv" >"$scratch/bare/census.csv"
page "$scratch/bare" >/dev/null && ! grep -q "make profile" "$scratch/bare/index.html" &&
    grep -q "no strategy ran all programs" "$scratch/bare/index.html" &&
    pass "one that was, says so" || miss "a run that was counted is told to be counted"

# ---- In a browser -----------------------------------------------------------------------------------------------------

if ! command -v chromedriver >/dev/null || ! /usr/bin/python3 -c 'import selenium' 2>/dev/null; then
    pass "the page in a browser # skipped: there is no chromium, chromedriver or selenium"
else
    while read -r verdict; do
        case $verdict in
        "ok - "*) pass "${verdict#ok - }" ;;
        *) miss "${verdict#not ok - }" ;;
        esac
    done < <(/usr/bin/python3 tests/page/browser.py "$run" 2>&1 || echo "not ok - tests/page/browser.py ended with $?")
fi
ended
