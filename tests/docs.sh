#!/bin/sh
# What the documents lead to is there: every relative link of README.md and docs/ is one to a file, or to a heading of one;
# every strategy has its page, and every page its strategy; every workload has its row in the README's table, and every row its
# workload; a workload says in its head comment what it stresses, and what it is not good for; a technique has its twin in
# Python, and where docs/twins.md says that one disagrees, it says why; and what docs/claims.md puts in `…` is there: workloads
# and their variants, strategies, figures, columns and targets of make. Claims have there the words that a run tells them in.
# docs/files.md has the columns of the sources, and lines of 140 columns at most.
#
# docs.sh, from the project's root.
set -u
. tests/cells.sh

# The targets of a document's links, one a line; those of other sites are left out.
links() # document
{
    grep -oE '\]\([^) ]+\)' "$1" | sed 's/^](//; s/)$//' | grep -vE '^[a-z]+:'
}

# The headings of a document as GitHub makes anchors of them: in small letters, without what is neither word nor blank.
anchors() # document
{
    sed -n 's/^##* //p' "$1" | tr 'A-Z ' 'a-z-' | sed 's/[^a-z0-9_-]//g'
}

leads_somewhere() # document link
{
    file=${2%%#*}
    [ -n "$file" ] && file=$(dirname "$1")/$file || file=$1
    [ -e "$file" ] || return
    case $2 in *"#"*) anchors "$file" | grep -qxF -- "${2#*#}" ;; esac
}

for document in README.md $(find docs -name '*.md' | sort); do
    dead=$(links "$document" | while read -r link; do leads_somewhere "$document" "$link" || echo "$link"; done)
    if [ -z "$dead" ]; then
        pass "$document: $(links "$document" | wc -l) links, each to a file"
    else
        miss "$document: leads nowhere: $(echo $dead)"
    fi
done

for strategy in $(known strategies/*.h); do
    page=docs/strategies/$(basename "$strategy" .h).md
    [ -s "$page" ] && pass "$strategy has its page" || miss "$strategy has no $page"
done
for page in docs/strategies/*.md; do
    strategy=strategies/$(basename "$page" .md).h
    [ -f "$strategy" ] && pass "$page has its strategy" || miss "$page is about no $strategy"
done

# The names in the first column of the tables under a heading of the README.
names_under() # heading
{
    awk -F'`' -v heading="## $1" '/^## / { on = $0 == heading } on && /^\| `/ { print $2 }' README.md
}

for workload in $(known workloads/*.c); do
    names_under Workloads | grep -qxF "$(basename "$workload" .c)" && pass "the README's table has $workload" ||
        miss "the README's table of workloads lacks $workload"
    for words in "Stresses" "Not good for"; do
        sed '/\*\//q' "$workload" | grep -q "^ \* $words" && pass "$workload says: $words" ||
            miss "no line of the head comment of $workload begins with: $words"
    done
    if grep -q '^WORKLOAD([a-z_]*, TECHNIQUE,' "$workload"; then
        twin=tests/twins/$(basename "$workload" .c).py
        [ -f "$twin" ] && pass "$workload has its twin" || miss "$workload is a technique and has no $twin"
    fi
done
for name in $(names_under Workloads); do
    [ -f "workloads/$name.c" ] && pass "the README's $name is there" || miss "the README's $name is no workload"
done

# ---- docs/twins.md: what disagrees is explained ----------------------------------------------------------------------

disagreeing()
{
    sed -n '/^| workload | variant | question /,/^$/p' docs/twins.md | awk -F' *[|] *' 'NR > 2 && NF { print $2 }' | sort -u
}

[ -n "$(disagreeing)" ] || miss "docs/twins.md has no table of what disagrees"
for workload in $(disagreeing); do
    sed -n '/^## Why/,$p' docs/twins.md | grep -qF -- "**$workload**" && pass "why the twin of $workload disagrees is told" ||
        miss "docs/twins.md does not tell why the twin of $workload disagrees"
done

# ---- docs/claims.md: | number | claim | `workload`, …: `variant`, …; … | what to compare | what to look at | --------

claims=docs/claims.md

# What stands in this column of the table, a row each.
in_column() { awk -F'|' -v column="$1" '$2 ~ /^ [0-9]+ $/ { print $(column + 1) }' $claims; } # column

# The words between backquotes, a line each.
quoted() { grep -o '`[^`]*`' | tr -d '`'; }

is_variant() { grep -Eq "VARIANT\($2[,)]" "workloads/$1.c"; } # workload variant

is_compared() { [ -f "strategies/$1.h" ] || [ -f "workloads/$1.c" ]; } # a strategy; or the workload of which it is said

# A figure of any workload, a column or an option of docs/files.md, a cell, or a workload.
is_looked_at()
{
    grep -Eqrs "figure\($1,|\"$1\"" workloads || grep -qF -- "\`$1\`" docs/files.md || grep -q "^| \`$1 " docs/files.md ||
        { case $1 in build/*) [ -f "strategies/$(basename "$(dirname "$1")").h" ] && [ -f "workloads/${1##*/}.c" ] ;;
        *) [ -f "workloads/$1.c" ] ;; esac; }
}

# `workload variant` for each pair of the third column; `workload` where no variant is named.
claimed_variants()
{
    in_column 3 | tr ';' '\n' | while IFS=: read -r workloads variants; do
        for workload in $(echo "$workloads" | quoted); do
            for variant in $(echo "$variants" | quoted) ''; do echo "$workload $variant"; done
        done
    done
}

is_claimed_variant() { [ -f "workloads/$1.c" ] && { [ $# -eq 1 ] || is_variant "$1" "$2"; }; } # workload [variant]

is_target() { grep -Eq "^([a-z-]+ )*$1( [a-z-]+)*:" Makefile; }

# Each of the lines that come in is something for which the function is true.
all_are() # what function
{
    wrong='' found=0
    while read -r name; do
        found=$((found + 1))
        "$2" $name || wrong="$wrong, $name"
    done
    [ -z "$wrong" ] && [ "$found" -gt 0 ] && echo "ok $claims: $found $1" || echo "no $claims: no $1: ${wrong#, }"
}

claims_hold()
{
    claimed_variants | sort -u | all_are "workloads and variants" is_claimed_variant
    in_column 4 | quoted | all_are strategies is_compared
    in_column 5 | quoted | all_are "figures and columns" is_looked_at
    grep -oE '`make [a-z-]+' $claims | sed 's/^`make //' | all_are "targets of make" is_target
}

numbers=$(in_column 1 | xargs)
[ "$numbers" = "$(seq -s ' ' 14)" ] && pass "$claims has fourteen rows" || miss "$claims has the rows $numbers"
# A claim is told in the words that a run tells it in.
in_table() { sed -n 's/^    { \([0-9]*\), "\([^"]*\)".*/\1 \2/p' harness/claims/claims_table.c; }
in_words() { awk -F' *[|] *' '$2 ~ /^[0-9]+$/ { gsub(/`/, "", $3); print $2, $3 }' $claims; }
[ "$(in_words)" = "$(in_table)" ] && pass "$claims has the words of claims.csv" ||
    miss "$claims and claims_table.c say otherwise: $(in_words | diff - /dev/fd/3 3<<END
$(in_table)
END
)"
claims_hold >"${told:=$(mktemp)}"
while read -r verdict sentence; do
    [ "$verdict" = ok ] && pass "$sentence" || miss "$sentence"
done <"$told"
rm -f "$told"

# ---- docs/files.md: its columns are those of the sources, and its lines can be read -------------------------------------

files=docs/files.md

# `name,name,…` for each table of columns in the runner's sources.
layouts()
{
    for source in $(grep -l '^static const Column [a-z_]*\[\]' harness/*/*.c); do
        "${CC:-cc}" -E -P $(printf -- '-iquote %s ' harness harness/*/) "$source"
    done | awk '/^static const Column / { on = 1 }
        on { text = text $0 }
        on && /};$/ { names = ""; n = split(text, part, /[{] *"/)
            for (i = 2; i <= n; i++) names = names (i > 2 ? "," : "") substr(part[i], 1, index(part[i], "\"") - 1)
            print names; on = 0; text = "" }'
}

# `heading name,name,…` for each section that lists its columns in one line, or in the first column of its first table. Which
# columns tell the cell of a row is told once for several files.
documented()
{
    awk '/^## / { tell(); heading = $2; sub(/,$/, "", heading); names = ""; in_table = over = 0 }
        match($0, /`[a-z_]+(,[a-z_]+)(,[a-z_]+)+`/) && names == "" && !/seed,input`/ {
            names = substr($0, RSTART + 1, RLENGTH - 2); over = 1 }
        /^\| column / && !over { in_table = 1 }
        in_table && /^\| `/ { split($0, cell, / *[|] */); gsub(/`/, "", cell[2]); gsub(/ /, ",", cell[2])
            names = names (names == "" ? "" : ",") cell[2] }
        in_table && !/^\|/ { over = 1; in_table = 0 }
        function tell() { if (heading ~ /\.csv$/ && names != "") print heading, names }
        END { tell() }' $files
}

known_layouts=$(layouts)
checked=0
while read -r file names; do
    checked=$((checked + 1))
    echo "$known_layouts" | grep -qE -- "(^|,)$names\$" || miss "$files: $file has no such columns: $names"
done <<END
$(documented)
END
[ $checked -ge 10 ] && pass "$files: the columns of $checked files" ||
    miss "$files: the columns of only $checked files were found"

too_long=$(awk '!/^\|/ && !/^[^ ]*$/ && length($0) > 140 { print FNR }' $files | xargs)
[ -z "$too_long" ] && pass "$files: no line of prose is longer than 140 columns" ||
    miss "$files: longer than 140 columns: $too_long"

twice=$(sed -n 's/^# Chart \([0-9]*\):.*/\1/p' plots/stress/*.gp | sort | uniq -d | xargs)
[ -z "$twice" ] && pass "plots/stress: each chart has a number of its own" || miss "plots/stress: two charts have the number $twice"

lines=$(for workload in $(known workloads/*.c); do wc -l <"$workload"; done | median)
[ "${lines%.*}" -le 60 ] && pass "half of the workloads have no more than $lines lines" ||
    miss "half of the workloads have more than 60 lines: the median is $lines"
ended
